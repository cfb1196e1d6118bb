import { readFileSync, writeFileSync } from 'node:fs';
import { appPackage, PackageError } from '../../adapters/teams/appPackage.ts';
import { ConfigError, readConfig, readEnvironment } from '../config.ts';

/** `npm run teams:package`: the app package of the settings, for the administrator of Teams. */
const FILE = 'guichet-teams.zip';

try {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  writeFileSync(FILE, appPackage(readConfig(readEnvironment()), version));
  process.stdout.write(`${FILE} is written; docs/teams.md says how it is uploaded.\n`);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PackageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
