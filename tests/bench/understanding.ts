import { readFileSync } from 'node:fs';
import { redact } from '../../bot/redaction.ts';
import { findEntities } from '../../knowledge/entities.ts';
import { trainNlpJs } from '../../knowledge/evaluation/references.ts';
import { loadExamples } from '../../knowledge/examples.ts';
import { loadClassifier } from '../../knowledge/modelFile.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';
import { percentile } from './load.ts';
import { figure, type Row } from './row.ts';

const INTENTS = 'knowledge/intents';
/** What forty people wrote; none of it is in the training sentences. */
const MESSAGES = 'knowledge/evaluation/fortyPeople.tsv';
const LONG = 500;
const ROUNDS = 4;

export const understanding: Row = {
  name: 'understanding',
  title: 'Understanding and redaction',
  run: async (short) => {
    const messages = readFileSync(MESSAGES, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t').at(-1)!);
    const long = longOf(messages);
    const classifier = loadClassifier({ intents: INTENTS, cacheDir: MODEL_FOLDER });
    const now = new Date();
    // Not by the bot's finders, which remember the texts of a turn.
    const ours = (text: string): void => {
      classifier.classify(text);
      findEntities(text, { now });
    };
    const examples = loadExamples(INTENTS);
    const nlpJs = await trainNlpJs(short ? examples.filter((_, i) => i % 8 === 0) : examples);

    const read = await timed(messages, ours);
    const readLong = await timed(long, ours);
    const theirs = await timed(messages, nlpJs);
    const theirsLong = await timed(long, nlpJs);
    const masked = await timed(messages, redact);
    const maskedLong = await timed(long, redact);
    const line = (name: string, times: readonly number[]): string[] => [
      name,
      `${figure(mean(times))} µs`,
      `${figure(percentile(times, 50))} µs`,
      `${figure(percentile(times, 99))} µs`,
    ];
    return {
      how: `${messages.length} messages that forty people wrote, of ${figure(mean(messages.map(({ length }) => length)))} characters in the mean, and ${long.length} of ${LONG} characters made of them; each read ${ROUNDS} times after a round for warming up, of which the shortest counts. Guichet: classify and find all entities; nlp.js: its own process(), which does both, trained on ${short ? 'an eighth of ' : ''}the same ${examples.length} sentences.`,
      table: {
        head: ['a message', 'mean', 'p50', 'p99'],
        rows: [
          line('Guichet', read),
          line('nlp.js', theirs),
          line(`Guichet, ${LONG} characters`, readLong),
          line(`nlp.js, ${LONG} characters`, theirsLong),
          line('Redaction', masked),
          line(`Redaction, ${LONG} characters`, maskedLong),
        ],
      },
      goals: [
        {
          what: 'Classify and entities against nlp.js',
          measured: mean(read) / mean(theirs),
          unit: '×',
          atMost: 1,
          broken: 12,
        },
        {
          what: `Classify and entities, p99 of ${LONG} characters`,
          measured: percentile(readLong, 99) / 1000,
          unit: 'ms',
          atMost: 1,
        },
        { what: 'Redaction of a message, mean', measured: mean(masked) / 1000, unit: 'ms', atMost: 0.1 },
      ],
    };
  },
};

/** Messages one after the other, up to the length. */
function longOf(messages: readonly string[]): string[] {
  const long: string[] = [];
  let text = '';
  for (const message of messages) {
    text = `${text} ${message}`.trim();
    if (text.length < LONG) continue;
    long.push(text.slice(0, LONG));
    text = '';
  }
  return long;
}

/**
 * Microseconds that each text takes, the least of a few times: what else the machine does in between is not the text's. The
 * first round is for warming up.
 */
async function timed(texts: readonly string[], work: (text: string) => unknown): Promise<number[]> {
  const least = texts.map(() => Infinity);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [i, text] of texts.entries()) {
      const began = performance.now();
      await work(text);
      if (round > 0) least[i] = Math.min(least[i]!, (performance.now() - began) * 1000);
    }
  }
  return least;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
