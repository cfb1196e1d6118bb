import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The trained model is kept between test files. */
export const MODEL_FOLDER = join(tmpdir(), 'guichet-tests');
