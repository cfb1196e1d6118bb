const FIRST_MS = 2_000;
/** Four minutes: after an outage of any length everything has been tried again within five. */
const MOST_MS = 4 * 60_000;

/**
 * How long to wait after the n-th failed try (n from 0), in milliseconds: doubling from 2 s to 4 minutes, of which a
 * random half is taken off, so that what failed together does not come back together.
 */
export function backOff(tries: number, random: () => number = Math.random): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries, 20)) * (0.5 + random() / 2);
}
