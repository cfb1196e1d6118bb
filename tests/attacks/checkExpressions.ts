import { writeFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { CHECKED, literals, parts } from './expressions.ts';

/*
 * `node tests/attacks/checkExpressions.ts`: asks recheck of every regular expression literal, keeps the safe ones, and prints the
 * others with the text that makes them slow. Some minutes.
 */

const checked: { safe: string[]; others: string[] } = { safe: [], others: [] };
for (const [literal, file] of literals()) {
  const { source, flags } = parts(literal);
  const found = checkSync(source, flags, { timeout: 20_000 });
  checked[found.status === 'safe' ? 'safe' : 'others'].push(literal);
  const how = found.status === 'vulnerable' ? found.complexity.summary : found.status;
  if (found.status !== 'safe') process.stdout.write(`${how} ${file} ${literal}\n`);
}
writeFileSync(CHECKED, `${JSON.stringify([...new Set(checked.safe)].toSorted(), null, 2)}\n`);
process.stdout.write(`${checked.safe.length} safe, ${checked.others.length} others\n`);
// Its own process would go on in the background.
process.exit(0);
