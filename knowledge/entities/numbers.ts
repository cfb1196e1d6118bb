const UNITS =
  'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' ');
const TENS = 'vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt'.split(' ');

/** 0 to 99 as French spells it, without accents: 71 is "soixante-et-onze". */
function spell(number: number): string {
  if (number < 17) return UNITS[number] ?? '';
  if (number < 20) return `dix-${UNITS[number - 10]}`;
  const ten = Math.floor(number / 10);
  const rest = ten === 7 || ten === 9 ? (number % 10) + 10 : number % 10;
  const tens = TENS[ten - 2] ?? '';
  if (rest === 0) return tens;
  return `${tens}${(rest === 1 || rest === 11) && ten < 8 ? '-et' : ''}-${spell(rest)}`;
}

const NUMBERS = new Map(Array.from({ length: 100 }, (_, number) => [spell(number), number]));
NUMBERS.set('quatre-vingts', 80).set('cent', 100);

/** A regular expression source: the numbers from `least` to `most` (0 to 100) in folded French words. */
export function numberWords(least: number, most: number): string {
  const words = [...NUMBERS].filter(([, number]) => number >= least && number <= most).map(([word]) => word);
  // The longest first, or "dix" would be read in "dix-huit".
  return words
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('-', '[ -]').replace(/\bun$/, 'une?'))
    .join('|');
}

/** Reads "12", "douze", "1er" or "premier"; NaN for anything else. */
export function toNumber(text: string): number {
  if (/^1 ?er$/.test(text) || text === 'premier') return 1;
  return NUMBERS.get(text.replaceAll(' ', '-').replace(/\bune$/, 'un')) ?? Number(text);
}
