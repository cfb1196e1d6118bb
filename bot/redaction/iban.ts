import type { Finding, View } from './view.ts';

/**
 * By country, what follows the two check digits, in the notation of the SWIFT IBAN registry: n digits,
 * a letters, c either.
 */
const REGISTRY =
  'ad8n12c ae19n at16n be12n bg4a6n8c ch5n12c ci2c22n cy8n16c cz20n de18n dk14n dz22n ee16n es20n fi14n ' +
  'fo14n fr10n11c2n gb4a14n gi4a15c gl14n gr7n16c hr17n hu24n ie4a14n is22n it1a10n12c li5n12c lt16n ' +
  'lu3n13c lv4a13c ma24n mc10n11c2n mt4a5n18c mu4a19n3a nl4a10n no11n pl24n pt21n ro4a16c rs18n sa2n18c ' +
  'se20n si15n sk20n sm1a10n12c sn2c22n tn20n tr6n16c ua6n19c va18n';

const CLASSES: Record<string, string> = { n: String.raw`\d`, a: '[a-z]', c: '[a-z0-9]' };
const COUNTRIES = new Map(REGISTRY.split(' ').map((entry) => [entry.slice(0, 2), structure(entry.slice(2))]));

const START = /(?:(?<![a-z0-9])|(?<=iban))[a-z]{2}[ .-]?\d[ .-]?\d/g;
const BREAK = /[\s.\-–_*/|]/;
const LONGEST_BREAK = 3;
const CUE_REACH = 40;
const CUE = /(?<![a-z])(?:iban|rib|compte bancaire|bank account)(?![a-z])[^.!?]*$/;
/** A French account number (bank, branch, account, key), typed without its country. */
const FRENCH_ACCOUNT =
  /(?<![a-z])(?:iban|rib|compte bancaire)(?![a-z])[^\d.!?]{0,30}(?<value>(?<!\d)(?:fr)?\d(?:[\s.-]{0,2}\d){9}(?:[\s.-]{0,2}[0-9a-z]){8,15}[\s.-]{0,2}\d{2})(?![\s.-]?\d)/dg;

/**
 * Finds IBANs: the country's structure and ISO 7064 modulo 97. Beside "IBAN" or "RIB" the structure alone
 * is enough: a mistyped account number is still somebody's.
 */
export function findIbans(view: View): Finding[] {
  const { text } = view;
  const found: Finding[] = [];
  for (const match of text.matchAll(START)) {
    const start = match.index;
    const shape = COUNTRIES.get(match[0].slice(0, 2));
    const read = shape && readCharacters(text, start, shape.length);
    if (!shape || !read || !shape.pattern.test(read.characters)) continue;
    const cue = CUE.test(text.slice(Math.max(0, start - CUE_REACH), start));
    if (cue || passesMod97(read.characters)) found.push(ibanFinding(start, read.end, read.characters));
  }
  for (const match of text.matchAll(FRENCH_ACCOUNT)) {
    const [start, end] = match.indices?.groups?.value ?? [0, 0];
    if (found.some((one) => one.start < end && start < one.end)) continue;
    found.push(ibanFinding(start, end, text.slice(start, end).replace(/[^a-z0-9]/g, '')));
  }
  return found;
}

function ibanFinding(start: number, end: number, characters: string): Finding {
  return { kind: 'iban', start, end, mask: `[IBAN •••• ${characters.slice(-4).toUpperCase()}]` };
}

/** Reads `length` letters and digits, over short breaks; undefined when the text stops before. */
function readCharacters(
  text: string,
  start: number,
  length: number,
): { characters: string; end: number } | undefined {
  let characters = '';
  let broken = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (/[a-z0-9]/.test(character)) {
      characters += character;
      broken = 0;
      if (characters.length === length) return { characters, end: at + 1 };
    } else if (!BREAK.test(character) || ++broken > LONGEST_BREAK) return undefined;
  }
  return undefined;
}

function structure(notation: string): { length: number; pattern: RegExp } {
  const parts = [...notation.matchAll(/(\d+)([nac])/g)];
  const length = parts.reduce((sum, part) => sum + Number(part[1]), 4);
  const body = parts.map((part) => `${CLASSES[part[2] ?? 'c']}{${part[1]}}`).join('');
  return { length, pattern: new RegExp(`^[a-z]{2}\\d{2}${body}$`) };
}

function passesMod97(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
