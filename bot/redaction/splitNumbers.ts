import type { RedactionLine } from '../redaction.ts';
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

/** Digits, perhaps the start of an IBAN, and separators; a few small words. */
const DIGITS_ONLY = /^(?:[^a-z]|(?<![a-z])(?:puis|et|ensuite|enfin|suite|la suite|fr)(?![a-z]))*$/;
const ENDS_IN_DIGITS = /\d[^a-z\d]{0,6}$/;
const STARTS_IN_DIGITS = /^(?:[^a-z\d]|(?:puis|et|ensuite|enfin|la suite|suite|fin|la fin)(?![a-z])){0,8}\d/;
const ANNOUNCES_NUMBER =
  /(?<![a-z])(?:cartes?|cb|visa|mastercard|amex|maestro|bancaire|bleue|iban|rib|[a-z]{2}\d{2})(?![a-z])/;

const NUMBER_ASKED =
  /(?<![a-z])(?:numeros?|n°|code|commande|telephone|tel|portable|suivi|colis|reference|montant|combien|prix|date|heure|jour|quand|annee|siret|facture)(?![a-z])/;
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
    const text = read(typed).text;
    const isDigitsOnly = DIGITS_ONLY.test(text);
    if (!isDigitsOnly && !ANNOUNCES_NUMBER.test(text)) break;
    pieces.unshift({ index, typed });
    // "ma carte : 4111": whatever came before, the number starts here.
    if (!isDigitsOnly) break;
  }
  return pieces;
}

function isPiece(typed: string, shape: RegExp): boolean {
  return typed.length <= LONGEST_PIECE && shape.test(read(typed).text);
}

function isPause(typed: string): boolean {
  return typed.length <= LONGEST_PAUSE && /^[^\d\uE000\uE001]+$/.test(read(typed).text);
}

/** Reads the pieces as one text, and shares what is found among them; no digit of a split number stays. */
function splitOver(pieces: Piece[], find: (view: View) => Finding[]): SplitNumber | undefined {
  const views = pieces.map((piece) => read(`${piece.typed}\n`));
  const joined = read(pieces.map((piece) => `${piece.typed}\n`).join(''));
  const currentStart = joined.text.length - (views.at(-1)?.text.length ?? 0);
  const found = find(joined).find((one) => one.start < currentStart && one.end > currentStart);
  if (!found) return undefined;

  const mask = found.kind === 'card' ? '[carte]' : '[IBAN]';
  const split: SplitNumber = {
    earlier: [],
    current: { ...found, start: 0, end: found.end - currentStart, mask },
  };
  let begin = 0;
  for (const [position, view] of views.entries()) {
    const start = Math.max(0, found.start - begin);
    const end = Math.min(view.text.length - 1, found.end - begin);
    const { index, typed } = pieces[position] ?? { index: undefined, typed: '' };
    begin += view.text.length;
    if (end <= start) continue;
    if (index === undefined) split.current.start = view.text.slice(0, end).search(/\d/);
    else
      split.earlier.push({
        index,
        text: typed.slice(0, view.starts[start]) + mask + typed.slice(view.ends[end - 1]),
      });
  }
  return split;
}
