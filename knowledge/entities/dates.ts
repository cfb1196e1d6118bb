import { dayInParis, partsOf, toDay, toIso } from './calendar.ts';
import type { Day } from './calendar.ts';
import { findAll } from './message.ts';
import type { Finding, Message } from './message.ts';
import { numberWords, toNumber } from './numbers.ts';

// Folded French; spellings that customers use, not only the dictionary's.
const WEEKDAYS = ['dimanches?', 'lundi', 'mardi', 'mer?credi', 'jeudi', 'vendredi', 'samedi'];
const MONTHS = [
  'janvi?er?|janv|jan',
  'fevri?er?|fevr|fev',
  'mars',
  'avri?l?',
  'mai',
  'juin',
  'juill?et|juil',
  'aou?t',
  'septembre?|sept',
  'octobre?|oct',
  'novembre?|nov',
  'decembre?|dec',
];
export const WEEKDAY = `(?:${WEEKDAYS.join('|')})t?`;
export const MONTH = `(?:${MONTHS.join('|')})`;
export const DATE = `(?:\\d{1,2}|1 ?er|premier|${numberWords(2, 31)})`;
const COUNT = `(?:\\d{1,3}|${numberWords(1, 31)})`;
const LAST = '(?:derni?er?e?|derniere|passee?)';
const NEXT = 'prochaine?';
const PART_OF_DAY =
  "(?:,? (?:(?:en |dans |en fin d[e'] ?|en debut d[e'] ?|au )?(?:le |la |l')?(?:matin(?:ee)?|soir(?:ee)?|apres[- ]?midi|aprem|nuit))\\b)?";
// A month's day alone ("le 12") only where the sentence ends or goes on without a noun: "le 12 pouces" is none.
const NO_NOUN =
  "a|vers|[jlcn]'|je|j|on|il|elle|ca|c|et|mais|ou|donc|puis|pour|par|car|que|qui|avec|sur|sans|mon|ma|mes|le|la|les|au|aux|du|" +
  'dans|depuis|jusqu|apres|avant|vous|nous|toujours|rien|pas|ne|jamais|chez|soir|matin|midi';
const STREET = 'rue|avenue|boulevard|place|chemin|allee|bis';
const ENDS = `(?=\\s*(?:$|[.;!?)](?!\\d)|,(?! ?(?:${STREET})\\b|\\d))|\\s+(?:${NO_NOUN})(?![a-z\\d]))`;
const ON_WEEKDAY = `(?:\\b${WEEKDAY},? (?:le )?)?`;

const EXPECTED =
  /\b(?:prevue?s?|estimee?s?|annoncee?s?|attendue?s?|promise?s?)(?: (?:pour|au|le|entre|du))? ?$/;

interface Rule {
  pattern: RegExp;
  /** `expected`: an event is announced for that date, which may then be to come. */
  read: (match: RegExpExecArray, today: Day, expected: boolean) => Day | undefined;
}

const RULES: Rule[] = [
  rule(`\\bavant?[- ]?hier${PART_OF_DAY}`, (_, today) => today - 2),
  rule(`\\b(?<!avant?[- ])hier${PART_OF_DAY}`, (_, today) => today - 1),
  rule(
    `\\b(?:aujourd'? ?h?ui|auj|ajd|ojd|cette (?:nuit|apres[- ]?midi|matinee)|ce (?:matin|soir|midi|jour)|cet(?:te)? (?:apres[- ]?midi|aprem))\\b${PART_OF_DAY}`,
    (_, today) => today,
  ),
  rule(`\\bapres[- ]?demain${PART_OF_DAY}`, (_, today) => today + 2),
  rule(`\\b(?<!apres[- ])(?:demain|dmain|2main)\\b${PART_OF_DAY}`, (_, today) => today + 1),
  rule(
    `\\b(?:il ?)?y ?'?a (?:environ |deja |a peine |a peu pres )?(?<count>${COUNT}) (?<unit>jours?|jrs?|j|semaines?|mois|ans?)\\b`,
    (match, today) => shift(today, match, -1),
  ),
  rule(`\\bdans (?<count>${COUNT}) (?<unit>jours?|semaines?|mois|ans?)\\b`, (match, today) =>
    shift(today, match, 1),
  ),
  rule(
    `\\b(?:ce )?(?<weekday>${WEEKDAY})${PART_OF_DAY}(?: (?:de )?(?:(?<next>${NEXT})|(?<lastWeek>la semaine ${LAST})|${LAST})\\b)?(?![a-z])`,
    readWeekday,
  ),
  rule(
    `(?<![\\d.,/-])${ON_WEEKDAY}(?:\\ble )?\\b(?<date>${DATE}) ?(?<month>${MONTH})(?![a-z])\\.?(?:,? (?<year>\\d{4})(?![\\dh€])| (?<next>${NEXT})| ${LAST}\\b)?(?! \\d+ ?(?:kg|g|ml|cl|l)\\b)`,
    readMonthDate,
  ),
  rule(
    `\\b(?:les?|du) (?<date>${DATE})(?= (?:et|au|ou) (?:le )?${DATE} (?<month>${MONTH})\\b)`,
    readMonthDate,
  ),
  rule(
    `(?<![\\w./,-])${ON_WEEKDAY}(?<date>\\d{1,2})(?:(?<mark>[/-])(?<month>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})|\\.(?<month2>\\d{2})\\.(?<year2>\\d{4}))(?![\\w/-]|[.,]\\d)`,
    ({ groups }) =>
      toDay(
        fullYear(Number(groups?.year ?? groups?.year2)),
        Number(groups?.month ?? groups?.month2),
        Number(groups?.date),
      ),
  ),
  rule('(?<![\\w-])(?<year>20\\d\\d)-(?<month>\\d\\d)-(?<date>\\d\\d)(?![\\d-])', ({ groups }) =>
    toDay(Number(groups?.year), Number(groups?.month), Number(groups?.date)),
  ),
  // Two bare numbers may be a score or a fraction: "4/5" needs an article, "12/03" does not.
  rule(
    `(?<![\\w./,-])${ON_WEEKDAY}(?:(?<=\\b(?:le|du|au|ce|depuis|${WEEKDAY}) )(?<date>\\d{1,2})/(?<month>\\d{1,2})|(?<date2>\\d{1,2})/(?<month2>0\\d|1[12])|(?<date3>0\\d|1[1-9]|[23]\\d)/(?<month3>10))(?![\\w/-]|[.,]\\d)`,
    ({ groups }, today, expected) =>
      recentTime(
        today,
        expected,
        Number(groups?.date ?? groups?.date2 ?? groups?.date3),
        Number(groups?.month ?? groups?.month2 ?? groups?.month3),
      ),
  ),
  rule(
    `\\b(?:le|du|au|${WEEKDAY}(?: le)?) (?<date>\\d{1,2}|1er)(?: (?:dernier|du mois|courant))?${ENDS}`,
    ({ groups }, today, expected) => recentTime(today, expected, toNumber(groups?.date ?? '')),
  ),
];

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(source, 'g'), read };
}

/** Any of them: one search tells that most messages name no date. */
const ANY = new RegExp(RULES.map(({ pattern }) => pattern.source).join('|'));

/** Dates in a message, as YYYY-MM-DD. A date without a year, and a weekday, are past unless said otherwise. */
export function findDates({ folded }: Message, now: Date): Finding[] {
  if (!ANY.test(folded)) return [];
  const today = dayInParis(now);
  return RULES.flatMap(({ pattern, read }) =>
    findAll(pattern, folded, (match) => {
      const before = folded.slice(Math.max(0, match.index - 30), match.index);
      const day = read(match, today, EXPECTED.test(before));
      return day === undefined ? undefined : toIso(day);
    }),
  );
}

function shift(today: Day, { groups }: RegExpExecArray, sign: 1 | -1): Day | undefined {
  const count = sign * toNumber(groups?.count ?? '');
  const unit = groups?.unit ?? '';
  if (unit.startsWith('j')) return today + count;
  if (unit.startsWith('s')) return today + 7 * count;
  const { year, month, date } = partsOf(today);
  const months = unit.startsWith('a') ? 12 * count : count;
  // A month ago on the 31st is the last day of a shorter month.
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  return toDay(first.getUTCFullYear(), first.getUTCMonth() + 1, Math.min(date, lastDate));
}

function readWeekday({ groups }: RegExpExecArray, today: Day): Day {
  const weekday = WEEKDAYS.findIndex((name) => new RegExp(`^${name}`).test(groups?.weekday ?? ''));
  const current = partsOf(today).weekday;
  // On a Monday, "lundi" is a week ago: the same day is said "aujourd'hui".
  const daysAgo = (current - weekday + 7) % 7 || 7;
  if (groups?.next) return today - daysAgo + (daysAgo === 7 ? 14 : 7);
  if (groups?.lastWeek) return today - ((current + 6) % 7) - 7 + ((weekday + 6) % 7);
  return today - daysAgo;
}

function readMonthDate({ groups }: RegExpExecArray, today: Day, expected: boolean): Day | undefined {
  const month = MONTHS.findIndex((name) => new RegExp(`^(?:${name})$`).test(groups?.month ?? '')) + 1;
  const date = toNumber(groups?.date ?? '');
  if (groups?.year) return toDay(Number(groups.year), month, date);
  const { year } = partsOf(today);
  if (!groups?.next) return recentTime(today, expected, date, month);
  const thisYear = toDay(year, month, date);
  return thisYear !== undefined && thisYear > today ? thisYear : toDay(year + 1, month, date);
}

/** The last day with this date (and month, when given): today at the latest, or the nearest when expected. */
function recentTime(today: Day, expected: boolean, date: number, month?: number): Day | undefined {
  const latest = expected ? today + (month ? 182 : 15) : today;
  const { year, month: currentMonth } = partsOf(latest);
  // Eight years back reach a 29 February across 2100; without a month, two months back reach a 31st.
  for (let back = 0; back <= (month ? 8 : 2); back++) {
    const months = month ? (year - back) * 12 + month - 1 : year * 12 + currentMonth - 1 - back;
    const day = toDay(Math.floor(months / 12), (months % 12) + 1, date);
    if (day !== undefined && day <= latest) return day;
  }
  return undefined;
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}
