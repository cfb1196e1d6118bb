/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, type Whole } from './api.ts';

const SOURCES = { asked: 'réponse', spotted: 'repéré dans un message', corrected: 'corrigé' } as const;
const ROLES = { customer: 'Client', bot: 'Assistant', agent: 'Conseiller' } as const;

/** Local time of Paris; UTC on hover, for log searches. */
function When({ iso }: { iso: string }) {
  const local = new Date(iso).toLocaleString('fr-FR', {
    timeZone: 'Europe/Paris',
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return (
    <time dateTime={iso} title={iso}>
      {local}
    </time>
  );
}

/** Everything of one ticket: details with their source, promises, advice, and the transcript to the last message. */
export function TicketPage({ reference }: { reference: string }) {
  const [ticket, setTicket] = useState<Whole>();
  const [error, setError] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    ask<Whole>('GET', `tickets/${reference}`).then(setTicket, (reason: Error) => setError(reason.message));
  }, [reference]);
  useEffect(() => heading.current?.focus(), [ticket?.reference]);
  if (error) return <p role="alert">{error}</p>;
  if (!ticket) return <p class="wait">Chargement…</p>;
  return (
    <>
      <p>
        <a href="#/">← Tous les tickets</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {ticket.subject} <span class="ref">{ticket.reference}</span>
        {ticket.priority === 'urgent' && <span class="badge urgent">urgent</span>}
      </h1>
      <p class="row dim">
        <span>guide, section {ticket.section}</span>
        <span>{ticket.status === 'open' ? 'en cours' : 'clos'}</span>
        <span>
          ouvert le <When iso={ticket.createdAt} />
        </span>
        <span>{ticket.customerEmail ?? 'sans e-mail'}</span>
        {ticket.removed && <span class="badge">{ticket.removed}</span>}
      </p>
      <div class="columns">
        <div>
          <section aria-labelledby="details">
            <h2 id="details">Détails</h2>
            <p class={ticket.missing.length > 0 ? 'missing' : 'complete'}>
              {ticket.missing.length > 0
                ? `Il manque : ${ticket.missing.join(', ').toLowerCase()}.`
                : 'Demande complète.'}
            </p>
            <table>
              <thead>
                <tr>
                  <th scope="col">Détail</th>
                  <th scope="col">Valeur</th>
                  <th scope="col">Source</th>
                </tr>
              </thead>
              <tbody>
                {ticket.details.map((detail) => (
                  <tr key={detail.name}>
                    <th scope="row">{detail.label}</th>
                    <td class={detail.provided ? 'value' : 'dim'}>
                      {detail.provided ? detail.shown : 'non fourni'}
                    </td>
                    <td class="dim">{detail.source ? SOURCES[detail.source] : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {ticket.promises.length > 0 && (
            <section aria-labelledby="promises">
              <h2 id="promises">Promesses faites</h2>
              <ul>
                {ticket.promises.map((promise) => (
                  <li key={promise.kind}>
                    {promise.text}{' '}
                    <span class="dim">
                      (échéance : <When iso={promise.dueAt} />)
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {ticket.advice.length > 0 && (
            <section aria-labelledby="advice">
              <h2 id="advice">Conseils donnés</h2>
              <p>{ticket.advice.join(', ')}</p>
            </section>
          )}
        </div>
        <section aria-labelledby="transcript">
          <h2 id="transcript">Conversation</h2>
          <ol class="transcript">
            {ticket.transcript.map((line) => (
              <li key={line.seq} class={line.from}>
                <p class="dim">
                  <strong>{ROLES[line.from]}</strong> <When iso={line.at} />
                </p>
                <p class="text">{line.text}</p>
                {line.choices && <p class="dim">Choix proposés : {line.choices.join(' · ')}</p>}
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}
