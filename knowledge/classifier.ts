import { alarmsIn } from './classifier/alarms.ts';
import { clausesOf } from './classifier/clauses.ts';
import type { Features } from './classifier/features.ts';
import { softmax } from './classifier/model.ts';
import { SoftmaxClassifier } from './classifier/softmax.ts';
import { beginningOf, wordsIn } from './classifier/words.ts';
import type { Example } from './examples.ts';

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
  /** A second problem named in the same message. */
  second?: string;
}

export interface ClassifyOptions {
  /** Dialogue acts that the conversation makes likely now; without them they never win. */
  acts?: readonly string[];
}

export const ACTS: readonly string[] = ['affirm', 'deny', 'cancel', 'help'];
/** Every other intent is a problem, and a message can name two of them. */
const NO_PROBLEM: readonly string[] = [...ACTS, 'greeting', 'thanks_goodbye', 'out_of_scope'];
const SURE_ENOUGH_TO_ACT = 0.75;
const WORTH_ASKING = 0.2;
const SURE_OF_TOPIC = 0.3;
const SURE_OF_FIRST = 0.5;
const SURE_OF_SECOND = 0.85;
/** The logits are divided by this, so that a confidence of .8 is right eight times in ten; `npm run evaluate` fits it. */
export const TEMPERATURE = 0.62;
/** Features that the two models keep: what 300 kB hold. */
const KEEP = { intents: 52_000, topics: 6_000 };

/** The two trained models: what a message is about, and for what is out of scope, which pointer helps. */
export interface Models {
  intents: SoftmaxClassifier;
  topics: SoftmaxClassifier;
}

/** A text as the models see it. */
interface Heard {
  features: Features;
  alarms: Readonly<Record<string, number>>;
}

/** What a message is about. */
export class IntentClassifier {
  private readonly models: Models;
  private readonly temperature: number;

  constructor(models: Models, temperature = TEMPERATURE) {
    this.models = models;
    this.temperature = temperature;
  }

  classify(text: string, { acts = [] }: ClassifyOptions = {}): Classification {
    const heard = this.hear(text);
    const guesses = this.rank(heard, acts);
    const [best, ...rest] = guesses as [IntentGuess, ...IntentGuess[]];
    const topic =
      best.intent === 'out_of_scope' ? this.models.topics.getClassifications(heard.features)[0] : undefined;
    const second = this.secondProblem(text, best.intent);
    return {
      ...best,
      alternatives: rest.slice(0, 3),
      action: actionFor(best, rest),
      ...(topic && topic.value > SURE_OF_TOPIC && { topic: topic.label }),
      ...(second !== undefined && { second }),
    };
  }

  /** Every intent that is possible now, likeliest first. */
  guess(text: string, acts: readonly string[] = []): IntentGuess[] {
    return this.rank(this.hear(text), acts);
  }

  private hear(text: string): Heard {
    const folded = beginningOf(text);
    return { features: this.models.intents.read(wordsIn(folded)), alarms: alarmsIn(folded) };
  }

  private rank({ features, alarms }: Heard, acts: readonly string[]): IntentGuess[] {
    const { labels } = this.models.intents.trained.model.parts;
    const scores = this.models.intents.logits(features);
    const isPossible = (intent: string): boolean => !ACTS.includes(intent) || acts.includes(intent);
    for (const [i, intent] of labels.entries())
      scores[i] = isPossible(intent) ? scores[i]! + (alarms[intent] ?? 0) : -Infinity;
    softmax(scores, this.temperature);
    return labels
      .map((intent, i) => ({ intent, confidence: Math.round(scores[i]! * 10_000) / 10_000 }))
      .filter(({ intent }) => isPossible(intent))
      .sort((a, b) => b.confidence - a.confidence);
  }

  /** Two problems in one message: one clause is about the first, another clearly about the second. */
  private secondProblem(text: string, intent: string): string | undefined {
    if (NO_PROBLEM.includes(intent)) return undefined;
    const named = clausesOf(text).map((clause) => this.guess(clause)[0]!);
    if (!named.some((guess) => guess.intent === intent && guess.confidence >= SURE_OF_FIRST))
      return undefined;
    return named
      .filter((guess) => !NO_PROBLEM.includes(guess.intent) && guess.intent !== intent)
      .filter(({ confidence }) => confidence >= SURE_OF_SECOND)
      .sort((a, b) => b.confidence - a.confidence)[0]?.intent;
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
  models.intents.train({ keep: KEEP.intents });
  models.topics.train({ keep: KEEP.topics }, models.intents.trained.speller);
  return models;
}
