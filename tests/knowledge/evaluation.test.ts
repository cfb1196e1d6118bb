import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confusionPicture } from '../../knowledge/evaluation/confusion.ts';
import { judgeFile } from '../../knowledge/evaluation/evaluate.ts';
import { groupsOf } from '../../knowledge/evaluation/folds.ts';
import { minimize } from '../../knowledge/evaluation/lbfgs.ts';
import { averaged, byAdaGrad, byHinge, byLbfgs } from '../../knowledge/evaluation/learners.ts';
import { type Judged, measure } from '../../knowledge/evaluation/measures.ts';
import { slipMaker } from '../../knowledge/evaluation/slips.ts';
import { fitTemperature } from '../../knowledge/evaluation/temperature.ts';
import { loadClassifier } from '../../knowledge/modelFile.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';

const judged = (label: string, intent: string, more: Partial<Judged['said']> = {}): Judged => ({
  text: '',
  label,
  style: 'plain',
  said: { intent, confidence: 1, alternatives: [], action: 'route', ...more },
});

test('accuracy, wrong routes, refusals and questions are shares of all messages', () => {
  const measures = measure([
    judged('slowness', 'slowness'),
    judged('slowness', 'display_bug'),
    judged('slowness', 'out_of_scope', { action: 'out_of_scope' }),
    judged('slowness', 'display_bug', {
      action: 'ask',
      alternatives: [{ intent: 'slowness', confidence: 0.4 }],
    }),
  ]);
  expect(measures).toMatchObject({
    messages: 4,
    accuracy: 0.25,
    routedWrong: 0.25,
    refusedWrong: 0.25,
    asked: 0.25,
    resolved: 0.5,
  });
});

test('the second problem of a message is right too', () => {
  expect(measure([{ ...judged('slowness', 'display_bug'), second: 'display_bug' }]).accuracy).toBe(1);
});

test('always sure and half the time right is an error of one half', () => {
  expect(measure([judged('slowness', 'slowness'), judged('slowness', 'greeting')]).ece).toBe(0.5);
});

test('who is too sure gets a temperature above one, who is too shy one below', () => {
  const scored = (right: number, logit: number) => ({ logits: Float64Array.of(logit, 0), right });
  expect(fitTemperature([scored(0, 6), scored(0, 6), scored(1, 6)])).toBeGreaterThan(1);
  expect(fitTemperature(Array.from({ length: 9 }, () => scored(0, 1)))).toBeLessThan(1);
});

test('every voice is in one group', () => {
  expect(groupsOf(['a', 'b', 'c', 'd', 'e'], 2)).toEqual([
    ['a', 'c', 'e'],
    ['b', 'd'],
  ]);
});

test('slips touch about the share asked for, and are the same each time', () => {
  const text = 'mon colis est perdu depuis lundi '.repeat(50).trim();
  const slipped = slipMaker(0.25)(text);
  expect(slipped).toBe(slipMaker(0.25)(text));
  const changed = slipped.split(' ').filter((word, i) => word !== text.split(' ')[i]).length;
  expect(changed / text.split(' ').length).toBeGreaterThan(0.15);
  expect(changed / text.split(' ').length).toBeLessThan(0.35);
});

test('the confusion matrix is a picture with the names of the labels', () => {
  const picture = confusionPicture([judged('slowness', 'slowness'), judged('greeting', 'slowness')]);
  expect(picture).toMatch(/^<svg .*<text[^>]*>slowness<.*<\/svg>\n$/s);
});

describe('a test file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'guichet-evaluation-')), 'messages.tsv');
  const classifier = loadClassifier({ intents: 'knowledge/intents', cacheDir: MODEL_FOLDER });

  test('is read line by line: label, second label, style, text', () => {
    writeFileSync(
      file,
      'lost_parcel\t-\tplain\tmon colis est perdu\nout_of_scope/returns\tslowness\tsms\tretour\n',
    );
    expect(judgeFile(file, classifier).map(({ label, second, style }) => [label, second, style])).toEqual([
      ['lost_parcel', undefined, 'plain'],
      ['out_of_scope', 'slowness', 'sms'],
    ]);
  });

  test('with a line of three columns is refused by its number', () => {
    writeFileSync(file, 'lost_parcel\t-\tplain\tmon colis est perdu\nslowness\tplain\tlent\n');
    expect(() => judgeFile(file, classifier)).toThrow(/messages\.tsv:2: needs four columns/);
  });
});

test('L-BFGS finds the bottom of a long, bent valley', () => {
  // Rosenbrock's: 0 at (1, 1).
  const [x, y] = minimize(
    (point, slopes) => {
      const [a = 0, b = 0] = point;
      slopes[0] = -2 * (1 - a) - 400 * a * (b - a * a);
      slopes[1] = 200 * (b - a * a);
      return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
    },
    Float32Array.of(-1.2, 1),
  );
  expect(x).toBeCloseTo(1, 1);
  expect(y).toBeCloseTo(1, 1);
});

test.each([
  ['AdaGrad', byAdaGrad],
  ['five seeds', averaged],
  ['L-BFGS', byLbfgs],
  ['hinge', byHinge],
])('what is compared learns: %s', (_name, learner) => {
  const vector = (at: number) => ({ indexes: Int32Array.of(at), values: Float32Array.of(1) });
  const task = { vectors: [vector(0), vector(1)], targets: [0, 1], shares: Float32Array.of(1, 1) };
  const { weights, bias } = learner(task, 2, 2);
  expect(weights[0]! + bias[0]!).toBeGreaterThan(weights[1]! + bias[1]!);
  expect(weights[3]! + bias[1]!).toBeGreaterThan(weights[2]! + bias[0]!);
});
