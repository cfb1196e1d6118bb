import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type IntentClassifier, TEMPERATURE } from '../../knowledge/classifier.ts';
import { compareRecipes } from '../../knowledge/evaluation/compare.ts';
import { confusionPicture } from '../../knowledge/evaluation/confusion.ts';
import { crossVoices, judgeFile, referenceAccuracy } from '../../knowledge/evaluation/evaluate.ts';
import { measure } from '../../knowledge/evaluation/measures.ts';
import { figures, table } from '../../knowledge/evaluation/report.ts';
import { loadClassifier } from '../../knowledge/modelFile.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { INTENTS_FOLDER, modelPlace } from '../createBot.ts';

/**
 * `npm run evaluate`: leave-one-voice-out, written to docs/understanding.md, beside the references.
 * `npm run evaluate -- FILE`: the figures of a test file (label, second label or -, style, text; tabs between).
 * `npm run evaluate -- --compare`: other ways to fit the same model, beside the one in use (an hour), written to the same page.
 * `npm run evaluate -- --gate`: fails when the classifier got worse by more than a point than the figure kept.
 */
const FOLDER = 'knowledge/evaluation';
const KEPT = join(FOLDER, 'kept.json');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.tsv'));
const DOCUMENT = 'docs/understanding.md';
const PICTURE = 'docs/images/confusion.svg';
const MAY_FALL = 0.01;
const MARK = '<!-- figures: written by npm run evaluate -->';
const COMPARED = {
  from: '<!-- compared: written by npm run evaluate -- --compare -->',
  to: '<!-- end of compared -->',
};

interface Kept {
  /** Accuracy with a fifth of the voices left out at a time. */
  fifth: number;
}

const { values, positionals } = parseArgs({
  options: { gate: { type: 'boolean' }, compare: { type: 'boolean' } },
  allowPositionals: true,
});
const tell = (what: string) => (done: number, all: number) =>
  console.error(`${what}: ${done} of ${all} trained`);

if (values.gate) await gate();
else if (values.compare) await compare();
else if (positionals[0] !== undefined) judge(positionals[0]);
else await evaluate();

async function gate(): Promise<void> {
  const { fifth: kept } = JSON.parse(readFileSync(KEPT, 'utf8')) as Kept;
  const { accuracy } = measure((await crossVoices(INTENTS_FOLDER, 'fifth', tell('gate'))).clean);
  const fell = accuracy < kept - MAY_FALL;
  console.log(
    `Accuracy on voices never seen (a fifth of them left out at a time): ${accuracy.toFixed(4)}; kept: ${kept.toFixed(4)}.` +
      (fell
        ? ` It fell by more than ${MAY_FALL}: mend the examples or the recipe, or say why and run npm run evaluate.`
        : ''),
  );
  if (fell) process.exitCode = 1;
}

function judge(file: string): void {
  console.log(figures(judgeFile(file, inUse())));
}

function inUse(): IntentClassifier {
  const config = readConfig(readEnvironment());
  return loadClassifier(modelPlace(config));
}

async function compare(): Promise<void> {
  const rows = await compareRecipes(INTENTS_FOLDER, tell('compare'));
  const text = table(
    ['fitted by', 'accuracy', 'seconds a model'],
    rows.map(({ recipe, accuracy, seconds }) => [recipe, accuracy, Math.round(seconds)]),
  );
  console.log(text);
  const [before, rest] = readFileSync(DOCUMENT, 'utf8').split(COMPARED.from) as [string, string];
  const after = rest.split(COMPARED.to)[1]!;
  writeFileSync(DOCUMENT, `${before}${COMPARED.from}\n\n${text}\n\n${COMPARED.to}${after}`);
}

async function evaluate(): Promise<void> {
  const one = await crossVoices(INTENTS_FOLDER, 'one', tell('leave one voice out'));
  const fifth = await crossVoices(INTENTS_FOLDER, 'fifth', tell('leave a fifth of the voices out'));
  const references = await referenceAccuracy(INTENTS_FOLDER, tell('natural and nlp.js'));
  const ours = measure(fifth.clean).accuracy;
  const text = [
    '## Leave one voice out',
    figures(one.clean),
    '![Confusion matrix](images/confusion.svg)',
    '## The same messages with a quarter of the words mistyped',
    table(
      ['', 'accuracy', 'macro-F1', 'resolved'],
      [one.clean, one.mistyped].map((judged, i) => {
        const { accuracy, macroF1, resolved } = measure(judged);
        return [i === 0 ? 'as written' : 'mistyped', accuracy, macroF1, resolved];
      }),
    ),
    '## Messages of other authors',
    'Never trained on: the files of `knowledge/evaluation`, judged by the model in use.',
    table(
      ['file', 'messages', 'accuracy', 'macro-F1', 'ECE', 'routed wrongly', 'asked', 'resolved'],
      FILES.map((file) => {
        const of = measure(judgeFile(join(FOLDER, file), inUse()));
        return [file, of.messages, of.accuracy, of.macroF1, of.ece, of.routedWrong, of.asked, of.resolved];
      }),
    ),
    '## Beside others',
    'Trained on the same examples in the same run, a fifth of the voices left out at a time; the references are asked about every fifth message.',
    table(
      ['classifier', 'accuracy'],
      [
        ['Guichet', ours],
        ['nlp.js, default settings', references.nlpJs],
        ['natural, naive Bayes', references.bayes],
      ],
    ),
    `Temperature that fits the mistyped, held-out messages: ${one.temperature} (in use: ${TEMPERATURE}).`,
  ].join('\n\n');
  console.log(text);
  const kept = readFileSync(DOCUMENT, 'utf8').split(MARK)[0]!;
  writeFileSync(DOCUMENT, `${kept}${MARK}\n\n${text}\n`);
  mkdirSync('docs/images', { recursive: true });
  writeFileSync(PICTURE, confusionPicture(one.clean));
  writeFileSync(KEPT, `${JSON.stringify({ fifth: Number(ours.toFixed(4)) } satisfies Kept, undefined, 2)}\n`);
}
