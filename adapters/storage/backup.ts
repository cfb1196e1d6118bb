import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE, lockFolder } from './sqlite.ts';

/** A backup or a restore that cannot be made; the message says why and what to do. */
export class BackupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupError';
  }
}

/**
 * Copies the database in `folder` to `file`, while a server uses it: one moment of it, whole. `file` appears only when
 * the copy is complete, checked and on disk; only its owner may read it.
 * @throws BackupError when there is no database, or `file` is there already.
 */
export function backUp(folder: string, file: string): void {
  const from = join(folder, DATABASE_FILE);
  if (!existsSync(from))
    throw new BackupError(`There is no database in ${folder}; name its folder with DATA_DIR.`);
  if (existsSync(file)) throw new BackupError(`${file} is there already; name a new file.`);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.partial`;
  try {
    // It must never be readable to others, not even while it is written: it holds conversations and keys.
    closeSync(openSync(draft, 'wx', 0o600));
    const database = new DatabaseSync(from);
    try {
      database.exec('PRAGMA busy_timeout = 5000');
      // One read transaction: the server goes on writing beside it, and the copy has no page of what was erased.
      database.prepare('VACUUM INTO ?').run(draft);
    } finally {
      database.close();
    }
    checkWhole(draft);
    sync(draft);
    renameSync(draft, file);
    sync(dirname(file));
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Puts a backup in the place of the database in `folder`. The one that was there is kept beside it.
 * @param now for the name of the one that was there
 * @returns the file that was there, under its new name; undefined when there was none
 * @throws BackupError when `file` is no whole backup; DatabaseInUseError while a server runs on the folder.
 */
export function restore(file: string, folder: string, now: Date): string | undefined {
  if (!existsSync(file)) throw new BackupError(`There is no ${file}.`);
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  try {
    const draft = join(folder, `restore.${process.pid}.partial`);
    try {
      closeSync(openSync(draft, 'wx', 0o600));
      checkWhole(file);
      const database = new DatabaseSync(file, { readOnly: true });
      try {
        database.prepare('VACUUM INTO ?').run(draft);
      } finally {
        database.close();
      }
      sync(draft);
      const place = join(folder, DATABASE_FILE);
      const before = setAside(place, now);
      renameSync(draft, place);
      sync(folder);
      return before;
    } finally {
      rmSync(draft, { force: true });
    }
  } finally {
    lock.close();
  }
}

/** A database is its file and what was not yet moved into it; both keep their names' ends, by which SQLite finds them. */
function setAside(place: string, now: Date): string | undefined {
  if (!existsSync(place)) return undefined;
  const before = `${place}.before-${now.toISOString().replaceAll(':', '-')}`;
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(place + part)) renameSync(place + part, before + part);
  return before;
}

function checkWhole(file: string): void {
  let found: unknown;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      found = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
      database.prepare('SELECT count(*) FROM conversations').get();
    } finally {
      database.close();
    }
  } catch (error) {
    throw new BackupError(`${file} is no database of Guichet (${String(error)}).`);
  }
  if (found !== 'ok') throw new BackupError(`${file} is damaged: ${String(found)}.`);
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
