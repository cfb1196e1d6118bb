/**
 * A message as typed, and folded for reading: lower case, no accents, plain spaces and apostrophes.
 * Offsets are the same in both, so that a finding can be shown as it was typed.
 */
export interface Message {
  typed: string;
  folded: string;
}

/** A value read in a message, and where it stands in it. */
export interface Finding {
  value: string;
  index: number;
  length: number;
}

export function toMessage(typed: string): Message {
  return { typed, folded: typed.replace(/[^\x00-\x7f]/g, foldCharacter).toLowerCase() };
}

const SPACES = /\s/;
const APOSTROPHES = /[’‘ʼ′´]/;
const DASHES = /[‐‑‒–—−]/;

function foldCharacter(character: string): string {
  if (SPACES.test(character)) return ' ';
  if (APOSTROPHES.test(character)) return "'";
  if (DASHES.test(character)) return '-';
  return character.normalize('NFD').charAt(0);
}

/** Every match of a global pattern that `read` gives a value. */
export function findAll(
  pattern: RegExp,
  text: string,
  read: (match: RegExpExecArray) => string | undefined,
): Finding[] {
  const findings: Finding[] = [];
  // String.matchAll copies the pattern for every text, which takes longer than most searches.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex += 1;
    const value = read(match);
    if (value !== undefined) findings.push({ value, index: match.index, length: match[0].length });
  }
  return findings;
}
