import { passesLuhn } from './cardBrands.ts';
import { OTHER_MARK } from './view.ts';

/* Numbers of the shop's world that look like a card's: orders, telephones, SIRET, bar codes. */

/** Numbers of the shop's world whose shape alone tells them: they neither are nor join a card number. */
const SHOP_SHAPES = new RegExp(
  [
    // French telephones, in all groupings, unless they go on another number; other countries' with their code.
    String.raw`(?=[+0])(?<!\d[^a-z\d]{0,6})(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?[1-9]|0[1-9])(?:[\s.-]?\d{2}){4}(?!\d)`,
    String.raw`(?=[+0])(?<!\d[^a-z\d]{0,6}|[^\s(:](?=\+))(?:\+|00)[1-9]\d(?:[\s.-]?\d){6,12}(?![\s.-]?\d)`,
    // Dates and times.
    String.raw`(?<!\d)(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d{2}(?!\d)`,
    String.raw`(?<!\d)(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)`,
    String.raw`(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])`,
    // Sums of money and measures: two decimals, and no further group behind a point or comma.
    String.raw`(?<!\d[.,]?)\d{1,5}[.,]\d{2}(?![.,]?\d)`,
    // Marketplace orders, 3-7-7.
    String.raw`(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)`,
  ].join('|'),
  'g',
);

/** The folded text with those numbers covered that are told by their shape. */
export function hideShopNumbers(text: string): string {
  return text.replace(SHOP_SHAPES, (shape) => OTHER_MARK.repeat(shape.length));
}

/** Whether a number that could be a card's is as likely a bar code's or a company's. `sizes`: of its groups, as typed. */
export function isShopNumber(digits: string, sizes: number[]): boolean {
  return isEan13(digits, sizes) || isSiret(digits, sizes);
}

/** An EAN-13 as under a bar code: whole, or 1-6-6. */
function isEan13(digits: string, sizes: number[]): boolean {
  return passesEan13(digits) && ['13', '1,6,6'].includes(sizes.join());
}

/** A SIRET is a SIREN of nine digits, which passes Luhn itself, and an establishment number, often 000xx. */
function isSiret(digits: string, sizes: number[]): boolean {
  if (digits.length !== 14 || !passesLuhn(digits.slice(0, 9))) return false;
  return sizes.join() === '3,3,3,5' || sizes.join() === '9,5' || digits.startsWith('00', 9);
}

/** The check digit of an EAN-13 (GS1): weights 1 and 3 from the left. */
function passesEan13(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return digits.length === 13 && sum % 10 === 0;
}
