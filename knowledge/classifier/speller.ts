import { areNear } from '../nearWords.ts';

/** Shorter words have too many neighbours. */
const SHORTEST = 4;
/** From this length on two slips are forgiven. */
const LONG = 8;

/**
 * Brings a word that training never saw back to the nearest one that it did see: one slip (a letter too many, too few,
 * wrong, or two exchanged), two in words beyond seven letters. Known words are never touched.
 */
export class Speller {
  /** The words that training saw often enough, the most frequent first. */
  readonly vocabulary: readonly string[];
  private readonly ranks: Map<string, number>;
  /** Made at the first word that is not known, so that the start does not wait for it. */
  private neighbours: Neighbours | undefined;
  private readonly known = new Map<string, string>();

  constructor(vocabulary: readonly string[]) {
    this.vocabulary = vocabulary;
    this.ranks = new Map(vocabulary.map((word, rank) => [word, rank]));
  }

  /** The word itself, or the one it was probably meant to be. */
  correct(word: string): string {
    if (word.length < SHORTEST || this.ranks.has(word)) return word;
    let meant = this.known.get(word);
    if (meant === undefined) {
      const { shortened, ends } = (this.neighbours ??= neighboursIn(this.vocabulary));
      const near = (index: Map<string, string[]>, keys: readonly string[], most: number) =>
        this.nearest(
          word,
          most,
          keys.flatMap((key) => index.get(key) ?? []),
        );
      meant = near(shortened, shortenedForms(word), 1);
      if (word.length >= LONG) meant ??= near(ends, endsOf(word), 2);
      meant ??= word;
      // A bound, so that nobody fills the memory with invented words.
      if (this.known.size >= 10_000) this.known.clear();
      this.known.set(word, meant);
    }
    return meant;
  }

  private nearest(word: string, most: number, candidates: readonly string[]): string | undefined {
    return candidates
      .filter((candidate) => areNear(word, candidate, most))
      .sort((a, b) => this.ranks.get(a)! - this.ranks.get(b)!)[0];
  }
}

interface Neighbours {
  /** Words by themselves less one letter: two words one slip apart share such a form. */
  shortened: Map<string, string[]>;
  /** Long words by their first and by their last three letters: two slips seldom touch both ends. */
  ends: Map<string, string[]>;
}

function neighboursIn(vocabulary: readonly string[]): Neighbours {
  const neighbours: Neighbours = { shortened: new Map(), ends: new Map() };
  for (const word of vocabulary) {
    if (word.length < SHORTEST) continue;
    for (const form of shortenedForms(word)) add(neighbours.shortened, form, word);
    if (word.length >= LONG) for (const end of endsOf(word)) add(neighbours.ends, end, word);
  }
  return neighbours;
}

function shortenedForms(word: string): string[] {
  return [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))];
}

function endsOf(word: string): string[] {
  return [`${word.slice(0, 3)}…`, `…${word.slice(-3)}`];
}

function add(index: Map<string, string[]>, key: string, word: string): void {
  const words = index.get(key);
  if (words) words.push(word);
  else index.set(key, [word]);
}

/** The speller of these texts: knows the words that stand in at least `often` of them. */
export function spellerOf(texts: readonly (readonly string[])[], often = 3): Speller {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vocabulary = [...counts]
    .filter(([, count]) => count >= often)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word);
  return new Speller(vocabulary);
}
