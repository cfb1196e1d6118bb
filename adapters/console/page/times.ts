import { clock, day } from '../../../dialogs/french.ts';

const UNITS = [
  ['day', 86_400_000, 'j'],
  ['hour', 3_600_000, 'h'],
  ['minute', 60_000, 'min'],
] as const;
const AGO_FOR_MS = 7 * 86_400_000;
const RELATIVE = new Intl.RelativeTimeFormat('fr', { style: 'short' });

/** "il y a 5 min", "dans 3 h", "il y a 2 j"; whole units begun, never rounded up. */
export function relative(instant: Date, now: Date): string {
  const ms = instant.getTime() - now.getTime();
  const unit = UNITS.find(([, size]) => Math.abs(ms) >= size);
  return unit ? RELATIVE.format(Math.trunc(ms / unit[1]), unit[0]) : 'à l’instant';
}

/** "5 min", "3 h", "2 j": the whole units between two instants; "moins d’une minute" for none. */
export function lasting(from: Date, to: Date): string {
  const ms = to.getTime() - from.getTime();
  const unit = UNITS.find(([, size]) => ms >= size);
  return unit ? `${Math.trunc(ms / unit[1])}\u00a0${unit[2]}` : 'moins d’une minute';
}

/** How long ago, for a week; then the day. */
export function age(instant: Date, now: Date): string {
  return now.getTime() - instant.getTime() < AGO_FOR_MS ? relative(instant, now) : day(instant, now);
}

/** "mercredi 18 mars à 14 h 30", by the clock of Paris; with the year when it is not this one. */
export function dayAndClock(instant: Date, now: Date): string {
  return `${day(instant, now)} à ${clock(instant)}`;
}

/** "2026-03-18 13:30:00 UTC", as logs write it. */
export function utc(instant: Date): string {
  return instant
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
