import { ConfigError, readConfig, readEnvironment } from '../config.ts';
import { checks } from './doctor/checks.ts';
import { envFile } from './doctor/envFile.ts';
import { nodeVersion } from './doctor/machine.ts';
import type { Finding } from './doctor/finding.ts';

/**
 * `npm run doctor`: looks at what the server needs with the settings that it would start with, changes and sends nothing, and
 * says of each what to do. Ends with 1 when something is wrong.
 */
const MARKS = { good: '✓', note: '–', wrong: '✗' };

let wrong = 0;
function tell({ state, says, todo }: Finding): void {
  if (state === 'wrong') wrong += 1;
  console.log(`${MARKS[state]} ${says}${todo === undefined ? '' : `\n    ${todo}`}`);
}

for (const finding of [nodeVersion(), ...envFile()]) tell(finding);
try {
  const config = readConfig(readEnvironment());
  tell({ state: 'good', says: 'The settings are readable.' });
  for (const check of checks) for (const finding of await check(config)) tell(finding);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  tell({ state: 'wrong', says: error.message });
}
console.log(
  wrong === 0 ? 'Nothing stands in the way of npm start.' : `${wrong} thing${wrong > 1 ? 's' : ''} to mend.`,
);
process.exitCode = wrong === 0 ? 0 : 1;
