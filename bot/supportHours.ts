import type { TZDate } from '@date-fns/tz';
import getJoursFeries from '@socialgouv/jours-feries';
import { addDays, differenceInSeconds, isWeekend, set } from '../dialogs/dateFns.ts';
import { inParis, isoDate } from '../dialogs/french.ts';

/** Which public holidays the support keeps: those of all France, or those of Alsace and Moselle as well. */
export type Holidays = 'france' | 'alsace-moselle';

/** Guide, section 8: Monday to Friday, 9 h to 18 h. 9:00 is open, 18:00 is not. */
export const OPENS = 9;
export const CLOSES = 18;
const SOON_MINUTES = 10;
const MOST_KEPT = 1_000;

/** The support's hours, by the clock of Paris; every instant that goes in or out is absolute. */
export class SupportHours {
  private readonly holidaysOf = new Map<number, Set<string>>();
  private readonly asked = new Map<string, number>();
  private readonly holidays: Holidays;

  constructor(holidays: Holidays = 'france') {
    this.holidays = holidays;
  }

  /** Monday to Friday but for public holidays; 9:00:00 is open, 18:00:00 closed (guide, section 8). */
  isOpen(now: Date): boolean {
    return (
      this.hourly('open', now, () => {
        const paris = inParis(now);
        const hour = paris.getHours();
        return this.isWorkingDay(paris) && hour >= OPENS && hour < CLOSES ? 1 : 0;
      }) === 1
    );
  }

  /** Open, and less than ten minutes before closing. */
  closesSoon(now: Date): boolean {
    return this.isOpen(now) && differenceInSeconds(this.closing(now), now) < SOON_MINUTES * 60;
  }

  /** The end (18 h) of the day of `now`. */
  closing(now: Date): Date {
    return new Date(this.hourly('closing', now, () => atHour(inParis(now), CLOSES).getTime()));
  }

  /** The first instant from `now` on at which the support is open: `now` itself when it is. */
  nextOpening(now: Date): Date {
    if (this.isOpen(now)) return now;
    let day = atHour(inParis(now), OPENS);
    if (day.getTime() <= now.getTime()) day = atHour(addDays(day, 1), OPENS);
    while (!this.isWorkingDay(day)) day = atHour(addDays(day, 1), OPENS);
    return new Date(day.getTime());
  }

  /** The end (18 h) of the n-th working day after the day of `from`; public holidays and weekends do not count. */
  addWorkingDays(from: Date, days: number): Date {
    const end = this.hourly(`working days: ${days}`, from, () => {
      let day = inParis(from);
      for (let left = days; left > 0;) {
        day = addDays(day, 1);
        if (this.isWorkingDay(day)) left -= 1;
      }
      return atHour(day, CLOSES).getTime();
    });
    return new Date(end);
  }

  /**
   * The calendar of a time zone is slow, and every turn asks it. Days begin, and the support opens and closes, at full hours
   * of any clock: what it said holds until the hour is over.
   */
  private hourly(question: string, at: Date, ask: () => number): number {
    const key = `${Math.floor(at.getTime() / 3600_000)} ${question}`;
    let answer = this.asked.get(key);
    if (answer === undefined) {
      answer = ask();
      if (this.asked.size >= MOST_KEPT) this.asked.clear();
      this.asked.set(key, answer);
    }
    return answer;
  }

  private isWorkingDay(paris: TZDate): boolean {
    return !isWeekend(paris) && !this.holidaysIn(paris.getFullYear()).has(isoDate(paris));
  }

  private holidaysIn(year: number): Set<string> {
    let known = this.holidaysOf.get(year);
    if (!known) {
      const found = Object.values(getJoursFeries(year, { alsace: this.holidays === 'alsace-moselle' }));
      // The library counts days of 24 hours from a local midnight, so a change to winter time in the machine's own zone
      // would put Ascension at 23 h of the day before: noon is safe.
      known = new Set(found.map((date) => isoDate(new Date(date.getTime() + 12 * 3600_000))));
      this.holidaysOf.set(year, known);
    }
    return known;
  }
}

/** The hour of the day, 0 to 23, by the clock of Paris. */
export function hourInParis(instant: Date): number {
  return inParis(instant).getHours();
}

function atHour(paris: TZDate, hours: number): TZDate {
  return set(paris, { hours, minutes: 0, seconds: 0, milliseconds: 0 });
}
