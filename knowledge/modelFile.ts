import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { IntentClassifier, type Models, trainClassifier } from './classifier.ts';
import { pack, unpack } from './classifier/model.ts';
import { SoftmaxClassifier } from './classifier/softmax.ts';
import { Speller } from './classifier/speller.ts';
import { loadExamples } from './examples.ts';

/** The code that decides what training makes. */
const CODE = ['classifier.ts', 'examples.ts', 'folding.ts', 'nearWords.ts'].map((name) =>
  join('knowledge', name),
);
const CODE_FOLDER = 'knowledge/classifier';

export interface ModelPlace {
  /** The folder of the examples. */
  intents: string;
  /** Where trained models are kept. */
  cacheDir: string;
}

/**
 * The classifier of the examples in the folder `intents`: the model kept in `cacheDir` when it was trained on the same
 * examples by the same code, else a new one, trained (up to a minute) and kept there.
 * @throws KnowledgeError when an examples file is broken.
 */
export function loadClassifier(place: ModelPlace): IntentClassifier {
  const { file } = ensureModel(place);
  return new IntentClassifier(readModels(readFileSync(file)));
}

/** Whether the model is there already; if not, loading takes the half minute that training does. */
export function isTrained(place: ModelPlace): boolean {
  return existsSync(fileOf(place));
}

/** Trains unless a model of the same examples and code is kept; gives its file. Files that made a model are not broken. */
export function ensureModel(place: ModelPlace): { file: string; trained: boolean } {
  const file = fileOf(place);
  if (existsSync(file)) return { file, trained: false };
  const examples = loadExamples(place.intents);
  mkdirSync(place.cacheDir, { recursive: true });
  // Written aside and renamed, so that a crash leaves no half a model.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, packModels(trainClassifier(examples)));
  renameSync(draft, file);
  return { file, trained: true };
}

/** Removes models of earlier examples and code, but for the last one: a release may be taken back. */
export function dropOldModels({ cacheDir }: Pick<ModelPlace, 'cacheDir'>): void {
  const models = readdirSync(cacheDir)
    .filter((name) => /^intents-[0-9a-f]{16}\.model$/.test(name))
    .map((name) => join(cacheDir, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of models.slice(2)) rmSync(old);
}

function fileOf({ intents, cacheDir }: ModelPlace): string {
  return join(cacheDir, `intents-${recipeOf(intents)}.model`);
}

/** A hash of all that decides the model's bytes: the examples and the code that reads them. */
function recipeOf(intents: string): string {
  const filesIn = (folder: string): string[] =>
    readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  const hash = createHash('sha256');
  for (const file of [...CODE, ...filesIn(CODE_FOLDER), ...filesIn(intents)]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

export function packModels({ intents, topics }: Models): Buffer {
  const { model, speller } = intents.trained;
  return pack({ intents: model, topics: topics.trained.model }, speller.vocabulary);
}

export function readModels(file: Buffer): Models {
  const { models, vocabulary } = unpack(file);
  const speller = new Speller(vocabulary);
  return {
    intents: new SoftmaxClassifier(models['intents'], speller),
    topics: new SoftmaxClassifier(models['topics'], speller),
  };
}
