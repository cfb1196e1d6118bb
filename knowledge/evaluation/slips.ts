import { randomFrom } from '../classifier/random.ts';

/** The keys beside each letter on the AZERTY keyboard. */
const BESIDE: Readonly<Record<string, string>> = {
  a: 'zq',
  z: 'aes',
  e: 'zrd',
  r: 'etf',
  t: 'ryg',
  y: 'tuh',
  u: 'yij',
  i: 'uok',
  o: 'ipl',
  p: 'om',
  q: 'aws',
  s: 'qdz',
  d: 'sfe',
  f: 'dgr',
  g: 'fht',
  h: 'gjy',
  j: 'hku',
  k: 'jli',
  l: 'kmo',
  m: 'lp',
  w: 'qx',
  x: 'wc',
  c: 'xv',
  v: 'cb',
  b: 'vn',
  n: 'bh',
};

/** A maker of keyboard slips: gives a text with about `share` of its words mistyped, the same ones for the same seed. */
export function slipMaker(share: number, seed = 1): (text: string) => string {
  const random = randomFrom(seed);
  return (text) =>
    text
      .split(' ')
      .map((word) => (word.length > 2 && random() < share ? slip(word, random) : word))
      .join(' ');
}

/** Two letters exchanged, one lost, one hit beside, or one doubled. */
function slip(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length - 1));
  const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
  const kind = Math.floor(random() * 4);
  if (kind === 0) return before + after[0]! + letter + after.slice(1);
  if (kind === 1) return before + after;
  const keys = BESIDE[letter.toLowerCase()];
  if (kind === 2 && keys) return before + keys[Math.floor(random() * keys.length)]! + after;
  return before + letter + letter + after;
}
