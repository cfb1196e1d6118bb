import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import { soundOf } from './sound.ts';

/** Features are known by a hash of this many bits: no names are kept, and what collides is learnt together. */
export const BITS = 22;

/** How many groups of features a text has. */
export const GROUPS = 7;

/** A text's features: for each group the distinct hashes. */
export type Features = readonly Int32Array[];

/**
 * What the classifier sees of a text, in seven groups: words, stems (natural's French stemmer), pairs of neighbouring
 * stems, pairs with a word between, the letters inside words (two to five in a row, which survive slips of the
 * keyboard), sounds, pairs of neighbouring sounds.
 */
export function featuresOf(words: readonly string[]): Features {
  const groups = Array.from({ length: GROUPS }, () => new Set<number>());
  const [byWord, byStem, byPair, bySkip, byLetters, bySound, bySoundPair] = groups as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  const stems = words.map((word) => formOf(word).stem);
  const sounds = words.map((word) => formOf(word).sound);
  for (const [i, word] of words.entries()) {
    byWord.add(hash('w', word));
    byStem.add(hash('s', stems[i]!));
    bySound.add(hash('h', sounds[i]!));
    if (i > 0) {
      byPair.add(hash('p', `${stems[i - 1]} ${stems[i]}`));
      bySoundPair.add(hash('q', `${sounds[i - 1]} ${sounds[i]}`));
    }
    if (i > 1) bySkip.add(hash('k', `${stems[i - 2]} ${stems[i]}`));
    addLetters(byLetters, `<${word}>`);
  }
  return groups.map((group) => Int32Array.from(group));
}

interface Form {
  stem: string;
  sound: string;
}

/** The forms of words met before: people use the same words again and again. */
const forms = new Map<string, Form>();
const MOST_FORMS = 50_000;

function formOf(word: string): Form {
  let form = forms.get(word);
  if (form === undefined) {
    if (forms.size >= MOST_FORMS) forms.clear();
    forms.set(word, (form = { stem: stemmer.stem(word), sound: soundOf(word) }));
  }
  return form;
}

/** The runs of two to five letters; one pass a start, since a longer run's hash goes on from the shorter one's. */
function addLetters(found: Set<number>, word: string): void {
  for (let start = 0; start < word.length - 1; start += 1) {
    let state = step(SEED, 99);
    for (let end = start; end < word.length && end < start + 5; end += 1) {
      state = step(state, word.charCodeAt(end));
      if (end > start) found.add(finish(state));
    }
  }
}

function hash(group: string, name: string): number {
  let state = step(SEED, group.charCodeAt(0));
  for (let i = 0; i < name.length; i += 1) state = step(state, name.charCodeAt(i));
  return finish(state);
}

/* FNV-1a, with a last mixing so that every bit of the name reaches the bits that are kept. */
const SEED = 2166136261;

function step(state: number, code: number): number {
  return Math.imul(state ^ code, 16777619);
}

function finish(state: number): number {
  const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) & ((1 << BITS) - 1);
}
