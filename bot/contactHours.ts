import { addHours, addWeeks, addYears } from '../dialogs/dateFns.ts';
import { day, dayStart, isoDay } from '../dialogs/french.ts';
import type { OpenTurn } from './openTurn.ts';
import type { SupportHours } from './supportHours.ts';
import { choices, texts } from './texts.ts';

/** The support's hours as they are now, in one sentence. */
export function hoursNow({ parts, now }: OpenTurn): string {
  return sayHours(parts.hours, now);
}

/** The hours in one sentence, as they are at `now`. */
export function sayHours(hours: SupportHours, now: Date): string {
  if (!hours.isOpen(now)) return texts.closed(hours.nextOpening(now), now);
  return hours.closesSoon(now) ? texts.closesSoon : texts.open;
}

/** The hours of the day that a question names ("demain", "le 14 juillet"), else as they are now. */
export function hoursFor(turn: OpenTurn, text: string): string {
  const { parts, now } = turn;
  const named = parts
    .finders(now)
    .entities(text)
    .find(({ kind }) => kind === 'date');
  const date = named && comingDay(named.value, named.text, isoDay(now));
  if (date === undefined || date === isoDay(now)) return hoursNow(turn);
  const noon = addHours(dayStart(date), 12);
  return parts.hours.isOpen(noon)
    ? texts.openOn(day(noon, now))
    : texts.closedOn(day(noon, now), parts.hours.nextOpening(noon), now);
}

/** Days are read as past; a question about hours means the next one of that name. */
function comingDay(date: string, said: string, today: string): string {
  if (date >= today || /\d{4}/.test(said)) return date;
  const past = new Date(`${date}T12:00:00Z`);
  const coming = /\d/.test(said) ? addYears(past, 1) : addWeeks(past, 1);
  return coming.toISOString().slice(0, 10);
}

/** Guide, section 8: how the support is reached, whether it is open, and the offer to write. */
export function tellHours(turn: OpenTurn): void {
  turn.memory.misunderstood = 0;
  turn.memory.pending = { kind: 'write' };
  turn.say(texts.contactHours);
  turn.say(hoursFor(turn, turn.text));
  turn.say({ text: texts.writeOffer, choices: [{ title: choices.write }, { title: choices.menu }] });
}
