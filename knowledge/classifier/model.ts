import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { deserialize, serialize } from 'node:v8';
import { BITS, type Features } from './features.ts';

/** Rarity of a feature, in eight steps: 0 stands in most texts, 7 in hardly any. */
export const RAREST = 7;
/** Weights are kept as whole numbers from -5 to 5, two in a byte. */
export const MOST = 5;
/** Each group of features has this length, so that the logits of a short and of a long text compare. */
const GROUP_LENGTH = 0.5;

export interface Vector {
  indexes: Int32Array;
  values: Float32Array;
}

/**
 * A text as a vector over the features that a model knows. A feature counts by its rarity, and each group of features
 * has the same length; a feature that the model does not know is rare, and takes its share of that length.
 */
export function vectorOf(
  features: Features,
  indexOf: (id: number) => number | undefined,
  rarities: ArrayLike<number>,
): Vector {
  const { indexes, values } = weigh(features, indexOf, rarities);
  return { indexes: indexes.slice(), values: values.slice() };
}

/** The same, in arrays that the next text is written over: what is used at once need not be kept. */
function weigh(
  { ids, ends }: Features,
  indexOf: (id: number) => number | undefined,
  rarities: ArrayLike<number>,
): Vector {
  const { indexes, values } = draft;
  let size = 0;
  let at = 0;
  for (const end of ends) {
    const start = size;
    let squares = 0;
    for (; at < end; at += 1) {
      const index = indexOf(ids[at]!);
      const weight = weightOf(index === undefined ? RAREST : rarities[index]!);
      squares += weight * weight;
      if (index === undefined) continue;
      indexes[size] = index;
      values[size++] = weight;
    }
    const scale = GROUP_LENGTH / Math.sqrt(squares || 1);
    for (let i = start; i < size; i += 1) values[i]! *= scale;
  }
  return { indexes: indexes.subarray(0, size), values: values.subarray(0, size) };
}

const MOST_FEATURES = 1 << 15;
const draft: Vector = { indexes: new Int32Array(MOST_FEATURES), values: new Float32Array(MOST_FEATURES) };

/** What a feature of this rarity counts: the inverse document frequency, in steps. */
function weightOf(rarity: number): number {
  return 1 + 1.25 * rarity;
}

/** The rarity of a feature that stands in `count` of `all` texts. */
export function rarityFor(count: number, all: number): number {
  return Math.min(RAREST, Math.round(Math.log((1 + all) / (1 + count)) / 1.25));
}

export interface ModelParts {
  labels: readonly string[];
  bias: Float32Array;
  /** Hashes of the features, ascending. */
  ids: Int32Array;
  rarities: Uint8Array;
  /** From -MOST to MOST; of feature i for label l at i * labels + l. */
  weights: Int8Array;
  /** What a weight of 1 is worth. */
  unit: number;
}

/** A trained linear model: labels, and for each feature what it says for each label. */
export class Model {
  readonly parts: ModelParts;
  private readonly runs: Int32Array;

  constructor(parts: ModelParts) {
    this.parts = parts;
    this.runs = runsIn(parts.ids);
  }

  /** How much the features speak for each label, in the labels' order; probabilities are their softmax. */
  logits(features: Features): Float64Array {
    const { labels, bias, rarities, weights, unit } = this.parts;
    const sums = new Float64Array(bias);
    const { indexes, values } = weigh(features, (id) => this.indexOf(id), rarities);
    const width = labels.length;
    let i = 0;
    // Four features at a time: a sum is read and written once for the four.
    for (; i + 3 < indexes.length; i += 4) {
      const a = values[i]! * unit;
      const b = values[i + 1]! * unit;
      const c = values[i + 2]! * unit;
      const d = values[i + 3]! * unit;
      const rowA = indexes[i]! * width;
      const rowB = indexes[i + 1]! * width;
      const rowC = indexes[i + 2]! * width;
      const rowD = indexes[i + 3]! * width;
      for (let l = 0; l < width; l += 1)
        sums[l] =
          sums[l]! +
          weights[rowA + l]! * a +
          weights[rowB + l]! * b +
          weights[rowC + l]! * c +
          weights[rowD + l]! * d;
    }
    for (; i < indexes.length; i += 1) {
      const value = values[i]! * unit;
      const row = indexes[i]! * width;
      for (let l = 0; l < width; l += 1) sums[l]! += weights[row + l]! * value;
    }
    return sums;
  }

  private indexOf(id: number): number | undefined {
    const { ids } = this.parts;
    const run = id >> RUN;
    const end = this.runs[run + 1]!;
    for (let at = this.runs[run]!; at < end; at += 1) if (ids[at] === id) return at;
    return undefined;
  }
}

/** Hashes that share all but their last five bits stand together, one or two of them: where each such run begins. */
const RUN = 5;

function runsIn(ids: Int32Array): Int32Array {
  const runs = new Int32Array((1 << (BITS - RUN)) + 1);
  for (const id of ids) runs[(id >> RUN) + 1]! += 1;
  for (let run = 1; run < runs.length; run += 1) runs[run]! += runs[run - 1]!;
  return runs;
}

/** Probabilities from logits, in place. */
export function softmax(values: Float64Array, temperature = 1): Float64Array {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] = Math.exp((values[i]! - most) / temperature);
  for (let i = 0; i < values.length; i += 1) values[i]! /= sum;
  return values;
}

/** Models and what goes with them, as the bytes of one file. */
export function pack(models: Readonly<Record<string, Model>>, vocabulary: readonly string[]): Buffer {
  const packed = Object.entries(models).map(([name, { parts }]): [string, Packed] => [
    name,
    { ...parts, ids: gaps(parts.ids), weights: nibbles(parts.weights), size: parts.ids.length },
  ]);
  return brotliCompressSync(
    serialize({ models: Object.fromEntries(packed), vocabulary: vocabulary.join(' ') }),
    {
      params: { [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_QUALITY]: 11 },
    },
  );
}

type Packed = Omit<ModelParts, 'ids' | 'weights'> & { ids: Uint8Array; weights: Uint8Array; size: number };

export function unpack(file: Buffer): { models: Record<string, Model>; vocabulary: string[] } {
  const { models, vocabulary } = deserialize(brotliDecompressSync(file)) as {
    models: Record<string, Packed>;
    vocabulary: string;
  };
  const unpacked = Object.entries(models).map(([name, { size, ...parts }]) => [
    name,
    new Model({
      ...parts,
      ids: fromGaps(parts.ids, size),
      weights: fromNibbles(parts.weights, size * parts.labels.length),
    }),
  ]);
  return { models: Object.fromEntries(unpacked) as Record<string, Model>, vocabulary: vocabulary.split(' ') };
}

/** Ascending numbers as their differences, seven bits a byte. */
function gaps(ids: Int32Array): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const id of ids) {
    let gap = id - before;
    before = id;
    for (; gap > 127; gap >>>= 7) bytes.push(128 | (gap & 127));
    bytes.push(gap);
  }
  return Uint8Array.from(bytes);
}

function fromGaps(bytes: Uint8Array, size: number): Int32Array {
  const ids = new Int32Array(size);
  let at = 0;
  let before = 0;
  for (let i = 0; i < size; i += 1) {
    let gap = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = bytes[at++]!;
      gap |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    ids[i] = before += gap;
  }
  return ids;
}

function nibbles(weights: Int8Array): Uint8Array {
  return Uint8Array.from({ length: Math.ceil(weights.length / 2) }, (_, i) => {
    const high = weights[2 * i]! + MOST;
    const low = (weights[2 * i + 1] ?? 0) + MOST;
    return (high << 4) | low;
  });
}

function fromNibbles(bytes: Uint8Array, size: number): Int8Array {
  const weights = new Int8Array(size);
  for (let i = 0; i < size; i += 1) {
    const byte = bytes[i >> 1]!;
    weights[i] = (i % 2 === 0 ? byte >> 4 : byte & 15) - MOST;
  }
  return weights;
}
