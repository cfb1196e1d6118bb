import { BUCKETS, type Features, featuresOf } from './features.ts';

/**
 * Multinomial logistic regression behind the interface of natural's classifiers (addDocument, train,
 * getClassifications). Natural's own underflow on thousands of features, or take minutes and drop the intercept.
 */
export class SoftmaxClassifier {
  labels: string[];
  /** Weight of bucket b for label l at b * labels + l. */
  weights: Float32Array<ArrayBuffer>;
  private readonly documents: { features: Features; label: string }[] = [];

  constructor(labels: string[] = [], weights = new Float32Array(0)) {
    this.labels = labels;
    this.weights = weights;
  }

  addDocument(text: string, label: string): void {
    this.documents.push({ features: featuresOf(text), label });
  }

  /** Stochastic gradient with AdaGrad's steps, in a seeded order: the same documents give the same weights. */
  train({ epochs = 8, step = 0.3, seed = 1 } = {}): void {
    this.labels = [...new Set(this.documents.map((document) => document.label))].sort();
    const width = this.labels.length;
    this.weights = new Float32Array(BUCKETS * width);
    const squares = new Float32Array(BUCKETS * width).fill(1e-6);
    const target = new Map(this.labels.map((label, i) => [label, i]));
    const shares = this.shares();
    const random = randomFrom(seed);
    const order = [...this.documents];
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      shuffle(order, random);
      for (const { features, label } of order) {
        const slope = this.probabilities(features);
        slope[target.get(label)!]! -= 1;
        const share = shares.get(label)!;
        for (const bucket of features.buckets) {
          for (let l = 0, at = bucket * width; l < width; l += 1, at += 1) {
            const gradient = slope[l]! * features.weight * share;
            squares[at]! += gradient * gradient;
            this.weights[at]! -= (step * gradient) / Math.sqrt(squares[at]!);
          }
        }
      }
    }
  }

  /** A label with many more examples than most would win by number alone: its examples count for less. */
  private shares(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { label } of this.documents) counts.set(label, (counts.get(label) ?? 0) + 1);
    const typical = this.documents.length / counts.size;
    return new Map([...counts].map(([label, count]) => [label, Math.min(1, Math.sqrt(typical / count))]));
  }

  /** Every label with its probability, likeliest first. */
  getClassifications(text: string): { label: string; value: number }[] {
    const values = this.probabilities(featuresOf(text));
    return this.labels.map((label, i) => ({ label, value: values[i]! })).sort((a, b) => b.value - a.value);
  }

  private probabilities({ buckets, weight }: Features): Float64Array {
    const width = this.labels.length;
    const values = new Float64Array(width);
    for (const bucket of buckets) {
      for (let l = 0, at = bucket * width; l < width; l += 1, at += 1)
        values[l]! += this.weights[at]! * weight;
    }
    const most = Math.max(...values);
    let sum = 0;
    for (let l = 0; l < width; l += 1) sum += values[l] = Math.exp(values[l]! - most);
    return values.map((value) => value / sum);
  }
}

/** A linear congruential generator: training needs no better, and must not differ from run to run. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
