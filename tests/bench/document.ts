import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { figure, type Goal, isMet, type Measured, type Row, type Table } from './row.ts';

const PAGE = 'docs/performance.md';

/** A row's figures as a section of the page, with a verdict for each goal. */
export function section({ name, title }: Row, { how, table, goals, missing = [] }: Measured): string {
  return [
    `## ${title}`,
    '',
    `\`npm run bench -- ${name}\`, ${machine()}.`,
    '',
    how,
    '',
    ...tableLines(table),
    '',
    ...tableLines({
      head: ['goal', 'measured', 'should be', 'verdict'],
      rows: goals.map((goal) => [
        goal.what,
        `${figure(goal.measured)} ${goal.unit}`.trim(),
        bound(goal),
        isMet(goal) ? 'met' : '**not met**',
      ]),
    }),
    ...missing.map((line) => `\nNot measured: ${line}`),
    '',
  ].join('\n');
}

/** Writes the sections of the rows that were run into the page; those of other rows stay as they were. */
export function writePage(rows: readonly Row[], sections: ReadonlyMap<string, string>): void {
  const page = readFileSync(PAGE, 'utf8');
  const body = rows.map(({ name }) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const kept = page.includes(begin) ? page.slice(page.indexOf(begin), page.indexOf(end) + end.length) : '';
    const fresh = sections.get(name);
    return fresh === undefined ? kept : `${begin}\n\n${fresh}\n${end}`;
  });
  const marker = '<!-- rows: written by npm run bench -->';
  const head = page.slice(0, page.indexOf(marker) + marker.length);
  writeFileSync(PAGE, `${[head, ...body.filter(Boolean)].join('\n\n')}\n`);
  execFileSync('node_modules/.bin/prettier', ['--write', PAGE], { stdio: 'ignore' });
}

function bound({ atLeast, atMost, unit }: Goal): string {
  const said = atLeast === undefined ? `at most ${figure(atMost!)}` : `at least ${figure(atLeast)}`;
  return `${said} ${unit}`.trim();
}

function tableLines({ head, rows }: Table): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu!.model.trim()}, ${memory} GB, Node ${process.version}`;
}
