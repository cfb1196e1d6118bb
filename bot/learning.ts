import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { IntentClassifier, trainClassifier } from '../knowledge/classifier.ts';
import type { Example } from '../knowledge/examples.ts';
import { foldText } from '../knowledge/folding.ts';

/** A sentence of a customer with the intent that an agent gave it. */
export interface Labelled {
  text: string;
  label: string;
}

/** How well voices are understood that were not trained on; both from 0 to 1. */
export interface Score {
  accuracy: number;
  /** The mean over the intents of the harmonic mean of recall and precision. */
  macroF1: number;
}

/** The voice under which learned sentences stand in the files. */
const LEARNED = 'learned';
/** In the file of out_of_scope sentences stand under a topic; of a label alone none is known. */
const NO_TOPIC = 'other';
const GROUPS = 3;
const ARRANGEMENTS = 3;

/** The labelled sentences that the files do not have yet; the first of several that differ in accents or case alone. */
export function newSentences(labelled: readonly Labelled[], examples: readonly Example[]): Labelled[] {
  const known = new Set(examples.map(({ text }) => bare(text)));
  return labelled.filter(({ text }) => {
    const folded = bare(text);
    if (folded === '' || known.has(folded)) return false;
    known.add(folded);
    return true;
  });
}

function bare(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Both scores are means over arrangements; `noise` is how far apart those without the sentences are. */
export interface Judgement {
  before: Score;
  after: Score;
  noise: Score;
}

/**
 * What the sentences would change: voices are held out in turn, a model is trained on the others without and with the
 * sentences, and both are asked for the voices held out. Learned sentences are never among those asked for. Training
 * depends on the order of what it is given, so all of it is done in several orders.
 */
export function judge(examples: readonly Example[], sentences: readonly Labelled[]): Judgement {
  const learned = sentences.map(asExample);
  const turns = Array.from({ length: ARRANGEMENTS }, (_, turn) => {
    const at = Math.floor((turn * examples.length) / ARRANGEMENTS);
    return [...examples.slice(at), ...examples.slice(0, at)];
  });
  const before = turns.map((turned) => scoreWith(turned, []));
  const after = turns.map((turned) => scoreWith(turned, learned));
  return {
    before: combine(before, mean),
    after: combine(after, mean),
    noise: combine(before, (values) => Math.max(...values) - Math.min(...values)),
  };
}

/** Whether the sentences may be kept: nothing is understood less well with them, beyond what order alone changes. */
export function isNoWorse({ before, after, noise }: Judgement): boolean {
  return (
    after.accuracy >= before.accuracy - noise.accuracy && after.macroF1 >= before.macroF1 - noise.macroF1
  );
}

function scoreWith(examples: readonly Example[], learned: readonly Example[]): Score {
  const voices = [...new Set(examples.map(({ voice }) => voice))].filter((voice) => voice !== LEARNED).sort();
  const answers: Answer[] = [];
  for (let group = 0; group < GROUPS; group += 1) {
    const held = new Set(voices.filter((_voice, i) => i % GROUPS === group));
    if (held.size === 0) continue;
    const training = examples.filter(({ voice }) => !held.has(voice));
    const asked = examples.filter(({ voice }) => held.has(voice));
    answers.push(...answersOf([...training, ...learned], asked));
  }
  return scoreOf(answers);
}

function combine(scores: readonly Score[], how: (values: readonly number[]) => number): Score {
  return {
    accuracy: how(scores.map(({ accuracy }) => accuracy)),
    macroF1: how(scores.map(({ macroF1 }) => macroF1)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function asExample({ text, label }: Labelled): Example {
  return { text, intent: label, voice: LEARNED, ...(label === 'out_of_scope' && { topic: NO_TOPIC }) };
}

interface Answer {
  meant: string;
  said: string;
}

function answersOf(training: readonly Example[], asked: readonly Example[]): Answer[] {
  const classifier = new IntentClassifier(trainClassifier(training));
  // An answer such as "oui" is likely where the conversation asks for it; here every intent may be.
  const acts = [...new Set(asked.map(({ intent }) => intent))];
  return asked.map(({ text, intent }) => ({
    meant: intent,
    said: classifier.classify(text, { acts }).intent,
  }));
}

function scoreOf(answers: readonly Answer[]): Score {
  const right = answers.filter(({ meant, said }) => meant === said).length;
  const intents = [...new Set(answers.map(({ meant }) => meant))];
  const f1 = intents.map((intent) => {
    const hits = answers.filter(({ meant, said }) => meant === intent && said === intent).length;
    const wrong = answers.filter(({ meant, said }) => (meant === intent) !== (said === intent)).length;
    return (2 * hits) / (2 * hits + wrong);
  });
  return {
    accuracy: right / answers.length,
    macroF1: mean(f1),
  };
}

/** Writes the sentences into the files of their intents, under the voice "learned"; the rest stays as it is. */
export function keep(folder: string, sentences: readonly Labelled[]): void {
  for (const label of new Set(sentences.map((sentence) => sentence.label))) {
    const file = join(folder, `${label}.yaml`);
    const document = parseDocument(readFileSync(file, 'utf8'));
    const place = ['voices', LEARNED, ...(label === 'out_of_scope' ? [NO_TOPIC] : [])];
    for (const { text } of sentences.filter((sentence) => sentence.label === label)) {
      if (document.hasIn(place)) document.addIn(place, text);
      else document.setIn(place, document.createNode([text]));
    }
    writeFileSync(file, document.toString({ lineWidth: 0 }));
  }
}
