import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';
import { SqlStore } from './sqlStore.ts';

/** The database, in its folder. */
export const DATABASE_FILE = 'guichet.db';

/** Another process has the database; the message says which file and what to do. */
export class DatabaseInUseError extends Error {
  constructor(folder: string) {
    super(
      `Another process already serves the database in ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
    );
    this.name = 'DatabaseInUseError';
  }
}

/**
 * Opens the embedded store in `folder` (made when absent), with its tables at the newest shape.
 * @throws DatabaseInUseError when another process has it open.
 */
export async function openSqliteStore(folder: string): Promise<SqlStore> {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  const database = new DatabaseSync(join(folder, DATABASE_FILE));
  // busy_timeout comes first: a reader such as a backup may hold the file while the journal mode is set.
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('PRAGMA journal_mode = WAL');
  // FULL: an acknowledged message survives a power cut, not only a crash of the process.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  // What redaction rewrites must leave the file, not only the rows.
  database.exec('PRAGMA secure_delete = ON');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(database) }) });
  await migrate(db, 'blob');
  // The lock says that whoever claimed a row is dead.
  await db
    .updateTable('outbox')
    .set({ claimed_until: null })
    .where('claimed_until', 'is not', null)
    .execute();
  await db
    .updateTable('timers')
    .set({ claimed_until: null })
    .where('claimed_until', 'is not', null)
    .execute();
  return new SqlStore(db, {
    skipsLocked: false,
    afterRewrite: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    onClose: () => lock.close(),
  });
}

/**
 * One process a file. The lock is SQLite's own on a file beside the database: the operating system drops it when the
 * process dies, however it dies, and the database itself stays readable for backups.
 * @throws DatabaseInUseError when another process has it.
 */
export function lockFolder(folder: string): DatabaseSync {
  const lock = new DatabaseSync(join(folder, 'guichet.lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (/locked/.test(String(error))) throw new DatabaseInUseError(folder);
    throw error;
  }
}

/** A statement that does nothing. */
const NOTHING: ReturnType<SqliteDatabase['prepare']> = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/** node:sqlite behind the interface that kysely's SQLite dialect expects. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  type Value = string | number | bigint | null | Uint8Array;
  return {
    close: () => database.close(),
    prepare: (text) => {
      // SQLite itself rolls back when the disk is full; to ask for it again would hide why.
      if (text === 'rollback' && !database.isTransaction) return NOTHING;
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as Value[])),
        run: (parameters) => statement.run(...(parameters as Value[])),
        iterate: (parameters) => statement.iterate(...(parameters as Value[])) as IterableIterator<unknown>,
      };
    },
  };
}
