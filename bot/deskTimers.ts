import type { AgentDesk, HandoffTimer } from './agentDesk.ts';
import { type OnTimer, timerKey } from './timers.ts';

/** What becomes of handoffs when their timers come due. */
export function deskTimers(desk: AgentDesk): Record<string, OnTimer> {
  const expire: OnTimer = (timer) => desk.expire(timer.payload as HandoffTimer, timerKey(timer));
  return {
    handoff_wait: (timer) => desk.longWait(timer.payload as HandoffTimer, timerKey(timer)),
    handoff_closing: expire,
    handoff_silence: expire,
  };
}
