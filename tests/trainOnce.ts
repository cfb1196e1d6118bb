import { loadClassifier } from '../knowledge/modelFile.ts';
import { MODEL_FOLDER } from './modelFolder.ts';

/** Before all tests: the model is trained once, not by each worker in the time of its first test. */
export default function trainOnce(): void {
  loadClassifier({ intents: 'knowledge/intents', cacheDir: MODEL_FOLDER });
}
