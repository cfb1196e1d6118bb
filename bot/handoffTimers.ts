import type { Handoff, TimerChange } from './store.ts';
import type { SupportHours } from './supportHours.ts';

/** After so long in the queue the ticket is offered once more. */
const LONG_WAIT_MS = 5 * 60_000;
/** A talk in which the customer has said nothing for so long is over. */
const SILENCE_MS = 60 * 60_000;

const key = (handoff: Handoff, what: string): string => `handoff-${what}:${handoff.id}`;
const payload = ({ id, conversationId }: Handoff): { handoffId: string; conversationId: string } => ({
  handoffId: id,
  conversationId,
});

/** What is to happen to a waiting handoff: the ticket offered again, and the end of the support's day. */
export function handoffTimers(handoff: Handoff, hours: SupportHours, now: Date): TimerChange[] {
  return [
    {
      key: key(handoff, 'wait'),
      kind: 'handoff_wait',
      dueAt: new Date(now.getTime() + LONG_WAIT_MS),
      payload: payload(handoff),
    },
    {
      key: key(handoff, 'closing'),
      kind: 'handoff_closing',
      dueAt: hours.closing(now),
      payload: payload(handoff),
    },
  ];
}

/** A talk goes on: its silence is counted anew. */
export function talkTimer(handoff: Handoff, now: Date): TimerChange {
  return {
    key: key(handoff, 'silence'),
    kind: 'handoff_silence',
    dueAt: new Date(now.getTime() + SILENCE_MS),
    payload: payload(handoff),
  };
}

/** None of them is of use any more. */
export function noHandoffTimers(handoff: Handoff): TimerChange[] {
  return ['wait', 'closing', 'silence'].map((what) => ({ key: key(handoff, what), cancel: true }));
}
