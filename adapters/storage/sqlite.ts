import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { DatabaseError } from './databaseError.ts';
import { GroupCommit } from './groupCommit.ts';
import { isMigrated, migrate } from './migrations.ts';
import type { Tables } from './schema.ts';
import { SqlStore } from './sqlStore.ts';

/** The database, in its folder. */
export const DATABASE_FILE = 'guichet.db';

/** Another process has the database; the message says which file and what to do. */
export class DatabaseInUseError extends DatabaseError {
  constructor(folder: string) {
    super(
      `Another process already serves the database in ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
    );
    this.name = 'DatabaseInUseError';
  }
}

/** There is no database that a command could work on; the message says why and what to do. */
class NoDatabaseError extends DatabaseError {
  constructor(message: string) {
    super(message);
    this.name = 'NoDatabaseError';
  }
}

/**
 * Opens the embedded store in `folder` (made when absent), with its tables at the newest shape.
 * @throws DatabaseInUseError when another process has it open.
 */
export async function openSqliteStore(folder: string): Promise<SqlStore> {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  const { database, db } = openDatabase(folder);
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
  return storeOver(database, db, () => lock.close());
}

/**
 * Opens the store of a folder for a short command, while a server runs on it or none. SQLite lets writers of several
 * processes in one after the other, and turns are fenced by their version; what one process alone may do (tables brought
 * to a new shape, rows taken from a dead process) is left to the server.
 * @throws NoDatabaseError
 */
export async function openSqliteBeside(folder: string): Promise<SqlStore> {
  if (!existsSync(join(folder, DATABASE_FILE)))
    throw new NoDatabaseError(`There is no database in ${folder}; name its folder with DATA_DIR.`);
  const { database, db } = openDatabase(folder);
  if (!(await isMigrated(db, 'blob'))) {
    await db.destroy();
    throw new NoDatabaseError(
      `The database in ${folder} is of an older release; start the server once, which brings it to this one.`,
    );
  }
  return storeOver(database, db, () => undefined);
}

function openDatabase(folder: string): { database: DatabaseSync; db: Kysely<Tables> } {
  const database = new DatabaseSync(join(folder, DATABASE_FILE));
  // busy_timeout comes first: a reader such as a backup may hold the file while the journal mode is set.
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('PRAGMA journal_mode = WAL');
  // FULL: an acknowledged message survives a power cut, not only a crash of the process.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  // What redaction rewrites must leave the file, not only the rows.
  database.exec('PRAGMA secure_delete = ON');
  return {
    database,
    db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(database) }) }),
  };
}

function storeOver(database: DatabaseSync, db: Kysely<Tables>, onClose: () => void): SqlStore {
  const log = new WriteAheadLog(database);
  const group = new GroupCommit(db);
  return new SqlStore(db, {
    writtenElsewhere: otherWriters(database),
    skipsLocked: false,
    commit: (write) => group.run(write),
    afterRewrite: () => log.empty(),
    onClose: () => {
      log.close();
      onClose();
    },
  });
}

/** SQLite's counter of what others commit; our own commits leave it as it is. */
function otherWriters(database: DatabaseSync): () => boolean {
  const counter = database.prepare('PRAGMA data_version');
  const read = (): unknown => counter.get()?.['data_version'];
  let last = read();
  return () => {
    const now = read();
    const changed = now !== last;
    last = now;
    return changed;
  };
}

/** Milliseconds until the log is emptied anew, when a reader held it back. */
const EMPTY_AGAIN = 5_000;

/** SQLite's log of writes: what was erased stays in it until it is moved into the database and cut. */
class WriteAheadLog {
  private readonly database: DatabaseSync;
  private again: NodeJS.Timeout | undefined;

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  /** @returns false when a reader, such as a backup, held it back; then it is done as soon as that has gone. */
  empty(): boolean {
    clearTimeout(this.again);
    // No waiting: turns would wait with it.
    this.database.exec('PRAGMA busy_timeout = 0');
    const result = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    this.database.exec('PRAGMA busy_timeout = 5000');
    if (result?.['busy'] === 0) return true;
    this.again = setTimeout(() => this.empty(), EMPTY_AGAIN).unref();
    return false;
  }

  close(): void {
    clearTimeout(this.again);
  }
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

/** Statements that are kept; ours are fewer, but for those whose number of rows differs. */
const MOST_KEPT = 300;

/** node:sqlite behind the interface that kysely's SQLite dialect expects. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  type Value = string | number | bigint | null | Uint8Array;
  type Statement = ReturnType<SqliteDatabase['prepare']>;
  const kept = new Map<string, Statement>();
  const prepare = (text: string): Statement => {
    // At once for writing: a transaction that reads first would be refused when a command writes in between.
    const statement = database.prepare(text === 'begin' ? 'begin immediate' : text);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...(parameters as Value[])),
      run: (parameters) => statement.run(...(parameters as Value[])),
      iterate: (parameters) => statement.iterate(...(parameters as Value[])) as IterableIterator<unknown>,
    };
  };
  return {
    close: () => database.close(),
    prepare: (text) => {
      // SQLite itself rolls back when the disk is full; to ask for it again would hide why.
      if (text === 'rollback' && !database.isTransaction) return NOTHING;
      const statement = kept.get(text) ?? prepare(text);
      // What was used last stays longest.
      kept.delete(text);
      kept.set(text, statement);
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
      return statement;
    },
  };
}
