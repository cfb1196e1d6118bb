/// <reference lib="dom" />
import { useEffect } from 'preact/hooks';
import type { Promised, Whole } from './api.ts';
import { Details } from './Details.tsx';
import { channelName } from './names.ts';
import { LISTS, useArrival } from './place.ts';
import { usePolled } from './polled.ts';
import { Time } from './Time.tsx';
import { age, dayAndClock, relative } from './times.ts';
import { Transcript } from './Transcript.tsx';

/** Everything of one ticket: details with their source, promises, advice, and the transcript to the last message. */
export function TicketPage({ reference, onSignedOut }: { reference: string; onSignedOut: () => void }) {
  const { data: ticket, failure } = usePolled<Whole>(`tickets/${reference}`, onSignedOut);
  const heading = useArrival(ticket && `${ticket.reference} ${ticket.subject}`);
  const back = LISTS[ticket?.status ?? 'open'].href;
  useEffect(() => {
    const follow = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') location.hash = back;
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
          <p class="ref">{ticket.reference}</p>
          <h1 ref={heading} tabIndex={-1}>
            {ticket.subject}
          </h1>
          <Facts ticket={ticket} />
          <div class="columns">
            <div>
              <Details details={ticket.details} missing={ticket.missing} />
              {ticket.promises.length > 0 && (
                <Promises promises={ticket.promises} now={new Date(ticket.now)} />
              )}
              {ticket.advice.length > 0 && <Advice advice={ticket.advice} section={ticket.section} />}
            </div>
            <Transcript lines={ticket.transcript} />
          </div>
        </>
      )}
    </>
  );
}

function Facts({ ticket }: { ticket: Whole }) {
  const { reference, subject, status, priority, channel, section, customerEmail, removed } = ticket;
  const [created, now] = [new Date(ticket.createdAt), new Date(ticket.now)];
  const mail =
    customerEmail &&
    `mailto:${encodeURIComponent(customerEmail)}?subject=${encodeURIComponent(`[${reference}] ${subject}`)}`;
  return (
    <dl class="facts">
      <div>
        <dt>Statut</dt>
        <dd>{status === 'open' ? 'ouvert' : 'clos'}</dd>
      </div>
      <div>
        <dt>Priorité</dt>
        <dd>{priority === 'urgent' ? <span class="badge urgent">urgent</span> : 'normale'}</dd>
      </div>
      <div>
        <dt>Créé</dt>
        <dd>
          <Time at={ticket.createdAt}>{dayAndClock(created, now)}</Time>{' '}
          <span class="dim">({age(created, now)})</span>
        </dd>
      </div>
      <div>
        <dt>E-mail du client</dt>
        <dd class="said">
          {mail ? <a href={mail}>{customerEmail}</a> : <span class="dim">non fourni</span>}
        </dd>
      </div>
      <div>
        <dt>Canal</dt>
        <dd>{channelName(channel)}</dd>
      </div>
      <div>
        <dt>Guide</dt>
        <dd>section {section}</dd>
      </div>
      {removed && (
        <div>
          <dt>Confidentialité</dt>
          <dd>
            <span class="badge">{removed}</span>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Promises({ promises, now }: { promises: Promised[]; now: Date }) {
  return (
    <section aria-labelledby="promises">
      <h2 id="promises">Promesses faites</h2>
      <ul class="promises">
        {promises.map(({ kind, text, dueAt }) => {
          const due = new Date(dueAt);
          const passed = due <= now;
          return (
            <li key={kind}>
              <p>{text}</p>
              <p class={passed ? 'passed' : 'dim'}>
                {passed ? 'échu depuis le ' : 'avant le '}
                <Time at={dueAt}>{dayAndClock(due, now)}</Time> ({relative(due, now)})
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Advice({ advice, section }: { advice: string[]; section: number }) {
  return (
    <section aria-labelledby="advice">
      <h2 id="advice">
        Conseils donnés <span class="dim">guide, section {section}</span>
      </h2>
      <ul>
        {advice.map((piece) => (
          <li key={piece}>{piece}</li>
        ))}
      </ul>
    </section>
  );
}
