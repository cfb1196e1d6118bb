import { BackupError, restore } from '../../adapters/storage/backup.ts';
import { DatabaseInUseError } from '../../adapters/storage/sqlite.ts';
import { readConfig, readEnvironment } from '../config.ts';

/**
 * `npm run restore -- FILE`: puts a backup in the place of the database, which is kept beside it. The server must be
 * stopped. See docs/operations.md.
 */
const [file] = process.argv.slice(2);
const { DATA_DIR, DATABASE_URL } = readConfig(readEnvironment());
try {
  if (DATABASE_URL !== undefined)
    throw new BackupError('The database is PostgreSQL; use pg_restore, as docs/operations.md shows.');
  if (file === undefined)
    throw new BackupError('Name the backup: npm run restore -- backups/guichet-2026-11-25.db');
  const before = restore(file, DATA_DIR, new Date());
  const kept = before === undefined ? '' : ` What was there is kept as ${before}.`;
  process.stdout.write(`Restored ${file} into ${DATA_DIR}.${kept}\n`);
} catch (error) {
  if (!(error instanceof BackupError || error instanceof DatabaseInUseError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
