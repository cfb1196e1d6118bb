import { readFileSync } from 'node:fs';
import { ACTS, IntentClassifier } from '../classifier.ts';
import { type Example, loadExamples } from '../examples.ts';
import { KnowledgeError } from '../knowledgeError.ts';
import { type Fold, groupsOf, trainFolds } from './folds.ts';
import { isRight, type Judged } from './measures.ts';
import { trainBayes, trainNlpJs } from './references.ts';
import { slipMaker } from './slips.ts';
import { fitTemperature, type Scored } from './temperature.ts';

/** Voices that are no author of their own: always trained on, never tested on. */
const NO_AUTHOR = ['canonical'];
/** The share of words mistyped in the test of slips, and when the temperature is fitted. */
export const MISTYPED = 0.25;
/** Groups of voices for the gate and for the references, which would take hours voice by voice. */
export const GROUPS = 5;
/** The references are asked about every fifth held-out message: natural's Bayes takes milliseconds for each. */
const REFERENCE_SHARE = 5;

export function examplesOf(folder: string): { examples: Example[]; voices: string[] } {
  const examples = loadExamples(folder);
  const voices = [...new Set(examples.map(({ voice }) => voice))].filter(
    (voice) => !NO_AUTHOR.includes(voice),
  );
  return { examples, voices: voices.sort() };
}

export interface CrossEvaluation {
  clean: Judged[];
  /** The same messages with a quarter of their words mistyped. */
  mistyped: Judged[];
  /** What fits these folds best; `TEMPERATURE` in classifier.ts is set from it. */
  temperature: number;
}

/** Each voice judged by a model that never saw it: alone (`one`), or with a fifth of the others (`fifth`). */
export async function crossVoices(
  folder: string,
  leave: 'one' | 'fifth',
  tell: (done: number, all: number) => void,
): Promise<CrossEvaluation> {
  const { examples, voices } = examplesOf(folder);
  const groups = groupsOf(voices, leave === 'one' ? voices.length : GROUPS);
  const folds = await trainFolds(folder, groups, (done) => tell(done, groups.length));
  const slip = slipMaker(MISTYPED);
  const clean: Judged[] = [];
  const mistyped: Judged[] = [];
  const scored: Scored[] = [];
  for (const fold of folds) {
    const classifier = new IntentClassifier(fold.models);
    for (const { text, intent: label, voice: style } of heldOut(examples, fold)) {
      const slipped = slip(text);
      clean.push({ text, label, style, said: classifier.classify(text) });
      mistyped.push({ text: slipped, label, style, said: classifier.classify(slipped) });
      scored.push(scoredBy(fold, slipped, label));
    }
  }
  return { clean, mistyped, temperature: fitTemperature(scored) };
}

/** The messages of a fold's voices; dialogue acts count only inside a dialog, and are left out. */
export function heldOut(examples: readonly Example[], { held }: Pick<Fold, 'held'>): Example[] {
  return examples.filter(({ voice, intent }) => held.includes(voice) && !ACTS.includes(intent));
}

function scoredBy({ models }: Fold, text: string, label: string): Scored {
  const { labels } = models.intents.trained.model.parts;
  const logits = models.intents
    .logits(text)
    .map((logit, i) => (ACTS.includes(labels[i]!) ? -Infinity : logit));
  return { logits, right: labels.indexOf(label) };
}

/** The share that natural's Bayes and nlp.js get right, trained on the same examples without the same voices. */
export async function referenceAccuracy(
  folder: string,
  tell: (done: number, all: number) => void,
): Promise<{ bayes: number; nlpJs: number }> {
  const { examples, voices } = examplesOf(folder);
  const right = { bayes: 0, nlpJs: 0, all: 0 };
  for (const [done, held] of groupsOf(voices, GROUPS).entries()) {
    const known = examples.filter(({ voice, intent }) => !held.includes(voice) && !ACTS.includes(intent));
    const [bayes, nlpJs] = [trainBayes(known), await trainNlpJs(known)];
    for (const { text, intent } of heldOut(examples, { held }).filter((_, i) => i % REFERENCE_SHARE === 0)) {
      right.all += 1;
      if ((await bayes(text)) === intent) right.bayes += 1;
      if ((await nlpJs(text)) === intent) right.nlpJs += 1;
    }
    tell(done + 1, GROUPS);
  }
  return { bayes: right.bayes / right.all, nlpJs: right.nlpJs / right.all };
}

/**
 * Messages of a test file, one a line: label, second label or "-", style, text, separated by tabs.
 * @throws KnowledgeError that names file, line and reason.
 */
export function judgeFile(file: string, classifier: IntentClassifier): Judged[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, i) => {
      if (!line.trim()) return [];
      const [label, second, style, text] = line.split('\t');
      if (!label || !second || !style || !text)
        throw new KnowledgeError(file, i + 1, 'needs four columns: label, second label or -, style, text');
      const judged: Judged = { text, label: intentOf(label), style, said: classifier.classify(text) };
      return second === '-' ? [judged] : [{ ...judged, second: intentOf(second) }];
    });
}

/** "out_of_scope/returns" is the intent out_of_scope. */
function intentOf(label: string): string {
  return label.split('/')[0]!;
}

/** The right answers by voice or style, the weakest first. */
export function byStyle(judged: readonly Judged[]): { style: string; messages: number; accuracy: number }[] {
  const styles = [...new Set(judged.map(({ style }) => style))];
  return styles
    .map((style) => {
      const own = judged.filter((one) => one.style === style);
      return { style, messages: own.length, accuracy: own.filter(isRight).length / own.length };
    })
    .sort((a, b) => a.accuracy - b.accuracy);
}
