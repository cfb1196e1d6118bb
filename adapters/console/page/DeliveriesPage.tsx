/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import { type ApiError, ask } from './api.ts';
import { useLive } from './live.ts';
import { deliveryName } from './names.ts';
import { ticketHref, useArrival } from './place.ts';
import { Table } from './Table.tsx';
import { Time } from './Time.tsx';
import { age } from './times.ts';

interface Letter {
  id: string;
  kind: string;
  reference?: string;
  attempts: number;
  deadAt: string;
  reason: string;
}

/** What could not be delivered, for supervisors to send again once the cause is gone. */
export function DeliveriesPage({ onSignedOut }: { onSignedOut: () => void }) {
  const heading = useArrival('Envois');
  const { data, failure, refresh } = useLive<{ letters: Letter[] }>('dead-letters', onSignedOut);
  const [problem, setProblem] = useState('');
  const sendAgain = (id: string): void => {
    setProblem('');
    ask('POST', 'dead-letters', { id }).then(refresh, (error: ApiError) => setProblem(error.message));
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Envois en échec
      </h1>
      <p role="alert" class="error">
        {problem || failure}
      </p>
      {data?.letters.length === 0 && <p class="empty">Tout est parti.</p>}
      {data && data.letters.length > 0 && (
        <Table
          label="Envois en échec"
          columns={['Envoi', 'Ticket', 'Raison', 'Essais', 'Abandonné', 'Action']}
        >
          {data.letters.map(({ id, kind, reference, attempts, deadAt, reason }) => (
            <tr key={id}>
              <th scope="row">{deliveryName(kind)}</th>
              <td>{reference && <a href={ticketHref(reference)}>{reference}</a>}</td>
              <td>{reason}</td>
              <td>{attempts}</td>
              <td>
                <Time at={deadAt}>{age(new Date(deadAt), new Date())}</Time>
              </td>
              <td>
                <button type="button" onClick={() => sendAgain(id)}>
                  Renvoyer
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
