import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
}

export interface ClassifyOptions {
  /** Dialogue acts that the conversation makes likely now; without them they never win. */
  acts?: readonly string[];
}

const ACTS = ['affirm', 'deny', 'cancel', 'help'];
const SURE_ENOUGH_TO_ACT = 0.6;
const WORTH_ASKING = 0.2;
const SURE_OF_TOPIC = 0.3;
/** Changes when features or training change, so that a kept model is never read by other code than made it. */
const RECIPE = 1;

/** What a message is about. */
export class IntentClassifier {
  private readonly model: SoftmaxClassifier;

  constructor(model: SoftmaxClassifier) {
    this.model = model;
  }

  classify(text: string, { acts = [] }: ClassifyOptions = {}): Classification {
    const likely = this.model.getClassifications(text).filter(({ label }) => !ACTS.includes(label) || acts.includes(label));
    const whole = likely.reduce((sum, { value }) => sum + value, 0);
    const sums = new Map<string, number>();
    for (const { label, value } of likely) {
      const intent = label.split('/')[0]!;
      sums.set(intent, (sums.get(intent) ?? 0) + value / whole);
    }
    const guesses = [...sums]
      .map(([intent, confidence]) => ({ intent, confidence: Number(confidence.toFixed(4)) }))
      .sort((a, b) => b.confidence - a.confidence);
    const [best, ...rest] = guesses as [IntentGuess, ...IntentGuess[]];
    const topic = likely.find(({ label, value }) => label.startsWith('out_of_scope/') && value / whole > SURE_OF_TOPIC);
    return {
      ...best,
      alternatives: rest.slice(0, 3),
      action: actionFor(best, rest),
      ...(best.intent === 'out_of_scope' && topic && { topic: topic.label.slice('out_of_scope/'.length) }),
    };
  }
}

function actionFor(best: IntentGuess, rest: readonly IntentGuess[]): Classification['action'] {
  if (best.confidence >= SURE_ENOUGH_TO_ACT) return best.intent === 'out_of_scope' ? 'out_of_scope' : 'route';
  const inScope = best.intent === 'out_of_scope' ? rest[0] : best;
  return inScope && inScope.confidence >= WORTH_ASKING ? 'ask' : 'out_of_scope';
}

/** Trains on the examples; out_of_scope is learnt topic by topic, and its probabilities are added up. */
export function trainClassifier(examples: readonly Example[]): SoftmaxClassifier {
  const model = new SoftmaxClassifier();
  for (const { text, intent, topic } of examples) model.addDocument(text, topic ? `${intent}/${topic}` : intent);
  model.train();
  return model;
}

/**
 * The classifier of the examples in the folder `intents`: the model kept in `cacheDir` when it was trained on the same
 * examples, else a new one, trained (some seconds) and kept there.
 * @throws KnowledgeError when an examples file is broken.
 */
export function loadClassifier({ intents, cacheDir }: { intents: string; cacheDir: string }): IntentClassifier {
  const examples = loadExamples(intents);
  const hash = createHash('sha256').update(JSON.stringify([RECIPE, examples])).digest('hex');
  const file = join(cacheDir, `intents-${hash.slice(0, 16)}.model`);
  if (existsSync(file)) return new IntentClassifier(readModel(file));
  const model = trainClassifier(examples);
  mkdirSync(cacheDir, { recursive: true });
  // Written aside and renamed, so that a crash leaves no half a model.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([Buffer.from(`${JSON.stringify(model.labels)}\n`), Buffer.from(model.weights.buffer)]));
  renameSync(draft, file);
  return new IntentClassifier(model);
}

function readModel(file: string): SoftmaxClassifier {
  const bytes = readFileSync(file);
  const end = bytes.indexOf('\n');
  const weights = new Float32Array(new Uint8Array(bytes.subarray(end + 1)).buffer);
  return new SoftmaxClassifier(JSON.parse(bytes.subarray(0, end).toString()) as string[], weights);
}
