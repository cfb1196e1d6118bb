import { loadClassifier } from '../../knowledge/modelFile.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';
import { section, writePage } from './document.ts';
import { isBroken, type Row } from './row.ts';
import { growth } from './growth.ts';
import { sockets } from './sockets.ts';
import { start } from './start.ts';
import { turns } from './turns.ts';
import { understanding } from './understanding.ts';
import { widget } from './widget.ts';

/*
 * `npm run bench`: measures and writes docs/performance.md; some eight minutes, on loopback only, ends by itself. Names of rows may
 * follow: npm run bench -- turns start. With --short it takes a minute, writes nothing, and fails when a ratio is so bad that something was broken.
 */

const ROWS: readonly Row[] = [turns, growth, sockets, understanding, start, widget];

const short = process.argv.includes('--short');
const names = process.argv.slice(2).filter((word) => word !== '--short');
const unknown = names.filter((name) => !ROWS.some((row) => row.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no row ${unknown.join(', ')}; the rows are ${ROWS.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(1);
}
// Trained before anything is measured, where it is not kept.
loadClassifier({ intents: 'knowledge/intents', cacheDir: MODEL_FOLDER });

const began = performance.now();
const sections = new Map<string, string>();
let broken = 0;
for (const row of ROWS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const measured = await row.run(short);
  sections.set(row.name, section(row, measured));
  process.stdout.write(`${sections.get(row.name)!}\n`);
  for (const goal of short ? measured.goals.filter(isBroken) : []) {
    broken += 1;
    process.stdout.write(`BROKEN: ${goal.what}\n`);
  }
}
if (!short) writePage(ROWS, sections);
process.stdout.write(`Done in ${((performance.now() - began) / 60_000).toFixed(1)} min.\n`);
process.exit(broken > 0 ? 1 : 0);
