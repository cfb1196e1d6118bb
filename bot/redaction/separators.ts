import { FILLER } from './plainText.ts';

/** Words that join the parts of one number; « 4111 puis 1111 », « la suite : 1111 ». */
export const JOINING_WORD =
  '(?<![a-z])(?:puis|et|ensuite|enfin|apres|alors|voici|voila|la suite|suite|la fin|fin|le reste|les derniers(?: chiffres)?|tiret|trait|espace|point|virgule|slash|barre|then|and|next|dash|space|dot)(?![a-z])';

/** Signs, blanks and markup: whatever is no letter, no digit, no sum of money, and was not taken out. */
export const JOINING_SIGN = String.raw`<[^<>]{1,60}>|&[a-z]{2,8};|[^\p{L}\p{N}€$£\uE000\uE001]`;

const SEPARATOR = new RegExp(`^(?:${JOINING_WORD}|${JOINING_SIGN}){0,10}$`, 'u');
const LONGEST_SEPARATOR = 120;

/** Whether what stands between two groups of digits joins them to one number. */
export function joins(gap: string): boolean {
  return gap.length <= LONGEST_SEPARATOR && SEPARATOR.test(gap.replaceAll(FILLER, '').replace(/\s+/g, ' '));
}
