import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import { Distinct } from './distinct.ts';
import { soundOf } from './sound.ts';

/** Features are known by a hash of this many bits: no names are kept, and what collides is learnt together. */
export const BITS = 22;

/** A text's features: for each group the distinct hashes. */
export type Features = readonly Int32Array[];

/**
 * What the classifier sees of a text, in seven groups: words, stems (natural's French stemmer), pairs of neighbouring
 * stems, pairs with a word between, the letters inside words (two to five in a row, which survive slips of the
 * keyboard), sounds, pairs of neighbouring sounds.
 */
export function featuresOf(words: readonly string[]): Features {
  let [before, beforeThat]: (Form | undefined)[] = [];
  for (const word of words) {
    const form = formOf(word);
    groups.words.add(form.ids.word);
    groups.stems.add(form.ids.stem);
    groups.sounds.add(form.ids.sound);
    if (before) {
      groups.pairs.add(hash('p', before.stem, form.stem));
      groups.soundPairs.add(hash('q', before.sound, form.sound));
    }
    if (beforeThat) groups.skips.add(hash('k', beforeThat.stem, form.stem));
    for (const id of form.ids.letters) groups.letters.add(id);
    [before, beforeThat] = [form, before];
  }
  return Object.values(groups).map((group) => group.take());
}

const groups = {
  words: new Distinct(),
  stems: new Distinct(),
  pairs: new Distinct(),
  skips: new Distinct(),
  letters: new Distinct(),
  sounds: new Distinct(),
  soundPairs: new Distinct(),
};

interface Form {
  stem: string;
  sound: string;
  ids: { word: number; stem: number; sound: number; letters: Int32Array };
}

/** The forms of words met before: people use the same words again and again. */
const forms = new Map<string, Form>();
const MOST_FORMS = 20_000;

function formOf(word: string): Form {
  let form = forms.get(word);
  if (form === undefined) {
    if (forms.size >= MOST_FORMS) forms.clear();
    const [stem, sound] = [stemmer.stem(word), soundOf(word)];
    const ids = {
      word: hash('w', word),
      stem: hash('s', stem),
      sound: hash('h', sound),
      letters: lettersOf(`<${word}>`),
    };
    forms.set(word, (form = { stem, sound, ids }));
  }
  return form;
}

/** The runs of two to five letters; one pass a start, since a longer run's hash goes on from the shorter one's. */
function lettersOf(word: string): Int32Array {
  const found = new Set<number>();
  for (let start = 0; start < word.length - 1; start += 1) {
    let state = step(SEED, 99);
    for (let end = start; end < word.length && end < start + 5; end += 1) {
      state = step(state, word.charCodeAt(end));
      if (end > start) found.add(finish(state));
    }
  }
  return Int32Array.from(found);
}

function hash(group: string, name: string, next?: string): number {
  let state = hashOn(step(SEED, group.charCodeAt(0)), name);
  if (next !== undefined) state = hashOn(step(state, SPACE), next);
  return finish(state);
}

function hashOn(state: number, name: string): number {
  for (let i = 0; i < name.length; i += 1) state = step(state, name.charCodeAt(i));
  return state;
}

/* FNV-1a, with a last mixing so that every bit of the name reaches the bits that are kept. */
const SEED = 2166136261;
const SPACE = 32;

function step(state: number, code: number): number {
  return Math.imul(state ^ code, 16777619);
}

function finish(state: number): number {
  const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) & ((1 << BITS) - 1);
}
