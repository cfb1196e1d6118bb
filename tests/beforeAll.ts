import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadClassifier } from '../knowledge/modelFile.ts';
import { MODEL_FOLDER } from './modelFolder.ts';

export const RUN_FOLDER = 'guichet-run-';

/**
 * Before all tests: the model is trained once, not by each worker in the time of its first test; and all temporary
 * folders stand in one, which afterAll.ts removes.
 */
export default function beforeAll(): void {
  loadClassifier({ intents: 'knowledge/intents', cacheDir: MODEL_FOLDER });
  process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  // A database server that runs as another user passes through.
  chmodSync(process.env['TMPDIR'], 0o711);
}
