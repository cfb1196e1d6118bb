import type { Promised, Whole } from './api.ts';
import { channelName } from './names.ts';
import { ticketHref } from './place.ts';
import { Time } from './Time.tsx';
import { age, dayAndClock, lasting, relative } from './times.ts';

/** The state of a ticket at a glance. */
export function Facts({ ticket }: { ticket: Whole }) {
  const { reference, subject, priority, channel, section, customerEmail, customer, removed, linked } = ticket;
  const [created, now] = [new Date(ticket.createdAt), new Date(ticket.now)];
  const mail =
    customerEmail &&
    `mailto:${encodeURIComponent(customerEmail)}?subject=${encodeURIComponent(`[${reference}] ${subject}`)}`;
  return (
    <dl class="facts">
      <div>
        <dt>Statut</dt>
        <dd>{stateOf(ticket, now)}</dd>
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
      {customer && (
        <div>
          <dt>Client identifié par la boutique</dt>
          <dd class="said">{customer.name ? `${customer.name} (${customer.id})` : customer.id}</dd>
        </div>
      )}
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
      {linked.length > 0 && (
        <div>
          <dt>Liés</dt>
          <dd>
            {linked.map((other) => (
              <a key={other} href={ticketHref(other)} class="ref">
                {other}{' '}
              </a>
            ))}
          </dd>
        </div>
      )}
      {removed && (
        <div>
          <dt>Confidentialité</dt>
          <dd>
            <span class="badge">{removed}</span>
          </dd>
        </div>
      )}
      {ticket.resolution && (
        <div>
          <dt>Réglé</dt>
          <dd class="said">{ticket.resolution}</dd>
        </div>
      )}
    </dl>
  );
}

function stateOf({ status, handoff, assignee }: Whole, now: Date): string {
  if (handoff?.state === 'queued') return `attend en direct, ${lasting(new Date(handoff.queuedAt), now)}`;
  if (handoff) return `en conversation avec ${handoff.owner?.name ?? ''}`;
  const state = status === 'open' ? 'ouvert' : 'clos';
  return assignee ? `${state}, suivi par ${assignee}` : state;
}

/** What was promised to the customer in time, those that are over marked. */
export function Promises({ promises, now }: { promises: Promised[]; now: Date }) {
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

/** What the customer was advised to try, and in which section of the guide it stands. */
export function Advice({ advice, section }: { advice: string[]; section: number }) {
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
