import { DatabaseError } from '../../adapters/storage/databaseError.ts';
import { readLabelled } from '../../adapters/storage/labelled.ts';
import { loadExamples } from '../../knowledge/examples.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { INTENTS_FOLDER } from '../createBot.ts';
import { isNoWorse, judge, keep, newSentences, type Score } from '../learning.ts';

/**
 * `npm run learn`: takes the sentences that agents labelled into knowledge/intents, if what is understood does not get
 * worse by them; else it writes nothing and ends with 1. The server may be running; it knows them after its next start.
 */
const config = readConfig(readEnvironment());
const examples = loadExamples(INTENTS_FOLDER);
const labelled = await readLabelled(config).catch((error: unknown) => {
  if (!(error instanceof DatabaseError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const sentences = newSentences(labelled, examples);
if (sentences.length === 0) {
  process.stdout.write('There is nothing new to learn: no labelled sentence that the files lack.\n');
  process.exit(0);
}

process.stdout.write(
  `Judging ${sentences.length} labelled sentences on voices that are not trained on; this takes some minutes.\n`,
);
const judgement = judge(examples, sentences);
process.stdout.write(
  `before: ${line(judgement.before)}\nafter:  ${line(judgement.after)}\nnoise:  ${line(judgement.noise)}\n`,
);
if (!isNoWorse(judgement)) {
  process.stderr.write(
    'Less would be understood, so nothing was written. Look at the labels in the console, under « À apprendre ».\n',
  );
  process.exit(1);
}
keep(INTENTS_FOLDER, sentences);
process.stdout.write(
  `Kept under the voice "learned" in ${INTENTS_FOLDER}; restart the server to use them.\n`,
);

function line({ accuracy, macroF1 }: Score): string {
  return `accuracy ${accuracy.toFixed(4)}, macro-F1 ${macroF1.toFixed(4)}`;
}
