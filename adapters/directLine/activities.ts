import { z } from 'zod';
import type { StoredActivity } from '../../bot/store.ts';

/** What a client may post. Anything else in an activity (cards, roles, actions) is dropped, not refused. */
export const PostedActivity = z.object({
  type: z.string().max(60),
  text: z.string().nullish(),
  from: z.object({ id: z.string().max(256).nullish(), name: z.string().max(200).nullish() }).nullish(),
  channelData: z.record(z.string(), z.unknown()).nullish(),
});

const MAX_CHARACTERS = 4_000;

/** The text as it may go on: well-formed, at most 4,000 characters, a pair never cut in half. */
export function boundText(text: string): { text: string; cut: boolean } {
  const whole = text.toWellFormed();
  if (whole.length <= MAX_CHARACTERS) return { text: whole, cut: false };
  const end = /[\uD800-\uDBFF]/.test(whole[MAX_CHARACTERS - 1]!) ? MAX_CHARACTERS - 1 : MAX_CHARACTERS;
  return { text: whole.slice(0, end), cut: true };
}

/** A set of activities as clients read it; the watermark is the last place seen. */
export interface ActivitySet {
  activities: unknown[];
  watermark: string;
}

export function activitySet(stored: readonly StoredActivity[], watermark: number): ActivitySet {
  return {
    activities: stored.map((entry) => entry.activity),
    watermark: String(stored.at(-1)?.seq ?? watermark),
  };
}

/** A watermark from a client; nonsense reads as the beginning. */
export function readWatermark(given: unknown): number {
  const number = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : 0;
  return number;
}
