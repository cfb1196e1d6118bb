import { softmax } from '../classifier/model.ts';
import { randomFrom } from '../classifier/random.ts';
import { DECAY, descend, STEP, type Task, untrained, type Weights } from '../classifier/train.ts';
import { minimize } from './lbfgs.ts';

/** Fits a linear model with all features to documents; `features` is how many there are, `labels` likewise. */
export type Learner = (task: Task, features: number, labels: number) => Weights;

/** As many passes as the product makes in all. */
const PASSES = 11;
const SEEDS = [1, 2, 3, 4, 5];
/** L2 penalty of L-BFGS, which sees all documents at once; no other value was tried. */
const PENALTY = 0.1;

/** The product's: logistic loss, AdaGrad's steps. */
export const byAdaGrad: Learner = (task, features, labels) => byDescent(task, untrained(features, labels));

/** The same with the loss of a linear support vector machine: a hinge for each label, against all others. */
export const byHinge: Learner = (task, features, labels) =>
  byDescent(task, untrained(features, labels), 1, hingeSlopes);

function byDescent(task: Task, start: Weights, seed = 1, slopesOf?: typeof hingeSlopes): Weights {
  const random = randomFrom(seed);
  const how = { passes: PASSES, step: STEP, decay: DECAY, random, ...(slopesOf && { slopesOf }) };
  descend({ ...task, ...start, ...how });
  return start;
}

/** Several models of different orders of the documents, as the one model of their mean weights. */
export const averaged: Learner = (task, features, labels) => {
  const mean = untrained(features, labels);
  for (const seed of SEEDS) {
    const { weights, bias } = byDescent(task, untrained(features, labels), seed);
    weights.forEach((weight, at) => (mean.weights[at]! += weight / SEEDS.length));
    bias.forEach((weight, at) => (mean.bias[at]! += weight / SEEDS.length));
  }
  return mean;
};

function hingeSlopes(scores: Float64Array, target: number): void {
  scores.forEach((score, label) => {
    const sign = label === target ? 1 : -1;
    scores[label] = sign * score < 1 ? -sign : 0;
  });
}

/** The logistic loss of all documents with its L2 penalty, brought to its least. */
export const byLbfgs: Learner = ({ vectors, targets, shares }, features, labels) => {
  const size = features * labels;
  const scores = new Float64Array(labels);
  const lossAt = (point: Float32Array, slopes: Float32Array): number => {
    let loss = 0;
    for (let at = 0; at < point.length; at += 1) {
      const penalised = at < size ? point[at]! : 0;
      loss += (PENALTY / 2) * penalised * penalised;
      slopes[at] = PENALTY * penalised;
    }
    for (const [n, { indexes, values }] of vectors.entries()) {
      scores.set(point.subarray(size));
      for (let i = 0; i < indexes.length; i += 1)
        for (let l = 0; l < labels; l += 1) scores[l]! += point[indexes[i]! * labels + l]! * values[i]!;
      softmax(scores);
      const target = targets[n]!;
      const share = shares[target]!;
      loss -= share * Math.log(scores[target]! + 1e-12);
      scores[target]! -= 1;
      for (let i = 0; i < indexes.length; i += 1)
        for (let l = 0; l < labels; l += 1)
          slopes[indexes[i]! * labels + l]! += scores[l]! * values[i]! * share;
      for (let l = 0; l < labels; l += 1) slopes[size + l]! += scores[l]! * share;
    }
    return loss;
  };
  const point = minimize(lossAt, new Float32Array(size + labels));
  return { weights: point.subarray(0, size), bias: point.subarray(size) };
};
