/** Issuer ranges (ISO/IEC 7812) and the lengths their numbers have; no two overlap. */
const BRANDS: { name: string; prefix: RegExp; lengths: number[] }[] = [
  { name: 'Visa', prefix: /^4/, lengths: [16, 19, 18, 13] },
  { name: 'Mastercard', prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  {
    name: 'Maestro',
    prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/,
    lengths: [16, 19, 18, 17, 15, 14, 13, 12],
  },
  { name: 'Mir', prefix: /^220[0-4]/, lengths: [16, 19, 18, 17] },
  { name: 'American Express', prefix: /^3[47]/, lengths: [15] },
  { name: 'Diners Club', prefix: /^3(?:0[0-5]|095|[689])/, lengths: [14, 16] },
  { name: 'JCB', prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 19, 18, 17] },
  { name: 'Discover', prefix: /^6(?:011|4[4-9]|5)/, lengths: [16, 19, 18, 17] },
  { name: 'UnionPay', prefix: /^62/, lengths: [16, 19, 18, 17] },
];

/** The shortest and the longest card number, in digits. */
export const SHORTEST_CARD = 12;
export const LONGEST_CARD = 19;

/** The lengths a card number beginning with these digits can have, likeliest first; none: no brand. */
export function cardLengths(digits: string): number[] {
  return BRANDS.find((brand) => brand.prefix.test(digits))?.lengths ?? [];
}

/** The check of ISO/IEC 7812-1 annex B: true for nine in ten typing errors refused. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
