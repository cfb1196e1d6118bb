import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Commits that share one wait at most: what comes later is in the next one. */
const MOST = 64;

interface Waiting {
  write(trx: Transaction<Tables>): Promise<unknown>;
  /** Called when what was written is on the disk. */
  done(result: unknown): void;
  failed(error: unknown): void;
}

/**
 * Commits of several conversations in one transaction, and so with one wait for the disk. The wait is the greatest part of a
 * commit, and SQLite has but one writer: while one group is on its way to the disk, the next one gathers. Each commit is
 * written whole or not at all, whatever becomes of the others, and none is acknowledged before the disk has it.
 */
export class GroupCommit {
  private readonly db: Kysely<Tables>;
  private readonly waiting: Waiting[] = [];
  private running = false;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  /**
   * @param write what is to be committed; what it throws undoes it alone
   * @returns what `write` returned, once it is on the disk
   */
  run<T>(write: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return new Promise((resolve, failed) => {
      this.waiting.push({ write, done: (result) => resolve(result as T), failed });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      // Requests that have arrived meanwhile get as far as their own commit, and come along.
      await new Promise((resolve) => setImmediate(resolve));
      await this.commit(this.waiting.splice(0, MOST));
    }
    this.running = false;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    const ends: (() => void)[] = [];
    try {
      await this.db.transaction().execute(async (trx) => {
        for (const one of group) ends.push(await attempt(trx, one));
      });
    } catch (error) {
      for (const one of group) one.failed(error);
      return;
    }
    for (const end of ends) end();
  }
}

/** Writes one of a group, or undoes it. @returns what to tell its caller when the group is on the disk */
async function attempt(trx: Transaction<Tables>, one: Waiting): Promise<() => void> {
  await sql`savepoint one`.execute(trx);
  try {
    const result = await one.write(trx);
    await sql`release one`.execute(trx);
    return () => one.done(result);
  } catch (error) {
    // A disk that is full has undone the whole group already: then this fails too, and with it every commit of the group.
    await sql`rollback to one`.execute(trx);
    await sql`release one`.execute(trx);
    return () => one.failed(error);
  }
}
