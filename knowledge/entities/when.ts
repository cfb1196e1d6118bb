import { dayInParis, instantInParis, toDayFromIso, toIso } from './calendar.ts';
import { findDates } from './dates.ts';
import { toMessage } from './message.ts';
import { numberWords, toNumber } from './numbers.ts';
import { readTime } from './times.ts';

const NOW =
  /\b(?:a l'instant|maintenant|tout de suite|immediatement|il y a (?:un instant|quelques secondes|\d+ ?s(?:ec(?:onde)?s?)?)|juste avant)\b/;
const ABOUT = '(?:environ |a peine |a peu pres |deja |moins de |plus de |presque )?';
const COUNT = `(?<count>\\d{1,4}|${numberWords(1, 99)})`;
const MINUTES = 'minutes?|mins?|mn';
const AGO = new RegExp(
  `\\b(?:(?:il ?)?y ?'?a|ca fait|depuis) ${ABOUT}(?:${COUNT} ?(?:(?<minutes>${MINUTES}|m)|(?:heures?|hrs?|h)(?: ?(?:et )?(?<rest>\\d{1,2}|${numberWords(1, 59)})(?: ?(?:${MINUTES}))?)?(?<half> et demie?)?)(?![a-z])|(?<quarter>un (?:petit )?quart d'heure)|(?<halfHour>une (?:petite )?demi[- ]heure)|(?<threeQuarters>trois quarts d'heure))`,
);
const BARE_MINUTES = new RegExp(`^\\s*(?=${ABOUT}(?:\\d{1,3}|${numberWords(1, 60)}) ?(?:${MINUTES})\\b)`);

/** The date, YYYY-MM-DD in Paris, of the answer to "quand ?"; undefined when it names no single day. */
export function readDate(text: string, now: Date): string | undefined {
  const date = readDay(text, now);
  if (date) return date;
  const instant = readDateTime(text, now);
  return instant && toIso(dayInParis(instant));
}

/**
 * The instant of "hier soir vers 19h", "il y a 20 minutes", "à l'instant"; a time alone is today's, or
 * yesterday's when it is later than now. Undefined without a time of day: "hier" is no instant.
 */
export function readDateTime(text: string, now: Date): Date | undefined {
  const folded = toMessage(text).folded.replace(BARE_MINUTES, 'il y a ');
  const ago = minutesAgo(folded);
  if (ago !== undefined) return new Date(now.getTime() - ago * 60_000);
  const time = readTime(text);
  if (!time) return NOW.test(folded) ? now : undefined;
  return toInstant(folded, time, now);
}

function readDay(text: string, now: Date): string | undefined {
  const answer = text.trim().replace(/^depuis /i, '');
  // An answer may leave out the words that make a sentence plain: "12" is "le 12", "3 jours" is "il y a 3 jours".
  for (const words of ['', 'le ', 'il y a ']) {
    const [longest] = findDates(toMessage(words + answer), now).sort((a, b) => b.length - a.length);
    if (longest) return longest.value;
  }
  return undefined;
}

function minutesAgo(text: string): number | undefined {
  const match = AGO.exec(text);
  const groups = match?.groups;
  if (!groups) return undefined;
  if (groups.quarter) return 15;
  if (groups.halfHour) return 30;
  if (groups.threeQuarters) return 45;
  const count = toNumber(groups.count ?? '');
  if (groups.minutes) return count;
  // "depuis 18h" is a time of day, "depuis 2h" a length.
  if (match[0].startsWith('depuis') && count > 5) return undefined;
  return count * 60 + (groups.half ? 30 : toNumber(groups.rest ?? '0'));
}

function toInstant(text: string, time: string, now: Date): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const date = readDay(text, now);
  const day = date ? toDayFromIso(date) : dayInParis(now);
  // The small hours of an evening, and "hier à minuit", belong to the next morning.
  if (hours < 5 && (/\bsoir/.test(text) || (hours === 0 && /\bhier\b/.test(text)))) {
    return instantInParis(day + 1, hours, minutes);
  }
  const instant = instantInParis(day, hours, minutes);
  const isLater = instant.getTime() > now.getTime();
  return isLater && (!date || /\bcette nuit\b/.test(text))
    ? instantInParis(day - 1, hours, minutes)
    : instant;
}
