import type { Features } from './features.ts';
import { Model, MOST, rarityFor, softmax, type Vector, vectorOf } from './model.ts';
import { randomFrom, shuffle } from './random.ts';

export interface Document {
  features: Features;
  label: string;
}

export interface TrainOptions {
  /** Features that the model keeps: those that decide most. */
  keep: number;
  /** Passes over the documents: with all features, then with those kept. */
  passes?: readonly [number, number];
  /** AdaGrad's step. */
  step?: number;
  /** L2 penalty of a weight, each time that its feature is met. */
  decay?: number;
  seed?: number;
}

/** AdaGrad's step, and the L2 penalty of a weight each time that its feature is met. */
export const STEP = 0.15;
export const DECAY = 2e-4;
/** Features that stand in at least this share of the documents are kept for their rarity, whatever their weights. */
const COMMON = 0.01;
/** Weights beyond this many standard deviations are cut off. */
const SPREAD = 6;

/**
 * Multinomial logistic regression by stochastic gradient with AdaGrad's steps, in a seeded order: the same documents give
 * the same bytes. Trained twice: with every feature, to learn which decide; then with those alone, whose weights are
 * rounded at the end.
 */
export function trainModel(documents: readonly Document[], options: TrainOptions): Model {
  const { keep, passes = [8, 3], step = STEP, decay = DECAY, seed = 1 } = options;
  const { labels, index, counts, rarities, ...task } = taskOf(documents);
  const width = labels.length;
  const random = randomFrom(seed);
  const { weights, bias } = untrained(index.size, width);
  descend({ ...task, weights, bias, passes: passes[0], step, decay, random });

  const kept = choose(weights, width, counts, documents.length, keep);
  const ids = Int32Array.from([...index].flatMap(([id, at]) => (kept[at] ? id : []))).sort();
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  const smaller = new Float32Array(ids.length * width);
  const smallerRarities = new Uint8Array(ids.length);
  for (const [id, place] of places) {
    const at = index.get(id)!;
    smallerRarities[place] = rarities[at]!;
    smaller.set(weights.subarray(at * width, (at + 1) * width), place * width);
  }
  const smallerVectors = documents.map(({ features }) =>
    vectorOf(features, (id) => places.get(id), smallerRarities),
  );
  descend({
    ...task,
    vectors: smallerVectors,
    weights: smaller,
    bias,
    passes: passes[1],
    step: step / 2,
    decay,
    random,
  });
  return new Model({ labels, bias, ids, rarities: smallerRarities, ...round(smaller, width) });
}

/** Documents as what a linear model is fitted to. */
export interface Task {
  vectors: readonly Vector[];
  /** The place of each document's label. */
  targets: readonly number[];
  /** How much a document of each label counts. */
  shares: Float32Array;
}

export interface Weights {
  /** Of feature i for label l at i * labels + l. */
  weights: Float32Array;
  bias: Float32Array;
}

export function untrained(features: number, labels: number): Weights {
  return { weights: new Float32Array(features * labels), bias: new Float32Array(labels) };
}

/** The documents as vectors over all their features, with what the features are and how rare. */
export function taskOf(
  documents: readonly Document[],
): Task & { labels: string[]; index: Map<number, number>; counts: number[]; rarities: Uint8Array } {
  const labels = [...new Set(documents.map((document) => document.label))].sort();
  const targets = documents.map((document) => labels.indexOf(document.label));
  const { index, counts } = countFeatures(documents);
  const rarities = Uint8Array.from(counts, (count) => rarityFor(count, documents.length));
  const vectors = documents.map(({ features }) => vectorOf(features, (id) => index.get(id), rarities));
  return { labels, index, counts, rarities, vectors, targets, shares: sharesOf(targets, labels.length) };
}

/** A label with many more documents than most would win by number alone: its documents count for less. */
function sharesOf(targets: readonly number[], width: number): Float32Array {
  const counts = new Float64Array(width);
  for (const target of targets) counts[target]! += 1;
  return Float32Array.from(counts, (count) => Math.min(1, Math.sqrt(targets.length / width / count)));
}

function countFeatures(documents: readonly Document[]): { index: Map<number, number>; counts: number[] } {
  const index = new Map<number, number>();
  const counts: number[] = [];
  for (const { features } of documents) {
    for (const id of features.ids) {
      const at = index.get(id);
      if (at === undefined) index.set(id, counts.push(1) - 1);
      else counts[at]! += 1;
    }
  }
  return { index, counts };
}

export interface Descent extends Task, Weights {
  passes: number;
  step: number;
  decay: number;
  random: () => number;
  /** How wrong the scores are for each label, put in their place; by default those of the logistic loss. */
  slopesOf?: (scores: Float64Array, target: number) => void;
}

/** Moves the weights, in place, by AdaGrad's steps: document by document, in an order drawn anew each pass. */
export function descend({ slopesOf = logisticSlopes, ...descent }: Descent): void {
  const { vectors, targets, shares, weights, bias, passes, step, decay, random } = descent;
  const width = bias.length;
  const squares = new Float32Array(weights.length).fill(1e-6);
  const biasSquares = new Float32Array(width).fill(1e-6);
  const order = Int32Array.from(vectors.keys());
  const slopes = new Float64Array(width);
  for (let pass = 0; pass < passes; pass += 1) {
    shuffle(order, random);
    for (const n of order) {
      const { indexes, values } = vectors[n]!;
      slopes.set(bias);
      for (let i = 0; i < indexes.length; i += 1) {
        const value = values[i]!;
        const row = indexes[i]! * width;
        for (let l = 0; l < width; l += 1) slopes[l]! += weights[row + l]! * value;
      }
      slopesOf(slopes, targets[n]!);
      const share = shares[targets[n]!]!;
      for (let i = 0; i < indexes.length; i += 1) {
        const value = values[i]! * share;
        const row = indexes[i]! * width;
        for (let l = 0, at = row; l < width; l += 1, at += 1) {
          const gradient = slopes[l]! * value + decay * weights[at]!;
          squares[at]! += gradient * gradient;
          weights[at]! -= (step * gradient) / Math.sqrt(squares[at]!);
        }
      }
      for (let l = 0; l < width; l += 1) {
        const gradient = slopes[l]! * share;
        biasSquares[l]! += gradient * gradient;
        bias[l]! -= (step * gradient) / Math.sqrt(biasSquares[l]!);
      }
    }
  }
}

/** Of the logistic loss: the probability given to each label, less the truth. */
export function logisticSlopes(scores: Float64Array, target: number): void {
  softmax(scores);
  scores[target]! -= 1;
}

/** The features that move the outcome most over all documents, and the common ones. */
function choose(
  weights: Float32Array,
  width: number,
  counts: readonly number[],
  documents: number,
  keep: number,
): Uint8Array {
  const moves = Float64Array.from(counts, (count, at) => {
    if (count >= COMMON * documents) return Infinity;
    const row = weights.subarray(at * width, (at + 1) * width);
    const mean = meanOf(row);
    return row.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) * count;
  });
  const bar = moves.slice().sort()[Math.max(0, moves.length - keep)]!;
  return Uint8Array.from(moves, (move) => (move >= bar ? 1 : 0));
}

/** Weights as small whole numbers; what a feature says for all labels alike says nothing, and is taken off. */
function round(weights: Float32Array, width: number): { weights: Int8Array; unit: number } {
  const centred = new Float32Array(weights.length);
  let squares = 0;
  for (let row = 0; row < weights.length; row += width) {
    const mean = meanOf(weights.subarray(row, row + width));
    for (let l = row; l < row + width; l += 1) {
      centred[l] = weights[l]! - mean;
      squares += centred[l]! ** 2;
    }
  }
  const unit = (SPREAD / MOST) * Math.sqrt(squares / weights.length) || 1;
  const rounded = Int8Array.from(centred, (weight) =>
    Math.max(-MOST, Math.min(MOST, Math.round(weight / unit))),
  );
  return { weights: rounded, unit };
}

function meanOf(row: Float32Array): number {
  return row.reduce((sum, weight) => sum + weight, 0) / row.length;
}
