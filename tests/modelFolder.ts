import { resolve } from 'node:path';

/** The trained model is kept between runs of the tests. */
export const MODEL_FOLDER = resolve('node_modules/.cache/guichet-tests');
