import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { PARIS } from '../../dialogs/french.ts';

/** "18/03/2026 14:30:12", by the clock of Paris. */
export function localTime(instant: Date): string {
  return format(new TZDate(instant.getTime(), PARIS), 'dd/MM/yyyy HH:mm:ss');
}

/** "2026-03-18 13:30:12 UTC". */
export function utcTime(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
