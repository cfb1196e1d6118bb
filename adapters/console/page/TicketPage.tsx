/// <reference lib="dom" />
import { useEffect } from 'preact/hooks';
import { Actions } from './Actions.tsx';
import type { Agent, Whole } from './api.ts';
import { Composer } from './Composer.tsx';
import { Details } from './Details.tsx';
import { Advice, Facts, Promises } from './Facts.tsx';
import { useLive } from './live.ts';
import { LISTS, useArrival } from './place.ts';
import { Transcript } from './Transcript.tsx';
import { useCustomerTyping } from './typing.ts';

interface Props {
  reference: string;
  agent: Agent;
  onSignedOut: () => void;
}

/** One ticket: the talk with the customer, and everything that is known beside it. */
export function TicketPage({ reference, agent, onSignedOut }: Props) {
  const {
    data: ticket,
    failure,
    refresh,
  } = useLive<Whole>(
    `tickets/${reference}`,
    onSignedOut,
    (news, known) => news.type === 'conversation' && news.conversationId === known?.conversationId,
  );
  const heading = useArrival(ticket && `${ticket.reference} ${ticket.subject}`);
  const typing = useCustomerTyping(ticket?.conversationId);
  const back = LISTS[ticket?.status ?? 'open'].href;
  useEffect(() => {
    const follow = (event: KeyboardEvent): void => {
      // In a field Escape belongs to the field: a text being written is not to be left by a slip.
      const writing = event.target instanceof Element && event.target.matches('textarea, input, select');
      if (event.key === 'Escape' && !writing) location.hash = back;
    };
    addEventListener('keydown', follow);
    return () => removeEventListener('keydown', follow);
  }, [back]);
  return (
    <>
      <p class="back">
        <a href={back}>← Tous les tickets</a>
      </p>
      {!ticket && (failure ? <p role="alert">{failure}</p> : <p class="dim">Chargement…</p>)}
      {ticket && (
        <>
          <div class="head">
            <div>
              <p class="ref">{ticket.reference}</p>
              <h1 ref={heading} tabIndex={-1}>
                {ticket.subject}
              </h1>
            </div>
            <Actions ticket={ticket} agent={agent} onDone={refresh} />
          </div>
          <Facts ticket={ticket} />
          <div class="columns">
            <section class="talk" aria-labelledby="transcript">
              <Transcript lines={ticket.transcript} notes={ticket.notes} />
              <p role="status" class="dim typing">
                {typing ? 'Le client écrit…' : ''}
              </p>
              <Composer ticket={ticket} agent={agent} onSent={refresh} />
              <Downloads reference={ticket.reference} />
            </section>
            <div>
              <Details details={ticket.details} missing={ticket.missing} />
              {ticket.promises.length > 0 && (
                <Promises promises={ticket.promises} now={new Date(ticket.now)} />
              )}
              {ticket.advice.length > 0 && <Advice advice={ticket.advice} section={ticket.section} />}
            </div>
          </div>
        </>
      )}
    </>
  );
}

const FORMATS = [
  ['txt', 'Texte'],
  ['html', 'HTML à imprimer'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['transcript', 'Bot Framework'],
] as const;

/** The conversation as files; with the notes for colleagues, without them for the customer. */
function Downloads({ reference }: { reference: string }) {
  const href = (format: string, notes: boolean): string =>
    `/console/api/tickets/${reference}/transcript/${format}${notes ? '?notes=1' : ''}`;
  return (
    <details class="downloads">
      <summary>Télécharger la conversation</summary>
      <p class="dim">Sans les notes internes&nbsp;:</p>
      <ul class="row">
        {FORMATS.map(([format, name]) => (
          <li key={format}>
            <a href={href(format, false)} download>
              {name}
            </a>
          </li>
        ))}
      </ul>
      <p class="dim">Avec les notes internes, pour l’équipe seulement&nbsp;:</p>
      <ul class="row">
        {FORMATS.filter(([format]) => format !== 'transcript').map(([format, name]) => (
          <li key={format}>
            <a href={href(format, true)} download aria-label={`${name}, avec les notes`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
