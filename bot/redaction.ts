import { findAnnounced } from './redaction/announced.ts';
import { findCardDetails } from './redaction/cardDetails.ts';
import { findCards } from './redaction/cards.ts';
import { findIbans } from './redaction/iban.ts';
import { findLinks } from './redaction/links.ts';
import { findPasswords } from './redaction/passwords.ts';
import {
  answersForNumber,
  findRestOfCard,
  findSplitNumber,
  previousCustomerLine,
} from './redaction/splitNumbers.ts';
import { CARD_MARK, OTHER_MARK, cover, read } from './redaction/view.ts';
import type { Finding, View } from './redaction/view.ts';

export { redactUrl } from './redaction/links.ts';

/** One stored line of the conversation, oldest first, as redaction needs to see it. */
export interface RedactionLine {
  from: 'customer' | 'bot' | 'agent';
  text: string;
  /** How many choices the line offered, so that a bare number may be one of them. */
  choices?: number;
}

export const REMOVED_KINDS = ['card', 'cvv', 'expiry', 'iban', 'password', 'reset_link'] as const;
export type RemovedKind = (typeof REMOVED_KINDS)[number];

export interface Redaction {
  /** What may be stored. */
  text: string;
  /** What was taken out, in order. */
  removed: RemovedKind[];
  /** Lines of `history` that must be rewritten now (a card split over messages): index and new text. */
  earlier: { index: number; text: string }[];
}

/** How many messages back a number may have begun; the bot's count. */
export const HISTORY_LINES = 24;

const BANK_MASK = /\[(?:carte(?: •••• \d{4})?|cryptogramme retiré|expiration retirée)\]/;

/**
 * Takes out of a message what must never be stored: card numbers, cryptograms, expiry dates, IBANs,
 * passwords, reset links. Text around stays as typed; a redacted text redacted again stays the same.
 * @param history the lines before, already redacted: a number may be split over several messages
 */
export function redact(text: string, history: RedactionLine[] = []): Redaction {
  const found: Finding[] = [];
  let view = read(text);
  const take = (findings: Finding[]): void => {
    for (const finding of findings) {
      found.push(finding);
      view = cover(view, finding.start, finding.end, finding.kind === 'card' ? CARD_MARK : OTHER_MARK);
    }
  };

  // What is kept of a link may hold a number.
  take(findLinks(view).map((link) => ({ ...link, mask: withoutNumbers(link.mask) })));
  const split = found.length === 0 ? findSplitNumber(text, history, findNumbers) : undefined;
  if (split) take([split.current]);
  take(findIbans(view));
  take(findCards(view));
  take(findCardDetails(view, split === undefined && followsCard(history)));
  const rest = found.length === 0 ? findRestOfCard(text, history) : undefined;
  if (rest) take([rest]);
  take(findPasswords(view));
  if (found.length === 0) take(findAnnounced(view, history));

  found.sort((a, b) => a.start - b.start);
  return { text: write(view, found), removed: found.map((one) => one.kind), earlier: split?.earlier ?? [] };
}

/** The note for agents: « 2 données bancaires retirées, 1 mot de passe retiré »; undefined for nothing. */
export function describeRemoved(removed: RemovedKind[]): string | undefined {
  const count = (...kinds: RemovedKind[]): number => removed.filter((kind) => kinds.includes(kind)).length;
  const parts = [
    say(count('card', 'cvv', 'expiry', 'iban'), 'donnée bancaire retirée', 'données bancaires retirées'),
    say(count('password'), 'mot de passe retiré', 'mots de passe retirés'),
    say(count('reset_link'), 'lien retiré', 'liens retirés'),
  ];
  return parts.filter((part) => part !== undefined).join(', ') || undefined;
}

function say(count: number, one: string, several: string): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? `1 ${one}` : `${count} ${several}`;
}

function findNumbers(view: View): Finding[] {
  return [...findIbans(view), ...findCards(view)];
}

function withoutNumbers(text: string): string {
  let view = read(text);
  const found = findIbans(view);
  for (const { start, end } of found) view = cover(view, start, end, OTHER_MARK);
  return write(
    view,
    [...found, ...findCards(view)].sort((a, b) => a.start - b.start),
  );
}

/** The customer's last line was a card that was taken out, and nobody has asked for a number since. */
function followsCard(history: RedactionLine[]): boolean {
  const last = history[previousCustomerLine(history)];
  return last !== undefined && BANK_MASK.test(last.text) && !answersForNumber(history, history.length);
}

function write(view: View, found: Finding[]): string {
  let text = '';
  let at = 0;
  for (const { start, end, mask } of found) {
    text += view.typed.slice(at, view.starts[start]) + mask;
    at = view.ends[end - 1] ?? at;
  }
  return text + view.typed.slice(at);
}
