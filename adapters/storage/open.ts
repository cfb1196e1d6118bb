import { openSqliteBeside, openSqliteStore } from './sqlite.ts';
import type { SqlStore } from './sqlStore.ts';

/**
 * Opens the store that the settings name: PostgreSQL where there is a DATABASE_URL, else SQLite in DATA_DIR.
 * @throws DatabaseError with what to do.
 */
export function openStore(settings: {
  DATABASE_URL?: string | undefined;
  DATA_DIR: string;
}): Promise<SqlStore> {
  return settings.DATABASE_URL === undefined
    ? openSqliteStore(settings.DATA_DIR)
    : onPostgres(settings.DATABASE_URL);
}

/**
 * Opens the same store for a short command, beside the servers that use it.
 * @throws DatabaseError with what to do.
 */
export function openStoreBeside(settings: {
  DATABASE_URL?: string | undefined;
  DATA_DIR: string;
}): Promise<SqlStore> {
  return settings.DATABASE_URL === undefined
    ? openSqliteBeside(settings.DATA_DIR)
    : onPostgres(settings.DATABASE_URL);
}

/** Its driver is loaded where it is used alone. */
async function onPostgres(url: string): Promise<SqlStore> {
  const { openPostgresStore } = await import('./postgres.ts');
  return openPostgresStore(url);
}
