/** Lower case, no accents, plain apostrophes and spaces: what people mean, however they type it. */
export function foldText(text: string): string {
  return (
    text
      // Letters of ASCII neither change nor join with others, so the rest can be folded run by run.
      .replace(/[^\x00-\x7f]+/g, (run) => USUAL.get(run) ?? foldRun(run))
      .replace(/`/g, "'")
      .replace(/\s{2,}|[^\S ]/g, ' ')
      .trim()
      .toLowerCase()
  );
}

function foldRun(run: string): string {
  return run
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘ʼ]/g, "'")
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae');
}

/** What stands in most French sentences, folded beforehand. */
const USUAL = new Map([...'àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ’'].map((letter) => [letter, foldRun(letter)]));
