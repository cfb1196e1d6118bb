import { says } from './render.ts';
import type { DeskParts } from './deskDecision.ts';
import { deskChoices, deskEvents, deskTexts } from './deskTexts.ts';
import { humanInCharge, move, placeInQueue, statusEvent } from './handoff.ts';
import { noHandoffTimers } from './handoffTimers.ts';
import { statusRow } from './deskEvent.ts';
import { type OnTimer, timerKey } from './timers.ts';

interface HandoffTimer {
  handoffId: string;
  conversationId: string;
}

/** What becomes of handoffs when their timers come due. */
export function deskTimers(parts: DeskParts): Record<string, OnTimer> {
  const over: OnTimer = (timer) => expire(parts, timer.payload as HandoffTimer, timerKey(timer));
  return {
    handoff_wait: (timer) => longWait(parts, timer.payload as HandoffTimer, timerKey(timer)),
    handoff_closing: over,
    handoff_silence: over,
  };
}

/** The customer has waited for long: the ticket is offered again. */
async function longWait(
  parts: DeskParts,
  { handoffId, conversationId }: HandoffTimer,
  key: string,
): Promise<void> {
  await parts.turns.change(
    conversationId,
    async (conversation, at) => {
      const { store } = parts;
      const handoff = await store.desk.live(conversationId);
      if (handoff?.id !== handoffId || handoff.state !== 'queued') return undefined;
      const place = placeInQueue(handoff, await store.desk.allLive());
      const choices = [{ title: deskChoices.keepWaiting }, { title: deskChoices.ticket }];
      return {
        activities: [says({ text: deskTexts.longWait(place), choices }, conversation, at)],
      };
    },
    key,
  );
}

/** The day ends, or a talk has fallen silent: whoever still waits is told what becomes of their ticket. */
async function expire(
  parts: DeskParts,
  { handoffId, conversationId }: HandoffTimer,
  key: string,
): Promise<void> {
  const { store, turns, hours } = parts;
  await turns.change(
    conversationId,
    async (conversation, at) => {
      const handoff = await store.desk.live(conversationId);
      if (handoff?.id !== handoffId) return undefined;
      const silent = key.includes('silence');
      // A talk under way is not cut at the end of the day, and one that waits is not ended by silence.
      if (silent !== humanInCharge(handoff)) return undefined;
      const expired = move(handoff, 'expire', at)!;
      const text = silent
        ? deskTexts.expiredInTalk(handoff.reference)
        : deskTexts.expiredInQueue(handoff.reference, hours.nextOpening(at), at);
      return {
        handoff: expired,
        activities: [
          statusEvent(expired, deskEvents.expired, conversation, at),
          says({ text }, conversation, at),
        ],
        timers: noHandoffTimers(handoff),
        outbox: [statusRow(expired, at)],
      };
    },
    key,
  );
}
