import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import { foldText } from '../folding.ts';

/** Buckets that features are hashed into. */
export const BUCKETS = 1 << 17;
/** What a customer wants is said in the first hundred words or so; a longer text costs no more. */
const LONGEST = 600;
const LONGEST_WORD = 24;

/** A sparse vector: bucket numbers and one weight for all of them (the vector has unit length). */
export interface Features {
  buckets: Int32Array;
  weight: number;
}

/**
 * What the classifier sees of a text: folded words, stems (natural's French stemmer), pairs of neighbouring stems, and
 * the letters inside words, which survive slips of the keyboard. Negation and stop words are kept: they decide.
 */
export function featuresOf(text: string): Features {
  const words = maskOf(text.slice(0, LONGEST))
    .split(' ')
    .map((word) => word.slice(0, LONGEST_WORD));
  const stems = words.map((word) => stemmer.stem(word));
  const names = new Set<string>();
  for (const [i, word] of words.entries()) {
    names.add(`w ${word}`).add(`s ${stems[i]}`);
    if (i > 0) names.add(`p ${stems[i - 1]} ${stems[i]}`);
    const bounded = `<${word}>`;
    for (let size = 3; size <= 5; size += 1) {
      for (let at = 0; at + size <= bounded.length; at += 1) names.add(`c ${bounded.slice(at, at + size)}`);
    }
  }
  const buckets = Int32Array.from(new Set([...names].map(bucketOf)));
  return { buckets, weight: 1 / Math.sqrt(buckets.length) };
}

/** Folded, with addresses and numbers masked: which order it is says nothing of what is wrong with it. */
function maskOf(text: string): string {
  return foldText(text)
    .replace(/\S+@\S+/g, ' emailmask ')
    .replace(/(?:https?:\/\/|www\.)\S+/g, ' urlmask ')
    .replace(/\b[a-z]{0,3}-?\d{4,}\w*/g, ' numbermask ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** FNV-1a. */
function bucketOf(name: string): number {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return (hash >>> 0) % BUCKETS;
}
