import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseError } from '../../../adapters/storage/databaseError.ts';
import { checkPostgres } from '../../../adapters/storage/postgres.ts';
import type { Config } from '../../config.ts';
import { type Finding, reasonOf } from './finding.ts';

/** Opens the database for reading: nothing is made or brought to a newer shape. */
export async function database({ DATABASE_URL, DATA_DIR }: Config): Promise<Finding[]> {
  return DATABASE_URL === undefined ? sqlite(DATA_DIR) : postgres(DATABASE_URL);
}

async function postgres(url: string): Promise<Finding[]> {
  const { host, pathname } = new URL(url);
  try {
    await checkPostgres(url);
    return [{ state: 'good', says: `PostgreSQL: the database ${pathname.slice(1)} at ${host} can serve.` }];
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return [{ state: 'wrong', says: `PostgreSQL: ${error.message}` }];
  }
}

function sqlite(folder: string): Finding[] {
  const file = join(folder, 'guichet.db');
  if (!existsSync(file))
    return [{ state: 'note', says: `SQLite: ${file} is not there yet; the first start makes it.` }];
  try {
    const opened = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      const { count } = opened.prepare('select count(*) as count from conversations').get() as {
        count: number;
      };
      return [{ state: 'good', says: `SQLite: ${file} can be read; conversations: ${count}.` }];
    } finally {
      opened.close();
    }
  } catch (error) {
    return [
      {
        state: 'wrong',
        says: `SQLite: ${file} cannot be read: ${reasonOf(error)}.`,
        todo: 'Put the last backup in its place (docs/operations.md), or name another folder with DATA_DIR.',
      },
    ];
  }
}
