import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { SoftmaxClassifier } from './classifier/softmax.ts';
import { type Example, loadExamples } from './examples.ts';

export interface IntentGuess {
  intent: string;
  /** 0 to 1. */
  confidence: number;
}

export interface Classification extends IntentGuess {
  /** The next best, in order. */
  alternatives: IntentGuess[];
  /** `route`: act on the intent; `ask`: offer it and the alternatives; `out_of_scope`: say what is possible. */
  action: 'route' | 'ask' | 'out_of_scope';
  /** For out_of_scope, which honest pointer helps ("returns"), when that is clear enough. */
  topic?: string;
  /** The intent of a second problem in the same message. */
  second?: string;
}

export interface ClassifyOptions {
  /** Dialogue acts that the conversation makes likely now; without them they never win. */
  acts?: readonly string[];
}

const ACTS = ['affirm', 'deny', 'cancel', 'help'];
const SURE_ENOUGH_TO_ACT = 0.6;
const WORTH_ASKING = 0.3;
const SURE_OF_TOPIC = 0.3;
/** Changes when features or training change, so that a kept model is never read by other code than made it. */
const RECIPE = 1;

/** The two trained models: what a message is about, and for what is out of scope, which pointer helps. */
export interface Models {
  intents: SoftmaxClassifier;
  topics: SoftmaxClassifier;
}

/** What a message is about. */
export class IntentClassifier {
  private readonly models: Models;

  constructor(models: Models) {
    this.models = models;
  }

  classify(text: string, { acts = [] }: ClassifyOptions = {}): Classification {
    const likely = this.models.intents
      .getClassifications(text)
      .filter(({ label }) => !ACTS.includes(label) || acts.includes(label));
    const whole = likely.reduce((sum, { value }) => sum + value, 0);
    const [best, ...rest] = likely.map(({ label, value }) => ({
      intent: label,
      confidence: Number((value / whole).toFixed(4)),
    })) as [IntentGuess, ...IntentGuess[]];
    const topic = best.intent === 'out_of_scope' ? this.models.topics.getClassifications(text)[0] : undefined;
    return {
      ...best,
      alternatives: rest.slice(0, 3),
      action: actionFor(best, rest),
      ...(topic && topic.value > SURE_OF_TOPIC && { topic: topic.label }),
    };
  }
}

function actionFor(best: IntentGuess, rest: readonly IntentGuess[]): Classification['action'] {
  if (best.confidence >= SURE_ENOUGH_TO_ACT) return best.intent === 'out_of_scope' ? 'out_of_scope' : 'route';
  const inScope = best.intent === 'out_of_scope' ? rest[0] : best;
  return inScope && inScope.confidence >= WORTH_ASKING ? 'ask' : 'out_of_scope';
}

/** Trains on the examples; out_of_scope is one intent, and its topics are told apart by a model of their own. */
export function trainClassifier(examples: readonly Example[]): Models {
  const models = { intents: new SoftmaxClassifier(), topics: new SoftmaxClassifier() };
  for (const { text, intent, topic } of examples) {
    models.intents.addDocument(text, intent);
    if (topic !== undefined) models.topics.addDocument(text, topic);
  }
  models.intents.train();
  models.topics.train();
  return models;
}

/**
 * The classifier of the examples in the folder `intents`: the model kept in `cacheDir` when it was trained on the same
 * examples, else a new one, trained (some seconds) and kept there.
 * @throws KnowledgeError when an examples file is broken.
 */
export function loadClassifier({
  intents,
  cacheDir,
}: {
  intents: string;
  cacheDir: string;
}): IntentClassifier {
  const examples = loadExamples(intents);
  const hash = createHash('sha256')
    .update(JSON.stringify([RECIPE, examples]))
    .digest('hex');
  const file = join(cacheDir, `intents-${hash.slice(0, 16)}.model`);
  if (existsSync(file)) return new IntentClassifier(readModels(file));
  const models = trainClassifier(examples);
  mkdirSync(cacheDir, { recursive: true });
  // Written aside and renamed, so that a crash leaves no half a model.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, serialize({ intents: pack(models.intents), topics: pack(models.topics) }));
  renameSync(draft, file);
  return new IntentClassifier(models);
}

type Packed = Record<keyof Models, { labels: string[]; weights: Float32Array<ArrayBuffer> }>;

const pack = ({ labels, weights }: SoftmaxClassifier): Packed['intents'] => ({ labels, weights });

function readModels(file: string): Models {
  const { intents, topics } = deserialize(readFileSync(file)) as Packed;
  return {
    intents: new SoftmaxClassifier(intents.labels, intents.weights),
    topics: new SoftmaxClassifier(topics.labels, topics.weights),
  };
}
