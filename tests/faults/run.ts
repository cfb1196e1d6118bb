import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * `npm run test:faults`: the long forms of the fault tests, one after the other, on loopback only. It ends by itself, prints seeds
 * and figures, and writes these into docs/reliability.md. Names of tests may follow: npm run test:faults -- kill stop
 */

const PAGE = 'docs/reliability.md';
const BEGIN = '<!-- figures: written by npm run test:faults -->';
const END = '<!-- end of figures -->';

const chosen = process.argv.slice(2);
const figures = join(mkdtempSync(join(tmpdir(), 'guichet-figures-')), 'figures.jsonl');
writeFileSync(figures, '');
const began = performance.now();
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--forceExit',
    '--testMatch',
    '**/tests/faults/*.(test|long).ts',
    '--testPathPatterns',
    ...(chosen.length > 0 ? chosen.map((name) => `tests/faults/${name}`) : ['tests/faults/']),
  ],
  { stdio: 'inherit', env: { ...process.env, FAULTS: 'long', FAULTS_FIGURES: figures } },
);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
if (status === 0) writeTable();
process.stdout.write(
  status === 0 ? `Done in ${minutes} min.\n` : `Failed after ${minutes} min; ${PAGE} is as it was.\n`,
);
process.exitCode = status ?? 1;

/** Rows of tests that were not run stay as they were. */
function writeTable(): void {
  const page = readFileSync(PAGE, 'utf8');
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${PAGE} lacks the lines "${BEGIN}" and "${END}".`);
  const rows = new Map(
    [...page.slice(start, end).matchAll(/^\| (?!fault \||---)(.+?) \| (.+?) \| (.+?) \|$/gm)].map(
      ([, fault = '', measured = '', when = '']) => [fault, { measured, when }],
    ),
  );
  const when = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores`;
  for (const line of readFileSync(figures, 'utf8').split('\n').filter(Boolean)) {
    const { fault, measured } = JSON.parse(line) as { fault: string; measured: string };
    rows.set(fault, { measured, when });
  }
  const table = [
    '| fault | measured | when |',
    '|---|---|---|',
    ...[...rows].map(([fault, row]) => `| ${fault} | ${row.measured} | ${row.when} |`),
  ];
  writeFileSync(PAGE, `${page.slice(0, start)}${BEGIN}\n${table.join('\n')}\n${page.slice(end)}`);
}
