/** The time as everything in the bot asks for it. */
export type Now = () => Date;

/** The real clock, or a simulated one that starts at `start` (ISO 8601) and ticks from there. */
export function createClock(start: string | undefined): Now {
  if (start === undefined) return () => new Date();
  const offset = new Date(start).getTime() - Date.now();
  return () => new Date(Date.now() + offset);
}
