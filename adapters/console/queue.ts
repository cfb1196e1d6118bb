import { answerBy, talkBy } from '../../bot/deadline.ts';
import { placesInQueue } from '../../bot/handoff.ts';
import { isPresent } from '../../bot/presence.ts';
import type { Handoff, Store, Ticket } from '../../bot/store.ts';
import type { SupportHours } from '../../bot/supportHours.ts';
import { ticketSummary } from '../ticketView.ts';

/** A list longer than this serves nobody; what is left out comes last in it, and `total` counts it. */
const MOST_LISTED = 1_000;

export interface QueueParts {
  store: Store;
  hours: SupportHours;
  /** Within how many hours of opening a ticket is to be answered. */
  answerWithin: number;
}

/** The list as the page shows it: who waits, since when, until when, in whose hands; and who is at the desk. */
export async function queueView(
  { store, hours, answerWithin }: QueueParts,
  status: Ticket['status'] | undefined,
  now: Date,
): Promise<Record<string, unknown>> {
  const [tickets, live, presences] = await Promise.all([
    allTickets(store, status),
    store.desk.allLive(),
    store.desk.presences(),
  ]);
  const handoffs = new Map(live.map((handoff) => [handoff.reference, handoff]));
  const places = placesInQueue(live);
  const rows = tickets.map((ticket) => {
    const handoff = handoffs.get(ticket.reference);
    return { ticket, handoff, dueAt: dueAt(ticket, handoff) };
  });
  rows.sort(status === 'closed' ? newestFirst : urgentThenDue);
  return {
    now: now.toISOString(),
    open: hours.isOpen(now),
    total: rows.length,
    waiting: live.filter(({ state }) => state === 'queued').length,
    present: presences.filter((presence) => isPresent(presence, now)).map(({ id, name }) => ({ id, name })),
    tickets: rows.slice(0, MOST_LISTED).map(({ ticket, handoff, dueAt: due }) => ({
      ...ticketSummary(ticket),
      dueAt: due.toISOString(),
      outOfHours: !hours.isOpen(ticket.createdAt),
      ...(handoff && { handoff: handoffView(handoff, places.get(handoff.id)) }),
    })),
  };

  function dueAt(ticket: Ticket, handoff: Handoff | undefined): Date {
    if (handoff?.state === 'queued') return talkBy(handoff.queuedAt);
    return answerBy(ticket.createdAt, answerWithin, hours);
  }
}

/** @param place in the queue, while it waits there */
export function handoffView(handoff: Handoff, place: number | undefined): Record<string, unknown> {
  const { state, queuedAt, owner } = handoff;
  return {
    state,
    queuedAt: queuedAt.toISOString(),
    ...(owner && { owner }),
    ...(state === 'queued' && { place }),
  };
}

interface Row {
  ticket: Ticket;
  dueAt: Date;
}

function urgentThenDue(a: Row, b: Row): number {
  const urgent = ({ ticket }: Row): number =>
    ticket.status === 'open' && ticket.priority === 'urgent' ? 1 : 0;
  const open = ({ ticket }: Row): number => (ticket.status === 'open' ? 1 : 0);
  return open(b) - open(a) || urgent(b) - urgent(a) || a.dueAt.getTime() - b.dueAt.getTime();
}

function newestFirst(a: Row, b: Row): number {
  return b.ticket.updatedAt.getTime() - a.ticket.updatedAt.getTime();
}

async function allTickets(store: Store, status: Ticket['status'] | undefined): Promise<Ticket[]> {
  const all: Ticket[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await store.tickets({
      limit: 500,
      ...(status !== undefined && { status }),
      ...(cursor !== undefined && { cursor }),
    });
    all.push(...page.tickets);
    cursor = page.nextCursor;
    if (cursor === undefined) return all;
  }
}
