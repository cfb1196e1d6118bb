import type { OutboxRow } from './store.ts';

/**
 * What happened at the desk that the outside may want to know. Rows carry names only; what is told of them is read when
 * it leaves, so that what redaction took out late never does.
 */
export type DeskEvent = { type: 'ticket.created'; reference: string };

/** The outbox row of an event, to be written by the turn that caused it. */
export function eventRow(event: DeskEvent, id: string, at: Date): OutboxRow {
  return { id, kind: 'desk_event', payload: event, createdAt: at };
}
