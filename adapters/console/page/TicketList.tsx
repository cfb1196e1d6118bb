/// <reference lib="dom" />
import { useEffect, useRef } from 'preact/hooks';
import type { Listed, Queued, Status } from './api.ts';
import type { Live } from './live.ts';
import { channelName } from './names.ts';
import { LISTS, ticketHref, useArrival } from './place.ts';
import { Time } from './Time.tsx';
import { age, lasting, relative } from './times.ts';

interface Props {
  status: Status;
  listed: Live<Listed>;
  /** The ticket that the agent comes back from: the focus goes back to its line. */
  left: string | undefined;
}

/** The tickets of one state, in the order in which they are to be treated; the focus goes back to the line one came from. */
export function TicketList({ status, listed: { data }, left }: Props) {
  const heading = useArrival(status === 'open' ? 'Tickets ouverts' : 'Tickets clos');
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (left !== undefined) document.getElementById(left)?.focus();
  }, []);
  return (
    <>
      <div class="top">
        <h1 ref={heading} tabIndex={-1}>
          Tickets
        </h1>
        <nav aria-label="Listes de tickets">
          {(Object.keys(LISTS) as Status[]).map((name) => (
            <a key={name} href={LISTS[name].href} aria-current={name === status ? 'page' : undefined}>
              {LISTS[name].name}
              {name === status && data && <span class="count"> {data.total}</span>}
            </a>
          ))}
        </nav>
        {data && <AtTheDesk listed={data} />}
      </div>
      {!data && <p class="dim">Chargement…</p>}
      {data?.tickets.length === 0 && <Empty status={status} />}
      {data && data.tickets.length > 0 && (
        <>
          <ul ref={list} class="list" onKeyDown={(event) => moveFocus(event, list.current!)}>
            {data.tickets.map((ticket) => (
              <Row key={ticket.reference} ticket={ticket} now={new Date(data.now)} />
            ))}
          </ul>
          {data.total > data.tickets.length && (
            <p class="dim">
              {data.tickets.length} tickets affichés sur {data.total}.
            </p>
          )}
          <p class="dim keys">
            <kbd>↑</kbd> <kbd>↓</kbd> pour parcourir, <kbd>Entrée</kbd> pour ouvrir, <kbd>Échap</kbd> pour
            revenir à la liste
          </p>
        </>
      )}
    </>
  );
}

function AtTheDesk({ listed: { open, present } }: { listed: Listed }) {
  const names = present.map(({ name }) => name).join(', ');
  return (
    <p class="dim desk">
      {open ? 'Support ouvert' : 'Support fermé'}
      {' · '}
      {present.length === 0 ? 'personne au guichet' : `au guichet\u00a0: ${names}`}
    </p>
  );
}

function Row({ ticket, now }: { ticket: Queued; now: Date }) {
  const { reference, subject, priority, status, channel, customerEmail, createdAt, missing } = ticket;
  const { handoff, assignee, dueAt, outOfHours } = ticket;
  const due = new Date(dueAt);
  const waits = handoff?.state === 'queued';
  const held = handoff?.owner?.name ?? assignee;
  return (
    <li class={waits ? 'waits' : undefined}>
      <a id={reference} href={ticketHref(reference)}>
        <span class="ref">{reference}</span>
        <span class="what">
          <span class="subject">{subject}</span>
          {waits && (
            <span class="badge live">attend en direct, {lasting(new Date(handoff.queuedAt), now)}</span>
          )}
          {handoff && !waits && <span class="badge talk">en conversation</span>}
          {priority === 'urgent' && status === 'open' && <span class="badge urgent">urgent</span>}
          {outOfHours && status === 'open' && <span class="badge">hors horaires</span>}
          {missing.length > 0 && (
            <span class="missing">manque&nbsp;: {missing.join(', ').toLowerCase()}</span>
          )}
        </span>
        <span class="email">{held ? `suivi par ${held}` : (customerEmail ?? 'sans e-mail')}</span>
        <span class="channel">{channelName(channel)}</span>
        <span class={status === 'open' && due <= now ? 'age passed' : 'age'}>
          {status === 'open' ? (
            <Time at={dueAt}>{dueIn(due, now)}</Time>
          ) : (
            <Time at={createdAt}>{age(new Date(createdAt), now)}</Time>
          )}
        </span>
      </a>
    </li>
  );
}

function dueIn(due: Date, now: Date): string {
  if (due <= now) return `en retard de ${lasting(due, now)}`;
  return due.getTime() - now.getTime() < 60_000 ? 'à traiter maintenant' : `à traiter ${relative(due, now)}`;
}

function Empty({ status }: { status: Status }) {
  return (
    <div class="empty">
      <p class="subject">{status === 'open' ? 'Aucun ticket ouvert' : 'Aucun ticket clos'}</p>
      {status === 'open' && <p class="dim">Les nouveaux tickets apparaissent ici d’eux-mêmes.</p>}
    </div>
  );
}

/** Arrows, Home and End go from line to line, as in a mailbox; Tab does too, as everywhere. */
function moveFocus(event: KeyboardEvent, list: HTMLUListElement): void {
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  const link = to === undefined ? undefined : links[to];
  if (!link) return;
  event.preventDefault();
  link.focus();
}
