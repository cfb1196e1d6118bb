import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Commits that share one wait at most: what comes later is in the next one. */
const MOST = 64;

interface Waiting {
  /** Called anew when the group that it was in could not be written. */
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
    try {
      const results = await this.db.transaction().execute(async (trx) => {
        const written: unknown[] = [];
        for (const one of group) written.push(await one.write(trx));
        return written;
      });
      group.forEach((one, i) => one.done(results[i]));
    } catch (error) {
      const [only] = group;
      if (group.length === 1) return only!.failed(error);
      // Nothing of the group was written: each one is now on its own, and fails alone.
      for (const one of group) await this.commit([one]);
    }
  }
}
