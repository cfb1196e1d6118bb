import { TZDate } from '@date-fns/tz';
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays';

/** Where the shop's clock hangs; instants are UTC everywhere else. */
export const PARIS = 'Europe/Paris';

/**
 * Tag for sentences that customers read: puts the no-break spaces that French typography asks for into the literal
 * parts, and leaves interpolated values (what the customer typed) untouched.
 */
export function fr(literals: TemplateStringsArray, ...values: unknown[]): string {
  // One array for each place in the code, however often it speaks.
  const parts = typesetParts.get(literals) ?? literals.map(typeset);
  typesetParts.set(literals, parts);
  return parts.map((part, i) => part + (i < values.length ? String(values[i]) : '')).join('');
}

const typesetParts = new WeakMap<TemplateStringsArray, string[]>();

function typeset(text: string): string {
  return text
    .replace(/ ([:;!?»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (h\b|jours|minutes|heures)/g, '$1\u00a0$2')
    .replace(/(?<=\b[nN]°) /g, '\u00a0');
}

/** Upper or lower case and accents folded away, apostrophes and spaces made plain: "D’accord É" -> "d'accord e". */
export const fold = rememberingLast((text) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`´]/g, "'")
    .replace(/œ/g, 'oe')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase(),
);

/** In a turn the same text is read by one rule after the other, many times in a row. */
function rememberingLast(read: (text: string) => string): (text: string) => string {
  let last = { text: '', read: '' };
  return (text) => {
    if (text !== last.text) last = { text, read: read(text) };
    return last.read;
  };
}

/** A label inside a sentence: "E-mail de réponse" -> "e-mail de réponse". */
export function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** An answer without politeness marks: folded, letters repeated for effect once, thumbs as words, no punctuation. */
export const bareAnswer = rememberingLast((text) =>
  fold(text)
    .replace(/(?:👍|✅|👌|🆗)\p{M}*/gu, ' oui ')
    .replace(/(?:👎|❌|🙅)\p{M}*/gu, ' non ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/[^\p{L}\p{N}'@+]+/gu, ' ')
    .trim(),
);

// The format of date-fns says the same, and takes a tenth of every start: Node reads the 200 kB of date-fns's package.json
// again for each of the forty modules behind it.
const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const MONTHS = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
];

/** An instant whose parts (hour, date, month…) are those of the clock and the calendar of Paris. */
export function inParis(instant: Date): TZDate {
  return new TZDate(instant.getTime(), PARIS);
}

/** 7 as "07". */
export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** "14 h 07" in Paris; whole hours as "9 h". */
export function clock(instant: Date): string {
  const paris = inParis(instant);
  const minutes = paris.getMinutes();
  return `${paris.getHours()}\u00a0h${minutes === 0 ? '' : `\u00a0${twoDigits(minutes)}`}`;
}

/** "lundi 30 novembre" in Paris, "le 1er" as French writes it, with the year when it is not this one. */
export function day(instant: Date, now: Date = instant): string {
  const paris = inParis(instant);
  const date = paris.getDate() === 1 ? '1er' : paris.getDate();
  const name = `${WEEKDAYS[paris.getDay()]} ${date} ${MONTHS[paris.getMonth()]}`;
  return paris.getFullYear() === inParis(now).getFullYear() ? name : `${name} ${paris.getFullYear()}`;
}

/** YYYY-MM-DD, by the calendar that the date itself follows. */
export function isoDate(date: Date): string {
  return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
}

/** The day in Paris, as YYYY-MM-DD. */
export function isoDay(instant: Date): string {
  return isoDate(inParis(instant));
}

/** Midnight in Paris, as a day (YYYY-MM-DD) begins. */
export function dayStart(isoDate: string): Date {
  const [year = 0, month = 1, date = 1] = isoDate.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, date, PARIS).getTime());
}

/** "lundi 30 novembre à 14 h 07" */
export function dayAndClock(instant: Date, now: Date = instant): string {
  return `${day(instant, now)} à ${clock(instant)}`;
}

/** "14 h 07" for an instant of today, "lundi 30 novembre à 14 h 07" otherwise. */
export function clockOrDay(instant: Date, now: Date): string {
  return isoDay(instant) === isoDay(now) ? clock(instant) : dayAndClock(instant, now);
}

/** When something happens: "à 14 h 07" today, "lundi 30 novembre à 14 h 07" otherwise. */
export function atClockOrDay(instant: Date, now: Date): string {
  const when = clockOrDay(instant, now);
  return when === clock(instant) ? `à ${when}` : when;
}

/** "à 9 h" for an instant of today, "demain à 9 h", "lundi à 9 h" in the week to come, "lundi 30 novembre à 9 h" later. */
export function nextTime(instant: Date, now: Date): string {
  const days = differenceInCalendarDays(inParis(instant), inParis(now));
  if (days === 0) return `à ${clock(instant)}`;
  const name = days === 1 ? 'demain' : days < 7 ? WEEKDAYS[inParis(instant).getDay()] : day(instant, now);
  return `${name} à ${clock(instant)}`;
}

/** "a, b et c". */
export function enumerate(items: readonly string[], last = 'et'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}
