import type { DeskEvent } from '../bot/deskEvent.ts';
import type { OutboxRow } from '../bot/store.ts';
import { HelpdeskError } from './helpdesk.ts';
import type { Deliver } from './outbox.ts';
import { PrivateTargetError } from './privateTargetError.ts';

/** Somewhere that is told of tickets and handoffs besides the console: a mailbox, a webhook, a helpdesk. */
export interface Target {
  /** The kind of its rows in the outbox. */
  kind: string;
  wants(event: DeskEvent): boolean;
  deliver: Deliver;
}

/** The deliverers of the targets, and of the events themselves: an event becomes a row for each target that wants it. */
export function deliverersOf(targets: readonly Target[]): Record<string, Deliver> {
  const fanOut: Deliver = async (row) => {
    const event = row.payload as DeskEvent;
    const next = targets
      .filter((target) => target.wants(event))
      .map((target): OutboxRow => ({
        id: `${row.id}:${target.kind}`,
        kind: target.kind,
        payload: event,
        createdAt: row.createdAt,
        // Each target hears of a ticket or a conversation in the order in which it happened.
        lane: `${target.kind}:${event.reference}`,
      }));
    return { outcome: 'delivered', next };
  };
  return {
    desk_event: fanOut,
    ...Object.fromEntries(targets.map((target) => [target.kind, withRefusals(target.deliver)])),
  };
}

/** A call that a helpdesk refused ends the delivery there, with what the helpdesk said; so does a target that is not public. */
function withRefusals(deliver: Deliver): Deliver {
  return async (row, signal) => {
    try {
      return await deliver(row, signal);
    } catch (error) {
      if (error instanceof HelpdeskError) return error.delivery;
      if (error instanceof PrivateTargetError) return { outcome: 'refused', reason: error.message };
      throw error;
    }
  };
}
