import type { Selectable } from 'kysely';
import { HISTORY_LINES } from '../../bot/redaction.ts';
import type { StoredActivity } from '../../bot/store.ts';
import type { Tables } from './schema.ts';

/** A conversation with what was said last in it, oldest first: as much as a turn looks back on. */
export interface Known {
  row: Selectable<Tables['conversations']>;
  last: readonly StoredActivity[];
}

interface Entry {
  reading: Promise<Known | undefined>;
  /** What was read, or committed since. */
  known?: Known;
}

/** Some 55 kB each, measured with full histories of the bot’s own sentences. */
const MOST_KEPT = 500;

/**
 * The conversations that turns were committed in lately, so that the next turn need not read them. For a process that is nearly
 * alone on its database: when another one writes, such as an operator's command, all are read anew.
 */
export class RecentConversations {
  private readonly read: (id: string) => Promise<Known | undefined>;
  private readonly writtenElsewhere: () => boolean;
  /** In the order of their last use. */
  private readonly kept = new Map<string, Entry>();

  /**
   * @param read reads a conversation from the database
   * @param writtenElsewhere whether another process has written to the database since it was last asked
   */
  constructor(read: (id: string) => Promise<Known | undefined>, writtenElsewhere: () => boolean) {
    this.read = read;
    this.writtenElsewhere = writtenElsewhere;
  }

  async get(id: string): Promise<Known | undefined> {
    if (this.writtenElsewhere()) this.forgetAll();
    const entry = this.kept.get(id);
    if (!entry) return this.fill(id);
    this.kept.delete(id);
    this.kept.set(id, entry);
    return entry.known ?? entry.reading;
  }

  /** What a commit made of the state at `version`. What was not known whole before it is read anew. */
  committed(id: string, version: number, state: string | null, activities: readonly StoredActivity[]): void {
    const entry = this.kept.get(id);
    if (entry?.known?.row.version !== version) return this.forget(id);
    const { row, last } = entry.known;
    entry.known = {
      row: {
        ...row,
        version: version + 1,
        last_seq: row.last_seq + activities.length,
        state: state ?? row.state,
      },
      last: [...last, ...activities].slice(-HISTORY_LINES),
    };
  }

  forget(id: string): void {
    this.kept.delete(id);
  }

  forgetAll(): void {
    this.kept.clear();
  }

  private async fill(id: string): Promise<Known | undefined> {
    const entry: Entry = { reading: this.read(id) };
    this.kept.set(id, entry);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    try {
      const known = await entry.reading;
      // What is forgotten meanwhile is no longer in the map, and what is kept in the entry is lost with it.
      if (known) entry.known = known;
      return known;
    } finally {
      if (!entry.known && this.kept.get(id) === entry) this.kept.delete(id);
    }
  }
}
