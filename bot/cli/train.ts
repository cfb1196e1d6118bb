import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { ensureModel } from '../../knowledge/modelFile.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { modelPlace } from '../createBot.ts';

/** `npm run train`: trains the model of the examples unless it is kept already; says where it is and what it weighs. */
const config = readConfig(readEnvironment());
const started = performance.now();
const { file, trained } = ensureModel(modelPlace(config));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const weight = `${statSync(file).size} bytes, ${gzipSync(readFileSync(file)).length} gzip`;
console.log(trained ? `Trained in ${seconds} s: ${file} (${weight}).` : `Up to date: ${file} (${weight}).`);
