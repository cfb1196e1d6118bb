/** Lower case, no accents, plain apostrophes and spaces: what people mean, however they type it. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`´ʼ]/g, "'")
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}
