import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Models } from '../classifier.ts';
import { readModels } from '../modelFile.ts';

/** What to train on: all examples of the folder but those of the voices held out. */
export interface FoldTask {
  intents: string;
  held: readonly string[];
}

export interface Fold {
  held: readonly string[];
  models: Models;
}

/** Trains a model for each group of voices, without them; as many at once as the machine has cores. */
export async function trainFolds(
  intents: string,
  groups: readonly (readonly string[])[],
  tell: (done: number) => void,
): Promise<Fold[]> {
  const folds: Fold[] = new Array<Fold>(groups.length);
  let next = 0;
  let done = 0;
  const runner = async (): Promise<void> => {
    while (next < groups.length) {
      const at = next++;
      const held = groups[at]!;
      folds[at] = { held, models: readModels(await trainInWorker({ intents, held })) };
      tell((done += 1));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, runner));
  return folds;
}

function trainInWorker(workerData: FoldTask): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./foldWorker.ts', import.meta.url), { workerData });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
  });
}

/** The voices in `count` groups of about the same size. */
export function groupsOf(voices: readonly string[], count: number): string[][] {
  return Array.from({ length: count }, (_, group) => voices.filter((_voice, i) => i % count === group));
}
