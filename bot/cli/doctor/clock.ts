import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { PARIS } from '../../../dialogs/french.ts';
import { createClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { SupportHours } from '../../supportHours.ts';
import type { Finding } from './finding.ts';

/** What time the server takes it to be, and what it makes of hours and holidays: a wrong clock is seen by reading it. */
export function clock({ GUICHET_NOW, SUPPORT_HOLIDAYS }: Config): Finding[] {
  const now = createClock(GUICHET_NOW)();
  const hours = new SupportHours(SUPPORT_HOLIDAYS);
  const state = hours.isOpen(now)
    ? `open until ${inParis(hours.closing(now))}`
    : `closed until ${inParis(hours.nextOpening(now))}`;
  const said = `It is ${inParis(now)} in Paris, and the support is ${state}.`;
  if (GUICHET_NOW === undefined) return [{ state: 'good', says: said }];
  return [
    {
      state: 'note',
      says: `${said} The clock is simulated.`,
      todo: 'Remove GUICHET_NOW for the real one.',
    },
  ];
}

function inParis(instant: Date): string {
  return format(new TZDate(instant.getTime(), PARIS), 'EEEE d MMMM yyyy, HH:mm');
}
