/**
 * What the detectors read: the text in lower case, without accents, compatibility forms (NFKD) and
 * invisible characters, each character knowing where it was typed.
 */
export interface View {
  /** The folded text. Everything found is a range of it. */
  text: string;
  /** The text as typed. */
  typed: string;
  /** For each character of `text`, where its source begins and ends in `typed`. */
  starts: number[];
  ends: number[];
}

/** Something to take out: a range of a view, and what is written in its place. */
export interface Finding {
  kind: 'card' | 'cvv' | 'expiry' | 'iban' | 'password' | 'reset_link';
  start: number;
  end: number;
  mask: string;
}

/** Stands for a bank card that was taken out: what follows it may be its expiry or its cryptogram. */
export const CARD_MARK = '\uE000';
/** Stands for anything else that no detector may read again. */
export const OTHER_MARK = '\uE001';

const INVISIBLE = /[\p{Cf}\p{M}\p{Cc}\p{Co}]/gu;
const foldedCharacters = new Map<string, string>();

const CARD_MASK = /\[carte(?: •••• \d{4})?\]/g;
const OTHER_MASK =
  /\[(?:iban(?: •••• [0-9a-z]{4})?|cryptogramme retire|expiration retiree|mot de passe retire|lien retire)\]/g;

/** The view of a text whose masks are covered: no detector reads them, so redaction is idempotent. */
export function read(typed: string): View {
  const view = fold(typed);
  if (!typed.includes('[')) return view;
  const text = view.text
    .replace(CARD_MASK, (mask) => CARD_MARK.repeat(mask.length))
    .replace(OTHER_MASK, (mask) => OTHER_MARK.repeat(mask.length));
  return { ...view, text };
}

/** Folds a text for the detectors; linear in its length. */
export function fold(typed: string): View {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of typed) {
    const next = at + character.length;
    const folded = foldCharacter(character);
    for (let i = 0; i < folded.length; i++) {
      starts.push(at);
      ends.push(next);
    }
    text += folded;
    at = next;
  }
  return { text, typed, starts, ends };
}

/** The view with a range replaced by a mark, so that the next detectors pass over it. */
export function cover(view: View, start: number, end: number, mark: string): View {
  const text = view.text.slice(0, start) + mark.repeat(end - start) + view.text.slice(end);
  return { ...view, text };
}

/** What the customer typed in a range of the view. */
export function typedSlice(view: View, start: number, end: number): string {
  return view.typed.slice(view.starts[start], view.ends[end - 1]);
}

function foldCharacter(character: string): string {
  if (character === '\n' || character === '\t') return character;
  if (character >= ' ' && character <= '~') return character.toLowerCase();
  const known = foldedCharacters.get(character);
  if (known !== undefined) return known;
  let folded = character.normalize('NFKD').toLowerCase().replace(INVISIBLE, '');
  if (character === '\r' || character === '\u2028' || character === '\u2029') folded = '\n';
  else if (character === '’' || character === '‘' || character === '´') folded = "'";
  else if (/^\p{Nd}$/u.test(folded)) folded = String(digitValue(folded));
  else if (CIRCLED_DIGIT.test(folded)) folded = circledValue(folded);
  // Enough for every script in use; a flood of rare characters must not grow the memory.
  if (foldedCharacters.size < 4096) foldedCharacters.set(character, folded);
  return folded;
}

/** Digits in filled or double circles, which have no compatibility form: four runs from 1 to 9, and a zero. */
const CIRCLED_DIGIT = /^[\u24F5-\u24FD\u24FF\u2776-\u277E\u2780-\u2788\u278A-\u2792]$/;
const CIRCLED_ONES = [0x278a, 0x2780, 0x2776, 0x24f5];

function circledValue(circled: string): string {
  const code = circled.charCodeAt(0);
  const one = CIRCLED_ONES.find((first) => code >= first && code < first + 9);
  return one === undefined ? '0' : String(code - one + 1);
}

/** Unicode lays decimal digits out in runs of ten, from zero to nine. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before++;
  return before % 10;
}
