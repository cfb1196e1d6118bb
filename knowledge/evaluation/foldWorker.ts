import { parentPort, workerData } from 'node:worker_threads';
import { trainClassifier } from '../classifier.ts';
import { loadExamples } from '../examples.ts';
import { packModels } from '../modelFile.ts';
import type { FoldTask } from './folds.ts';

/* Trains one fold's models, apart from the main thread, and sends their bytes. */
const { intents, held } = workerData as FoldTask;
const examples = loadExamples(intents).filter(({ voice }) => !held.includes(voice));
parentPort!.postMessage(packModels(trainClassifier(examples)));
