/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import type { Found, Summary } from './api.ts';
import { useLive } from './live.ts';
import { SUBJECTS } from '../../../dialogs/subjects.ts';
import { ticketHref, useArrival } from './place.ts';
import { Table } from './Table.tsx';
import { Time } from './Time.tsx';
import { age } from './times.ts';

const PAGE = 50;
const NOTHING = { text: '', intent: '', status: '', from: '', to: '' };

/** Finds tickets by reference, address, order, tracking number or any other detail, by subject, state and dates. */
export function SearchPage({ onSignedOut }: { onSignedOut: () => void }) {
  const heading = useArrival('Recherche');
  const [form, setForm] = useState(NOTHING);
  const [asked, setAsked] = useState(NOTHING);
  const [offset, setOffset] = useState(0);
  const query = new URLSearchParams(asked).toString();
  const { data, failure } = useLive<Found>(`search?${query}&offset=${offset}`, onSignedOut, () => false);
  const change = (name: keyof typeof NOTHING) => (event: Event) =>
    setForm({ ...form, [name]: (event.currentTarget as HTMLInputElement | HTMLSelectElement).value });
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Recherche
      </h1>
      <form
        class="search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setOffset(0);
          setAsked(form);
        }}
      >
        <label class="wide">
          Référence, e-mail, commande, suivi ou mots
          <input type="search" maxLength={200} value={form.text} onInput={change('text')} />
        </label>
        <label>
          Sujet
          <select value={form.intent} onChange={change('intent')}>
            <option value="">Tous</option>
            {Object.entries(SUBJECTS).map(([intent, { agents }]) => (
              <option key={intent} value={intent}>
                {agents}
              </option>
            ))}
          </select>
        </label>
        <label>
          Statut
          <select value={form.status} onChange={change('status')}>
            <option value="">Tous</option>
            <option value="open">Ouverts</option>
            <option value="closed">Clos</option>
          </select>
        </label>
        <label>
          Du
          <input type="date" value={form.from} onInput={change('from')} />
        </label>
        <label>
          Au
          <input type="date" value={form.to} onInput={change('to')} />
        </label>
        <button type="submit" class="primary">
          Chercher
        </button>
      </form>
      {failure && <p role="alert">{failure}</p>}
      {data && (
        <>
          <div class="row spread">
            <p role="status">
              {data.total === 0
                ? 'Aucun ticket trouvé.'
                : `${data.total} ticket${data.total > 1 ? 's' : ''} trouvé${data.total > 1 ? 's' : ''}`}
            </p>
            {data.total > 0 && (
              <a class="button" href={`/console/api/search.csv?${query}`} download="tickets.csv">
                Exporter en CSV
              </a>
            )}
          </div>
          {data.tickets.length > 0 && <Results tickets={data.tickets} now={new Date(data.now)} />}
          {data.total > PAGE && (
            <div class="row">
              <button
                type="button"
                aria-disabled={offset === 0}
                onClick={() => setOffset(Math.max(0, offset - PAGE))}
              >
                Précédents
              </button>
              <span class="dim">
                {offset + 1} à {Math.min(offset + PAGE, data.total)}
              </span>
              <button
                type="button"
                aria-disabled={offset + PAGE >= data.total}
                onClick={() => offset + PAGE < data.total && setOffset(offset + PAGE)}
              >
                Suivants
              </button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Results({ tickets, now }: { tickets: Summary[]; now: Date }) {
  return (
    <Table label="Tickets trouvés" columns={['Référence', 'Sujet', 'Statut', 'Client', 'Créé']}>
      {tickets.map((ticket) => (
        <tr key={ticket.reference}>
          <th scope="row">
            <a class="ref" href={ticketHref(ticket.reference)}>
              {ticket.reference}
            </a>
          </th>
          <td>{ticket.subject}</td>
          <td>
            {ticket.status === 'open' ? 'ouvert' : 'clos'}
            {ticket.assignee && <span class="dim">, {ticket.assignee}</span>}
          </td>
          <td class="said">{ticket.customerEmail ?? '–'}</td>
          <td>
            <Time at={ticket.createdAt}>{age(new Date(ticket.createdAt), now)}</Time>
          </td>
        </tr>
      ))}
    </Table>
  );
}
