import type { SupportHours } from './supportHours.ts';

/** A customer who waits in a talk is to be answered within this, in milliseconds. */
const TALK_MS = 2 * 60_000;

/** When a ticket is to be answered: so many hours later, of which only those count in which the support is open. */
export function answerBy(from: Date, openHours: number, hours: SupportHours): Date {
  let at = hours.nextOpening(from);
  let left = openHours * 3600_000;
  for (;;) {
    const day = hours.closing(at).getTime() - at.getTime();
    if (left <= day) return new Date(at.getTime() + left);
    left -= day;
    at = hours.nextOpening(new Date(at.getTime() + day));
  }
}

/** When a customer who waits for a talk since `queuedAt` is to be answered. */
export function talkBy(queuedAt: Date): Date {
  return new Date(queuedAt.getTime() + TALK_MS);
}
