import type { Handoff, HandoffState, OutboxRow } from './store.ts';

/**
 * What happened at the desk that the outside may want to know. Rows carry names only; what is told of them is read when
 * it leaves, so that what redaction took out late never does.
 */
export type DeskEvent =
  | { type: 'ticket.created' | 'ticket.closed'; reference: string }
  /** An agent answered a customer who was not in a live talk; `seq` is the message's place. */
  | { type: 'ticket.replied'; reference: string; seq: number }
  | { type: 'handoff.initiate'; reference: string; handoffId: string }
  | { type: 'handoff.status'; reference: string; handoffId: string; state: HandoffState };

/**
 * The outbox row of an event, to be written by the turn that caused it. Those of one ticket leave one after the other, so
 * that each target hears of them in the order in which they happened.
 */
export function eventRow(event: DeskEvent, id: string, at: Date): OutboxRow {
  return { id, kind: 'desk_event', payload: event, createdAt: at, lane: `event:${event.reference}` };
}

/** The row that tells of a new ticket. */
export function createdRow(reference: string, at: Date): OutboxRow {
  return eventRow({ type: 'ticket.created', reference }, `ticket-created-${reference}`, at);
}

/** The row that tells the outside of a handoff's new state. */
export function statusRow(handoff: Handoff, at: Date): OutboxRow {
  const { id, reference, state } = handoff;
  return eventRow(
    { type: 'handoff.status', reference, handoffId: id, state },
    `handoff-${id}-${state}-${at.getTime()}`,
    at,
  );
}
