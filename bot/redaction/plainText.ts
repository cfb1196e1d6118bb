import { fold } from './view.ts';

/**
 * Numbers as machines and patient people write them: percent codes of addresses (also of an address within an address),
 * entities of HTML, escapes of JSON and of programs, digits as words. Base64 and the like are not read.
 */

/** Fills the room of a code, so that places in the text stay. No letter, no digit, no blank. */
export const FILLER = '\uE002';

/** A character in UTF-8, of one to four bytes; what one layer leaves the next may read, so fillers may stand between. */
const PERCENT_CODE = new RegExp(
  ['%[0-7]X', '%[cd]X%[89ab]X', '%eX%[89ab]X%[89ab]X', '%f[0-7]%[89ab]X%[89ab]X%[89ab]X']
    .join('|')
    .replaceAll('X', '[0-9a-f]')
    .replaceAll(']%', `]${FILLER}*%`),
  'g',
);
const ENTITIES = new RegExp(`&${FILLER}*#(?:x([0-9a-f]{1,5})|(\\d{1,6}))${FILLER}*;`, 'g');
const ESCAPES = /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|[nrt])/g;

const WORDS = ['zero', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const WORD = `(?<![a-z])(?:${WORDS.join('|')})(?![a-z])`;
/** Fewer are no card number, but "un colis, deux articles". */
const WORDS_IN_A_ROW = new RegExp(`(?:${WORD}[^a-z0-9]{0,4}){12,}`, 'g');
const ONE_WORD = new RegExp(WORD, 'g');

/** An address may carry an address, which may carry another. */
const MOST_LAYERS = 3;

/** The folded text with what is encoded in it made plain, each character where its code ends: lengths do not change. */
export function plainText(text: string): string {
  let plain = text;
  for (let layer = 0; layer < MOST_LAYERS && plain.includes('%'); layer++) {
    plain = plain.replace(PERCENT_CODE, (code) => fill(decodePercent(code), code.length));
  }
  return plain
    .replace(ENTITIES, (code, hex?: string, decimal?: string) =>
      fill(character(hex ? parseInt(hex, 16) : Number(decimal)), code.length),
    )
    .replace(ESCAPES, (code, long?: string, short?: string) => {
      const hex = long ?? short;
      return fill(hex ? character(parseInt(hex, 16)) : ' ', code.length);
    })
    .replace(WORDS_IN_A_ROW, (row) =>
      row.replace(ONE_WORD, (word) => fill(String(WORDS.indexOf(word)), word.length)),
    );
}

/** What a code says, at the end of its room. */
function fill(plain: string, room: number): string {
  return fold(plain).text.slice(-room).padStart(room, FILLER);
}

function decodePercent(code: string): string {
  try {
    return decodeURIComponent(code.replaceAll(FILLER, ''));
  } catch {
    return ''; // no character of Unicode (a lone surrogate, an overlong form): nothing that could be a digit
  }
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
