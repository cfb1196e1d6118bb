import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import { Distinct } from './distinct.ts';
import { soundOf } from './sound.ts';

/** Features are known by a hash of this many bits: no names are kept, and what collides is learnt together. */
export const BITS = 22;

/** A text's features: the distinct hashes, group after group, and where each group ends. */
export interface Features {
  ids: Int32Array;
  ends: readonly number[];
}

/**
 * What the classifier sees of a text, in seven groups: words, stems (natural's French stemmer), pairs of neighbouring
 * stems, pairs with a word between, the letters inside words (two to five in a row, which survive slips of the
 * keyboard), sounds, pairs of neighbouring sounds.
 */
export function featuresOf(words: readonly string[]): Features {
  const forms = words.map(formOf);
  for (const { ids } of forms) met.add(ids.word);
  met.endGroup();
  for (const { ids } of forms) met.add(ids.stem);
  met.endGroup();
  for (let i = 1; i < forms.length; i += 1) met.add(hashFrom(forms[i - 1]!.begun.pair, forms[i]!.stem));
  met.endGroup();
  for (let i = 2; i < forms.length; i += 1) met.add(hashFrom(forms[i - 2]!.begun.skip, forms[i]!.stem));
  met.endGroup();
  for (const { ids } of forms) for (let i = 0; i < ids.letters.length; i += 1) met.add(ids.letters[i]!);
  met.endGroup();
  for (const { ids } of forms) met.add(ids.sound);
  met.endGroup();
  for (let i = 1; i < forms.length; i += 1) met.add(hashFrom(forms[i - 1]!.begun.soundPair, forms[i]!.sound));
  met.endGroup();
  return met.take();
}

const met = new Distinct();

interface Form {
  stem: string;
  sound: string;
  ids: { word: number; stem: number; sound: number; letters: Int32Array };
  /** Hashes of pairs that begin with this word, up to the second word. */
  begun: { pair: number; skip: number; soundPair: number };
}

/** The forms of words met before: people use the same words again and again. */
const known = new Map<string, Form>();
const MOST_FORMS = 20_000;

function formOf(word: string): Form {
  let form = known.get(word);
  if (form === undefined) {
    if (known.size >= MOST_FORMS) known.clear();
    const [stem, sound] = [stemmer.stem(word), soundOf(word)];
    const ids = {
      word: hash('w', word),
      stem: hash('s', stem),
      sound: hash('h', sound),
      letters: lettersOf(`<${word}>`),
    };
    const begun = { pair: begin('p', stem), skip: begin('k', stem), soundPair: begin('q', sound) };
    known.set(word, (form = { stem, sound, ids, begun }));
  }
  return form;
}

/** The runs of two to five letters; one pass a start, since a longer run's hash goes on from the shorter one's. */
function lettersOf(word: string): Int32Array {
  const found: number[] = [];
  for (let start = 0; start < word.length - 1; start += 1) {
    let state = step(SEED, 99);
    for (let end = start; end < word.length && end < start + 5; end += 1) {
      state = step(state, word.charCodeAt(end));
      if (end > start) found.push(finish(state));
    }
  }
  return new Int32Array(found);
}

function hash(group: string, name: string): number {
  return hashFrom(step(SEED, group.charCodeAt(0)), name);
}

/** The hash of a pair of names up to the second, which goes on from here. */
function begin(group: string, name: string): number {
  return step(hashOn(step(SEED, group.charCodeAt(0)), name), SPACE);
}

function hashFrom(state: number, name: string): number {
  return finish(hashOn(state, name));
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
