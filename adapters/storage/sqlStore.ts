import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type {
  CommitResult,
  ConversationRecord,
  OutboxRow,
  Reach,
  Store,
  StoredActivity,
  Ticket,
  TicketQuery,
  TurnCommit,
  Upload,
} from '../../bot/store.ts';
import { HISTORY_LINES } from '../../bot/redaction.ts';
import { answered, readActivity } from './activityRows.ts';
import { SqlAgents } from './agentRows.ts';
import { SqlAudit } from './auditRows.ts';
import { conversationRow, lastActivities, readConversation, readKnown } from './conversationRows.ts';
import { SqlDesk } from './deskRows.ts';
import { erase } from './erasure.ts';
import { SqlDeliveries } from './outboxRows.ts';
import { SqlPrivacy } from './privacyRows.ts';
import { RecentConversations } from './recentConversations.ts';
import { SqlRecords } from './recordRows.ts';
import type { Tables } from './schema.ts';
import { ticketOf, ticketsOfConversation, ticketsOfCustomer, ticketsPage } from './ticketRows.ts';
import { SqlTimers } from './timerRows.ts';
import { writeTurn } from './turnCommit.ts';

/** Bytes that hardly a turn writes more than. */
const LARGE_TURN = 64 * 1024;

/** What differs between engines, besides how they are opened. */
export interface Engine {
  /** Whether another process has written since it was last asked; where many do all the time, nobody asks. */
  writtenElsewhere?: () => boolean;
  /** Rows can be locked one by one, and those of other processes passed over; SQLite has but one writer. */
  skipsLocked: boolean;
  /** Writes a turn in a transaction. @returns what `write` returned, once it is on the disk */
  commit<T>(write: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** What was rewritten or erased is to leave the files too. @returns false when something held that back for now */
  afterRewrite(): boolean;
  onClose(): Promise<void> | void;
}

/** The store over any SQL engine that kysely speaks; what differs between engines comes in by `engine`. */
export class SqlStore implements Store {
  readonly db: Kysely<Tables>;
  readonly deliveries: SqlDeliveries;
  readonly timers: SqlTimers;
  readonly desk: SqlDesk;
  readonly records: SqlRecords;
  readonly agents: SqlAgents;
  readonly privacy: SqlPrivacy;
  readonly audit: SqlAudit;
  private readonly engine: Engine;
  private readonly recent: RecentConversations | undefined;

  constructor(db: Kysely<Tables>, given: Engine) {
    this.db = db;
    const { writtenElsewhere } = given;
    this.recent = writtenElsewhere && new RecentConversations((id) => readKnown(db, id), writtenElsewhere);
    // What must leave the files must not come back from memory.
    const engine: Engine = {
      ...given,
      afterRewrite: () => {
        this.recent?.forgetAll();
        return given.afterRewrite();
      },
    };
    this.deliveries = new SqlDeliveries(db, engine);
    this.timers = new SqlTimers(db, engine);
    this.desk = new SqlDesk(db);
    this.records = new SqlRecords(db);
    this.agents = new SqlAgents(db);
    this.privacy = new SqlPrivacy(db, engine);
    this.audit = new SqlAudit(db);
    this.engine = engine;
  }

  async openConversation(start: {
    id: string;
    channel: string;
    userId: string;
    now: Date;
    reach?: Reach;
  }): Promise<{ created: boolean }> {
    const result = await this.db
      .insertInto('conversations')
      .values({
        id: start.id,
        channel: start.channel,
        user_id: start.userId,
        created_at: start.now.toISOString(),
        last_seq: 0,
        version: 0,
        state: '{}',
        reach: start.reach ? JSON.stringify(start.reach) : null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return { created: (result.numInsertedOrUpdatedRows ?? 0n) > 0n };
  }

  async setReach(conversationId: string, reach: Reach): Promise<void> {
    await this.db
      .updateTable('conversations')
      .set({ reach: JSON.stringify(reach) })
      .where('id', '=', conversationId)
      .execute();
    this.recent?.forget(conversationId);
  }

  async conversation(id: string): Promise<ConversationRecord | undefined> {
    const row = this.recent ? (await this.recent.get(id))?.row : await conversationRow(this.db, id);
    return row && readConversation(row);
  }

  async activities(conversationId: string, watermark = 0, limit = 100_000): Promise<StoredActivity[]> {
    const rows = await this.db
      .selectFrom('activities')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('seq', '>', watermark)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map(readActivity);
  }

  async lastActivities(conversationId: string, count: number): Promise<StoredActivity[]> {
    if (count <= HISTORY_LINES && this.recent) {
      const known = await this.recent.get(conversationId);
      return known ? known.last.slice(-count) : [];
    }
    return lastActivities(this.db, conversationId, count);
  }

  async answeredBefore(conversationId: string, key: string): Promise<StoredActivity[] | undefined> {
    return answered(this.db, conversationId, key);
  }

  async commitTurn(commit: TurnCommit): Promise<CommitResult> {
    const { conversationId: id, version } = commit;
    const state = commit.state === undefined ? null : JSON.stringify(commit.state);
    let result: CommitResult;
    try {
      result = await this.engine.commit((trx) => writeTurn(trx, commit, state));
    } catch (error) {
      this.recent?.forget(id);
      throw error;
    }
    if (result.outcome === 'conflict') {
      this.recent?.forget(id);
      return result;
    }
    this.recent?.committed(id, version, state, result.activities);
    if (commit.rewritten.length > 0 || commit.forget) this.engine.afterRewrite();
    return result;
  }

  async upload(id: string): Promise<(Upload & { conversationId: string }) | undefined> {
    const row = await this.db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();
    return (
      row && {
        id: row.id,
        conversationId: row.conversation_id,
        name: row.name,
        contentType: row.content_type,
        bytes: row.bytes,
      }
    );
  }

  async eraseConversation(id: string): Promise<void> {
    await this.db.transaction().execute((trx) => erase(trx, id));
    this.engine.afterRewrite();
  }

  ticket(reference: string): Promise<Ticket | undefined> {
    return ticketOf(this.db, reference);
  }

  tickets(query: TicketQuery): Promise<{ tickets: Ticket[]; nextCursor?: string }> {
    return ticketsPage(this.db, query);
  }

  ticketsOf(conversationId: string): Promise<Ticket[]> {
    return ticketsOfConversation(this.db, conversationId);
  }

  ticketsOfCustomer(userId: string): Promise<Ticket[]> {
    return ticketsOfCustomer(this.db, userId);
  }

  async outbox(limit: number): Promise<OutboxRow[]> {
    return this.deliveries.waiting(limit);
  }

  async secret(name: string, create: () => string): Promise<string> {
    await this.db
      .insertInto('secrets')
      .values({ name, value: create() })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const row = await this.db
      .selectFrom('secrets')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return row.value;
  }

  async checkWritable(): Promise<void> {
    // As large as a turn, since a single page may find room where none is left for more; and never the same, since SQLite
    // writes nothing of what is there already.
    const probe = { name: 'write-check', value: randomBytes(LARGE_TURN / 2).toString('hex') };
    await this.db
      .insertInto('secrets')
      .values(probe)
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: probe.value }))
      .execute();
  }

  async useOnce(id: string, { now, until }: { now: Date; until: Date }): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      await trx.deleteFrom('used_once').where('until', '<', now.toISOString()).execute();
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('used_once')
        .values({ id, until: until.toISOString() })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    });
  }

  async close(): Promise<void> {
    await this.db.destroy();
    await this.engine.onClose();
  }
}
