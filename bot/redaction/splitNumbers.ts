import type { RedactionLine } from '../redaction.ts';
import { plainText } from './plainText.ts';
import { JOINING_SIGN, JOINING_WORD } from './separators.ts';
import { read } from './view.ts';
import type { Finding, View } from './view.ts';

/** A number that began in earlier messages: what to take out of which. */
export interface SplitNumber {
  /** Changed lines: index into the history and what may be kept. */
  earlier: { index: number; text: string }[];
  /** The part of the current message. */
  current: Finding;
}

interface Piece {
  /** Index into the history; undefined is the current message. */
  index: number | undefined;
  typed: string;
}

/** A card sent one digit a message takes nineteen. */
const MOST_PIECES = 19;
const LONGEST_PIECE = 120;
/** Messages without digits that may stand between two groups: "attendez". */
const MOST_PAUSES = 2;
const LONGEST_PAUSE = 30;

/** Nothing but digits, signs and joining words; perhaps the start of an IBAN. */
const DIGITS_ONLY = new RegExp(`^(?:${JOINING_SIGN}|${JOINING_WORD}|\\d|fr(?=\\d))*$`, 'u');
const ENDS_IN_DIGITS = /\d[^a-z\d]{0,6}$/;
const STARTS_IN_DIGITS = new RegExp(`^(?:${JOINING_SIGN}|${JOINING_WORD}){0,10}\\d`, 'u');
/** Right behind a card that was taken out: its mask, which says whether more than three digits may be to come. */
const CARD_TAKEN = /\[(carte|carte •••• \d{4}|cryptogramme retiré|expiration retirée)\][^\p{L}\p{N}]*$/u;

const NUMBER_ASKED =
  /(?<![a-z])(?:numeros?(?! de (?:votre )?(?:carte|cb))|n°|code|commande|telephone|tel|portable|suivi|colis|reference|montant|combien|prix|date|heure|jour|quand|annee|siret|facture)(?![a-z])/;
const ASKING =
  /\?|(?<![a-z])(?:indiquez|donnez|precisez|saisissez|entrez|tapez|envoyez|communiquez|rappelez|quel(?:le)?s?|votre|pouvez|pourriez)(?![a-z-])/;

/** The customer's line before the current message, or before `from`; bot and agent lines are passed. */
export function previousCustomerLine(history: RedactionLine[], from = history.length): number {
  let index = from - 1;
  while (index >= 0 && history[index]?.from !== 'customer') index--;
  return index;
}

/** Whether the bot or an agent, right before line `index`, asked for a number. */
export function answersForNumber(history: RedactionLine[], index: number): boolean {
  for (let at = index - 1; at >= 0; at--) {
    const line = history[at];
    if (!line || line.from === 'customer') return false;
    const asked = read(line.text).text;
    if (NUMBER_ASKED.test(asked) && ASKING.test(asked)) return true;
  }
  return false;
}

/**
 * Looks for a number whose groups came as consecutive messages. A message that answers a question for a
 * number (order, postcode, telephone) belongs to no other.
 */
export function findSplitNumber(
  current: string,
  history: RedactionLine[],
  find: (view: View) => Finding[],
): SplitNumber | undefined {
  const pieces = joinablePieces(current, history);
  for (let from = 0; from < pieces.length - 1; from++) {
    const split = splitOver(pieces.slice(from), find);
    if (split) return split;
  }
  return undefined;
}

function joinablePieces(current: string, history: RedactionLine[]): Piece[] {
  if (!isPiece(current, STARTS_IN_DIGITS) || answersForNumber(history, history.length)) return [];
  const pieces: Piece[] = [{ index: undefined, typed: current }];
  let pauses = 0;
  let index = previousCustomerLine(history);
  for (; index >= 0 && pieces.length < MOST_PIECES; index = previousCustomerLine(history, index)) {
    const typed = history[index]?.text ?? '';
    if (answersForNumber(history, index)) break;
    if (isPause(typed) && ++pauses <= MOST_PAUSES) continue;
    if (!isPiece(typed, ENDS_IN_DIGITS)) break;
    pieces.unshift({ index, typed });
    // "ma carte : 4111": whatever came before, the number starts here.
    if (!isPiece(typed, DIGITS_ONLY)) break;
  }
  return pieces;
}

function isPiece(typed: string, shape: RegExp): boolean {
  return typed.length <= LONGEST_PIECE && shape.test(plainText(read(typed).text));
}

function isPause(typed: string): boolean {
  return typed.length <= LONGEST_PAUSE && /^[^\d\uE000\uE001]+$/.test(read(typed).text);
}

/**
 * The end of a number whose beginning was long enough to be recognised before: a message of nothing but a few digits, right
 * behind a card that was taken out.
 */
export function findRestOfCard(current: string, history: RedactionLine[]): Finding | undefined {
  const { text } = read(current);
  if (!isPiece(current, DIGITS_ONLY) || answersForNumber(history, history.length)) return undefined;
  const taken = CARD_TAKEN.exec(lineBefore(history));
  const digits = text.replace(/\D/g, '');
  if (!taken || digits === '' || digits.length > (taken[1] === 'carte' ? 7 : 3)) return undefined;
  // "2": the second of the choices that were offered since.
  const { choices = 0 } = history.at(-1) ?? {};
  if (Number(digits) >= 1 && Number(digits) <= choices) return undefined;
  return { kind: 'card', start: text.search(/\d/), end: text.search(/\d\D*$/) + 1, mask: '[carte]' };
}

/** The customer's last line that was no pause. */
function lineBefore(history: RedactionLine[]): string {
  let index = previousCustomerLine(history);
  for (let pauses = 0; index >= 0 && pauses < MOST_PAUSES && isPause(history[index]!.text); pauses++) {
    index = previousCustomerLine(history, index);
  }
  return history[index]?.text ?? '';
}

/** Reads the pieces as one text, and shares what is found among them; no digit of a split number stays. */
function splitOver(pieces: Piece[], find: (view: View) => Finding[]): SplitNumber | undefined {
  const parts = pieces.map(({ typed }, i) => partOf(read(typed), i === 0, i === pieces.length - 1));
  const text = parts.map((part) => part.view.text.slice(part.from, part.to)).join(' ');
  const last = parts.at(-1)!;
  const currentStart = text.length - (last.to - last.from);
  const found = find({ ...last.view, text }).find(
    (one) => one.start < currentStart && one.end > currentStart,
  );
  if (!found) return undefined;

  const mask = found.kind === 'card' ? '[carte]' : '[IBAN]';
  const current = { ...found, start: last.from, end: last.from + found.end - currentStart, mask };
  const earlier: SplitNumber['earlier'] = [];
  let begin = 0;
  for (const [position, { view, from, to }] of parts.entries()) {
    const { index, typed } = pieces[position]!;
    const start = from + Math.max(0, found.start - begin);
    const end = from + Math.min(to - from, found.end - begin);
    begin += to - from + 1;
    if (end <= start || index === undefined) continue;
    earlier.push({
      index,
      text: typed.slice(0, view.starts[start]) + mask + typed.slice(view.ends[end - 1]),
    });
  }
  return { earlier, current };
}

/** What of a piece belongs to the number: not « et la suite : » before its digits, nor the stop behind them. */
function partOf(view: View, isFirst: boolean, isLast: boolean): { view: View; from: number; to: number } {
  return {
    view,
    from: isFirst ? 0 : view.text.search(/\d|fr\d/),
    to: isLast ? view.text.length : view.text.search(/\d\D*$/) + 1,
  };
}
