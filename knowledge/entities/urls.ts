import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';

const REST = '[^\\s<>"«»“”]{0,2000}';
const DOMAIN = '[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9][a-z0-9-]{0,62}){0,4}';
// "bonjour.ca marche pas" lacks a space; these endings are no French words and may stand without a path.
const PLAIN_ENDING = '(?:fr|com|net|org|shop|store|boutique|io|info|biz|uk|paris|bzh|app|dev)';
const ENDING = `(?:${PLAIN_ENDING}|be|ch|eu|lu|ca|de|es|it|co|me|nl|pt|mc|re)`;

const PATTERNS = [
  new RegExp(`\\b(?:https?|ftp)://[^\\s<>"«»“”]${REST}`, 'g'),
  new RegExp(`(?<![\\w@./-])www\\.[a-z0-9]${REST}`, 'g'),
  new RegExp(
    `(?<![\\w@./-]|@ )(?:localhost|${DOMAIN}\\.(?:${PLAIN_ENDING}(?![\\w@.-]*[\\w@-])|${ENDING}(?=(?::\\d{2,5})?[/?#])))(?::\\d{2,5})?(?:[/?#]${REST})?`,
    'g',
  ),
];

/** Stands in every one of them; a cheap look spares most messages the long patterns. */
const LIKE_URL = /:\/\/|\.[a-z0-9]|localhost/;

/** Page addresses in a message as typed, with or without https://, without the sentence's punctuation. */
export function findUrls({ folded, typed }: Message): Finding[] {
  if (!LIKE_URL.test(folded)) return [];
  return PATTERNS.flatMap((pattern) =>
    findAll(pattern, folded, (match) => typed.slice(match.index, match.index + match[0].length)).map(trimEnd),
  );
}

/** The page address, as typed, of the answer to "sur quelle page ?". */
export function readUrl(text: string): string | undefined {
  return findUrls(toMessage(text)).sort((a, b) => a.index - b.index)[0]?.value;
}

function trimEnd(finding: Finding): Finding {
  let value = finding.value;
  while (/[.,;:!?…'’)\]}*_]$/.test(value)) {
    // A closing bracket belongs to the address when it opened there.
    if (value.endsWith(')') && value.includes('(')) break;
    value = value.slice(0, -1);
  }
  return { ...finding, value, length: value.length };
}
