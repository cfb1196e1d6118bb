import { statSync } from 'node:fs';
import { backUp, BackupError } from '../../adapters/storage/backup.ts';
import { readConfig, readEnvironment } from '../config.ts';

/** `npm run backup -- FILE`: copies the database to a new file, whole, while the server runs. See docs/operations.md. */
const [file] = process.argv.slice(2);
const { DATA_DIR, DATABASE_URL } = readConfig(readEnvironment());
try {
  if (DATABASE_URL !== undefined)
    throw new BackupError('The database is PostgreSQL; use pg_dump, as docs/operations.md shows.');
  if (file === undefined)
    throw new BackupError('Name the new file: npm run backup -- backups/guichet-2026-11-25.db');
  backUp(DATA_DIR, file);
  process.stdout.write(`Backed up to ${file} (${statSync(file).size} bytes).\n`);
} catch (error) {
  if (!(error instanceof BackupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
