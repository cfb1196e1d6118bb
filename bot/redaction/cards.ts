import { LONGEST_CARD, SHORTEST_CARD, cardLengths, passesLuhn } from './cardBrands.ts';
import { readContext } from './cardContext.ts';
import type { NumberContext } from './cardContext.ts';
import { FILLER, plainText } from './plainText.ts';
import { joins } from './separators.ts';
import { hideShopNumbers, isShopNumber } from './shopNumbers.ts';
import type { Finding, View } from './view.ts';

/** Digits written without a break. */
interface Group {
  digits: string;
  start: number;
  end: number;
}

/** A card number inside a run of groups: the groups it spans, and its digits. */
interface Candidate {
  first: number;
  last: number;
  digits: string;
}

/** How many groups after a cue a number may begin: "carte 1 : 4111…". */
const NEAR_CUE = 8;
/** "exp 12/27", "cvv 123" right behind a number: what it is needs no other word, even mistyped. */
const DETAILS_BEHIND =
  /^[\s,;:/|-]{1,4}(?:date )?(?:exp\w*|val\w*)[\s:.]{1,3}\d{1,2} ?[/.-] ?(?:20)?[2-4]\d(?!\d)|^[\s,;:/|-]{1,4}(?:\d{1,2}[/.-](?:20)?[2-4]\d[\s,;:/|-]{1,4})?(?:et |avec |le )?(?:cvv2?|cvc2?|cryptogramme|crypto)(?![a-z])/;
/** A run of more groups is a list of numbers. */
const LONG_LIST = 40;

/**
 * Finds bank card numbers: brand prefix, length and Luhn check, in any grouping. A word such as
 * "commande" right before vetoes, unless a card word is near or the number is grouped the way cards are
 * printed; beside a card word, prefix and length are enough (a mistyped card number is still personal).
 */
export function findCards(view: View): Finding[] {
  const plain = plainText(view.text);
  if ((plain.match(/\d/g)?.length ?? 0) < SHORTEST_CARD) return [];
  const text = hideShopNumbers(plain);
  return runsOfGroups(text)
    .flatMap((run) => cardsInRun(run, text))
    .map(({ start, end, digits }) => ({
      kind: 'card',
      start: codeStart(text, start),
      end,
      mask: mayGoOn(digits) ? '[carte]' : `[carte •••• ${digits.slice(-4)}]`,
    }));
}

/** Where the code of a digit begins. */
function codeStart(text: string, digit: number): number {
  let start = digit;
  while (text[start - 1] === FILLER) start--;
  return start;
}

/** Numbers of its brand can be longer by more than a cryptogram: the rest may come, and these may not be the last four. */
function mayGoOn(digits: string): boolean {
  return Math.max(...cardLengths(digits)) - digits.length > 3;
}

function runsOfGroups(text: string): Group[][] {
  const runs: Group[][] = [];
  let previous: Group | undefined;
  for (const match of text.matchAll(/\d+/g)) {
    const group = { digits: match[0], start: match.index, end: match.index + match[0].length };
    if (previous && joins(text.slice(previous.end, group.start))) runs.at(-1)?.push(group);
    else runs.push([group]);
    previous = group;
  }
  return runs;
}

function cardsInRun(run: Group[], text: string): { start: number; end: number; digits: string }[] {
  const total = run.reduce((sum, group) => sum + group.digits.length, 0);
  if (total < SHORTEST_CARD) return [];
  const valid = collect(run, text, true);
  const found = valid.length > 0 ? valid : collect(run, text, false);
  return found.map(({ first, last, digits }) => {
    const { start } = run[first]!;
    const isGlued = first === last && run[first]!.digits.length > digits.length;
    return { start, end: isGlued ? start + digits.length : run[overEnd(run, last, digits)]!.end, digits };
  });
}

/**
 * What ends a run behind a number belongs to it, when its brand has numbers so long: only three or four digits may be a
 * cryptogram.
 */
function overEnd(run: Group[], last: number, digits: string): number {
  const behind = run.slice(last + 1).reduce((sum, group) => sum + group.digits.length, 0);
  const mayBelong = behind > 4 && digits.length + behind <= Math.max(...cardLengths(digits));
  return behind < 3 || mayBelong ? run.length - 1 : last;
}

/** Reads a run from the left; after a card, continues behind it. */
function collect(run: Group[], text: string, luhn: boolean): Candidate[] {
  const found: Candidate[] = [];
  const starts = luhn ? run.length : Math.min(run.length, NEAR_CUE);
  for (let first = 0; first < starts; first++) {
    if (isAmidList(run, first)) continue;
    const candidate = candidates(run, first, luhn).find((one) => isCard(one, run, text, luhn));
    if (!candidate) continue;
    found.push(candidate);
    first = candidate.last;
  }
  return found;
}

/** Between both ends of a long list of numbers, where some stretch always passes: only 4-4-4-4 may stand. */
function isAmidList(run: Group[], first: number): boolean {
  const isFarFromEnds = run.length > LONG_LIST && first > 0 && run.length - first > LONGEST_CARD;
  return isFarFromEnds && run[first]!.digits.length < 4;
}

/**
 * The numbers that start at a group, in the order in which they are tried: first those that leave nothing behind them but
 * an expiry and a cryptogram; then those with another card right behind; then the longest, so that no digit of a long
 * number is left.
 */
function candidates(run: Group[], first: number, luhn: boolean): Candidate[] {
  const found = numbersAt(run, first);
  if (luhn) found.sort((a, b) => b.digits.length - a.digits.length);
  const rank = ({ last, digits }: Candidate): number => {
    if (explains(run.slice(last + 1, last + 6))) return 0;
    const isPair = luhn && passesLuhn(digits);
    return isPair && numbersAt(run, last + 1).some((next) => passesLuhn(next.digits)) ? 1 : 2;
  };
  const ranks = new Map(found.map((one) => [one, rank(one)]));
  return found.toSorted((a, b) => ranks.get(a)! - ranks.get(b)!);
}

/** The numbers that start at a group and have a length of their brand, likeliest length first. */
function numbersAt(run: Group[], first: number): Candidate[] {
  const lastOf = new Map<number, number>();
  let digits = '';
  for (let last = first; last < run.length && digits.length < LONGEST_CARD; last++) {
    digits += run[last]!.digits.slice(0, 24);
    lastOf.set(digits.length, last);
  }
  return cardLengths(digits).flatMap((length) => {
    const last = lastOf.get(length) ?? (isGlued(run[first]!.digits, length) ? first : undefined);
    return last === undefined ? [] : [{ first, last, digits: digits.slice(0, length) }];
  });
}

/** A number typed without a break before its expiry and cryptogram: 4111111111111111 1228 123. */
function isGlued(digits: string, length: number): boolean {
  const rest = digits.slice(length, length + 8);
  return /^(?:\d{3}|(?:0[1-9]|1[0-2])[2-4]\d(?:\d{3})?)$/.test(rest) && passesLuhn(digits.slice(0, length));
}

function isCard(candidate: Candidate, run: Group[], text: string, luhn: boolean): boolean {
  const { first, last, digits } = candidate;
  if (!luhn)
    return (
      contextOf(run, first, last, text).cardClosest ||
      DETAILS_BEHIND.test(text.slice(run[last]!.end, run[last]!.end + 60))
    );
  if (!passesLuhn(digits)) return false;
  const sizes = run.slice(first, last + 1).map((group) => group.digits.length);
  const printed = isPrintedGrouping(sizes);
  // Inside a list of numbers, a stretch that passes by chance neither begins nor ends it.
  const stands = first === 0 || last === run.length - 1 || printed || sizes.length === 1;
  if (!stands && run.length > LONG_LIST) return false;
  const context = contextOf(run, first, last, text);
  if (context.card || context.payment) return true;
  if (context.shop) return printed && explains(run.slice(last + 1, last + 5));
  return stands && !isShopNumber(digits, sizes);
}

/** The words before a run belong to all its groups, up to the first that is a whole number by itself. */
function contextOf(run: Group[], first: number, last: number, text: string): NumberContext {
  let from = first;
  while (from > 0 && first - from < NEAR_CUE && run[from - 1]!.digits.length < 5) from--;
  return readContext(text, run[from]!.start, run[last]!.end);
}

/** The groupings embossed on cards: 4-4-4-4, 4-4-4-4-3, 4-6-5 (American Express), 4-6-4 (Diners Club). */
function isPrintedGrouping(sizes: number[]): boolean {
  return ['4,4,4,4', '4,4,4,4,3', '4,6,5', '4,6,4'].includes(sizes.join());
}

/** Nothing behind the number but an expiry and a cryptogram. */
function explains(rest: Group[]): boolean {
  return /^(?:(?:0?[1-9]|1[0-2]) ?(?:20)?[2-4]\d)? ?\d{0,4}$/.test(
    rest.map((group) => group.digits).join(' '),
  );
}
