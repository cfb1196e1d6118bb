import { inParis, twoDigits } from '../../dialogs/french.ts';

/** "18/03/2026 14:30:12", by the clock of Paris. */
export function localTime(instant: Date): string {
  const paris = inParis(instant);
  const date = [twoDigits(paris.getDate()), twoDigits(paris.getMonth() + 1), paris.getFullYear()].join('/');
  return `${date} ${[paris.getHours(), paris.getMinutes(), paris.getSeconds()].map(twoDigits).join(':')}`;
}

/** "2026-03-18 13:30:12 UTC". */
export function utcTime(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
