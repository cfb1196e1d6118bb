import { MONTH } from './dates.ts';
import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';
import { numberWords, toNumber } from './numbers.ts';

const AFTERNOON = "(?:(?:de |cet(?:te)? )?(?:l' ?)?(?:apres[- ]?midi|aprem)|dans l'apres[- ]?midi)";
const PERIOD = `(?: (?:(?<morning>du mat(?:in)?)|(?<evening>du soir)|(?<afternoon>de l' ?(?:apres[- ]?midi|aprem)))\\b)?`;
const FIVES = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55].map((five) => numberWords(five, five));
const TAIL = `(?: (?:(?<quarter>et (?:un )?quart)|(?<half>et demie?)|moins (?:(?<lessQuarter>(?:le |un )?quart)|(?<less>\\d{1,2}|${numberWords(1, 29)}))|(?<words>${FIVES.reverse().join('|')}))\\b)?`;
// "18h 12 mars" is an hour and a date.
const MINUTES = `(?: ?(?<minutes>\\d{2}|(?<=h)\\d)(?!\\d|[.,/]\\d| ?(?:€|%|euros?\\b|${MONTH}\\b))(?: ?(?:min|mn|minutes?)\\b)?)?`;

const COLON = /(?<![\w:/]|\d[.,-])(?<hours>\d{1,2}):(?<minutes>\d{2})(?::\d{2})?(?![\w:]|[.,]\d)/g;
const HOUR = new RegExp(
  `(?<![\\w:]|\\d[.,/])(?<hours>\\d{1,2}|${numberWords(0, 23)}) ?(?<unit>h|hrs?|heures?)(?![a-z])${MINUTES}${TAIL}${PERIOD}(?![\\d:])`,
  'g',
);
const NOON = new RegExp(`\\b(?<!apres[- ]?|apresmidi|le |-)(?<noon>midi|minuit)\\b(?!-)${TAIL}`, 'g');
const CUE =
  /(?:\b(?:a|vers|avant|apres|des|jusqu'a|environ|pour|entre|et|de|depuis|etait|est|il est)|^|[,;:(.])\s?$/;
const EVENING_BEFORE = /\bsoir(?:ee)?,? (?:(?:a|vers) )?$/;
const EVENING_AFTER =
  /^,? (?:(?:hier|ce|dans la|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )soir(?:ee)?\b/;
const AFTERNOON_BEFORE = new RegExp(`${AFTERNOON},? (?:(?:a|vers) )?$`);
const AFTERNOON_AFTER = new RegExp(`^,? (?:hier )?${AFTERNOON}`);

/** Times of day in a message, as HH:MM of 24 hours. */
export function findTimes({ folded }: Message): Finding[] {
  const read = (match: RegExpExecArray) => readClock(match, folded);
  return [COLON, HOUR, NOON].flatMap((pattern) => findAll(pattern, folded, read));
}

/** The time, HH:MM, of the answer to "à quelle heure ?". A number alone is an hour. */
export function readTime(text: string): string | undefined {
  const message = toMessage(text);
  const [first] = findTimes(message).sort((a, b) => a.index - b.index);
  if (first) return first.value;
  const bare = /^\s*(?:(?:a|vers|environ) )?(\d{1,2})\s*[.!?]?\s*$/.exec(message.folded);
  return bare?.[1] ? clock(Number(bare[1]), 0) : undefined;
}

function readClock(match: RegExpExecArray, text: string): string | undefined {
  const groups = match.groups ?? {};
  const before = text.slice(Math.max(0, match.index - 30), match.index);
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 30);
  const hours = groups.noon ? (groups.noon === 'midi' ? 12 : 0) : toNumber(groups.hours ?? '');
  const minutes = readMinutes(groups);
  // "deux heures" alone is a length of time; "à deux heures" and "deux heures et demie" are not.
  const spelled = groups.unit?.startsWith('heure') && hours < 7;
  if (
    spelled &&
    minutes === 0 &&
    !groups.evening &&
    !groups.morning &&
    !groups.afternoon &&
    !CUE.test(before)
  ) {
    return undefined;
  }
  const evening = groups.evening || EVENING_BEFORE.test(before) || EVENING_AFTER.test(after);
  const afternoon = groups.afternoon || AFTERNOON_BEFORE.test(before) || AFTERNOON_AFTER.test(after);
  const later = (evening && hours >= 5 && hours < 12) || (afternoon && hours >= 1 && hours < 8);
  return clock(later ? hours + 12 : hours, minutes);
}

function readMinutes(groups: Record<string, string | undefined>): number {
  if (groups.quarter) return 15;
  if (groups.half) return 30;
  if (groups.lessQuarter) return -15;
  if (groups.less) return -toNumber(groups.less);
  return toNumber(groups.words ?? groups.minutes ?? '0');
}

/** HH:MM, or undefined when there is no such time. Minutes may be negative: "moins le quart". */
function clock(hours: number, minutes: number): string | undefined {
  if (hours > 23 || minutes > 59) return undefined;
  const total = (hours * 60 + minutes + 1440) % 1440;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
