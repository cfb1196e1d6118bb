/// <reference lib="dom" />
import { useLive } from './live.ts';
import { useArrival } from './place.ts';
import { Table } from './Table.tsx';
import { Time } from './Time.tsx';
import { dayAndClock } from './times.ts';

interface Entry {
  at: string;
  /** An agent's name, or who else acted. */
  actor: string;
  action: string;
  subject: string;
}

const ACTIONS: Readonly<Record<string, string>> = {
  signed_in: 'Connexion',
  viewed: 'Consultation',
  exported: 'Export',
  erased: 'Effacement',
  expired: 'Fin de conservation',
  account_changed: 'Compte modifié',
};

/** Who did what with customers' data, for supervisors; no word of a conversation stands in it. */
export function AuditPage({ onSignedOut }: { onSignedOut: () => void }) {
  const heading = useArrival('Journal');
  const { data, failure } = useLive<{ entries: Entry[] }>('audit', onSignedOut, () => false);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Journal des accès
      </h1>
      <p role="alert" class="error">
        {failure}
      </p>
      {data?.entries.length === 0 && <p class="empty">Rien n’est noté.</p>}
      {data && data.entries.length > 0 && (
        <Table label="Journal des accès" columns={['Qui', 'Quoi', 'Sur quoi', 'Quand']}>
          {data.entries.map(({ at, actor, action, subject }, i) => (
            <tr key={i}>
              <th scope="row">{actor}</th>
              <td>{ACTIONS[action] ?? action}</td>
              <td>{subject}</td>
              <td>
                <Time at={at}>{dayAndClock(new Date(at), new Date())}</Time>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
