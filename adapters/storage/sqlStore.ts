import type { Kysely, Selectable, Transaction } from 'kysely';
import type {
  AgentRecord,
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
import { readAgent, SqlDesk, writeDesk } from './deskRows.ts';
import { SqlDeliveries, writeOutbox } from './outboxRows.ts';
import type { Tables } from './schema.ts';
import { readTicket, writeTicket } from './ticketRows.ts';
import { changeTimers, SqlTimers } from './timerRows.ts';

/** Direct Line's form: the conversation, and the place in it in seven digits so that ids sort as the activities do. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

/** The store over any SQL engine that kysely speaks; what differs between engines comes in by `engine`. */
export class SqlStore implements Store {
  readonly db: Kysely<Tables>;
  readonly deliveries: SqlDeliveries;
  readonly timers: SqlTimers;
  readonly desk: SqlDesk;
  private readonly engine: { afterRewrite(): void; onClose(): void };

  constructor(db: Kysely<Tables>, engine: { afterRewrite(): void; onClose(): void }) {
    this.db = db;
    this.deliveries = new SqlDeliveries(db);
    this.timers = new SqlTimers(db);
    this.desk = new SqlDesk(db);
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
  }

  async conversation(id: string): Promise<ConversationRecord | undefined> {
    const row = await this.db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();
    return (
      row && {
        id: row.id,
        channel: row.channel,
        userId: row.user_id,
        createdAt: new Date(row.created_at),
        lastSeq: row.last_seq,
        version: row.version,
        state: JSON.parse(row.state) as unknown,
        ...(row.reach !== null && { reach: JSON.parse(row.reach) as Reach }),
      }
    );
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
    const rows = await this.db
      .selectFrom('activities')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('seq', 'desc')
      .limit(count)
      .execute();
    return rows.reverse().map(readActivity);
  }

  async answeredBefore(conversationId: string, key: string): Promise<StoredActivity[] | undefined> {
    return answered(this.db, conversationId, key);
  }

  async commitTurn(commit: TurnCommit): Promise<CommitResult> {
    const result = await this.db.transaction().execute((trx) => writeTurn(trx, commit));
    if (result.outcome === 'committed' && commit.rewritten.length > 0) this.engine.afterRewrite();
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

  async ticket(reference: string): Promise<Ticket | undefined> {
    const row = await this.db
      .selectFrom('tickets')
      .selectAll()
      .where('reference', '=', reference)
      .executeTakeFirst();
    return row && readTicket(row);
  }

  async tickets({
    status,
    since,
    cursor,
    limit = 50,
  }: TicketQuery): Promise<{ tickets: Ticket[]; nextCursor?: string }> {
    let query = this.db
      .selectFrom('tickets')
      .selectAll()
      .orderBy('updated_at')
      .orderBy('reference')
      .limit(limit + 1);
    if (status) query = query.where('status', '=', status);
    if (since) query = query.where('updated_at', '>=', since.toISOString());
    if (cursor) {
      const [at = '', reference = ''] = cursor.split('_');
      query = query.where((where) =>
        where.or([
          where('updated_at', '>', at),
          where.and([where('updated_at', '=', at), where('reference', '>', reference)]),
        ]),
      );
    }
    const rows = await query.execute();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      tickets: page.map(readTicket),
      ...(rows.length > limit && last && { nextCursor: `${last.updated_at}_${last.reference}` }),
    };
  }

  async ticketsOf(conversationId: string): Promise<Ticket[]> {
    const rows = await this.db
      .selectFrom('tickets')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('created_at')
      .execute();
    return rows.map(readTicket);
  }

  async ticketsOfCustomer(userId: string): Promise<Ticket[]> {
    const rows = await this.db
      .selectFrom('tickets')
      .innerJoin('conversations', 'conversations.id', 'tickets.conversation_id')
      .selectAll('tickets')
      .where('conversations.user_id', '=', userId)
      .orderBy('tickets.created_at')
      .execute();
    return rows.map(readTicket);
  }

  async outbox(limit: number): Promise<OutboxRow[]> {
    return this.deliveries.waiting(limit);
  }

  async agentByEmail(email: string): Promise<AgentRecord | undefined> {
    const row = await this.db
      .selectFrom('agents')
      .selectAll()
      .where('email', '=', email.trim().toLowerCase())
      .executeTakeFirst();
    return row && readAgent(row);
  }

  async countAgents(): Promise<number> {
    const row = await this.db
      .selectFrom('agents')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  async addAgent(agent: AgentRecord): Promise<void> {
    await this.db
      .insertInto('agents')
      .values({
        id: agent.id,
        email: agent.email.trim().toLowerCase(),
        name: agent.name,
        password_hash: agent.passwordHash,
        role: agent.role,
      })
      .execute();
  }

  async setAgentPassword(id: string, passwordHash: string): Promise<void> {
    await this.db.updateTable('agents').set({ password_hash: passwordHash }).where('id', '=', id).execute();
  }

  async openSession(session: { tokenHash: string; agentId: string; expiresAt: Date }): Promise<void> {
    await this.db
      .insertInto('sessions')
      .values({
        token_hash: session.tokenHash,
        agent_id: session.agentId,
        expires_at: session.expiresAt.toISOString(),
      })
      .execute();
  }

  async sessionAgent(tokenHash: string, now: Date): Promise<AgentRecord | undefined> {
    const row = await this.db
      .selectFrom('sessions')
      .innerJoin('agents', 'agents.id', 'sessions.agent_id')
      .selectAll('agents')
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now.toISOString())
      .where('agents.disabled_at', 'is', null)
      .executeTakeFirst();
    return row && readAgent(row);
  }

  async closeSession(tokenHash: string): Promise<void> {
    await this.db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
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
    await this.db
      .updateTable('secrets')
      .set((row) => ({ value: row.ref('value') }))
      .execute();
  }

  async close(): Promise<void> {
    await this.db.destroy();
    this.engine.onClose();
  }
}

async function writeTurn(trx: Transaction<Tables>, commit: TurnCommit): Promise<CommitResult> {
  const { conversationId } = commit;
  const keys = [commit.key, commit.alsoKey].filter((key) => key !== undefined);
  for (const key of keys) {
    const before = await answered(trx, conversationId, key);
    if (before) return { outcome: 'duplicate', activities: before };
  }
  const count = commit.activities.length;
  // Compare and swap, and the sequence counter, in one statement: of two turns that read the same version one is refused.
  const moved = await trx
    .updateTable('conversations')
    .set((row) => ({
      version: row('version', '+', 1),
      last_seq: row('last_seq', '+', count),
      state: JSON.stringify(commit.state),
    }))
    .where('id', '=', conversationId)
    .where('version', '=', commit.version)
    .returning('last_seq')
    .executeTakeFirst();
  if (!moved) return { outcome: 'conflict' };
  const first = moved.last_seq - count + 1;
  const activities = commit.activities.map((entry, i): StoredActivity => {
    const seq = first + i;
    const id = activityId(conversationId, seq);
    const channelData = { ...(entry.activity.channelData as object), 'webchat:sequence-id': seq };
    // Answers point at the message that they answer (trust R3).
    const replyToId =
      i > 0 && entry.role !== 'customer' && commit.activities[0]!.role === 'customer'
        ? { replyToId: activityId(conversationId, first) }
        : {};
    // Through JSON, so that what is shown now and what is read later are the same.
    const body = JSON.stringify({ ...entry.activity, ...replyToId, id, channelData });
    return { ...entry, conversationId, seq, id, activity: JSON.parse(body) as StoredActivity['activity'] };
  });
  if (activities.length > 0) {
    await trx
      .insertInto('activities')
      .values(
        activities.map(({ seq, role, at, activity }) => ({
          conversation_id: conversationId,
          seq,
          role,
          at: at.toISOString(),
          body: JSON.stringify(activity),
        })),
      )
      .execute();
  }
  const turn = { conversation_id: conversationId, first_seq: first, last_seq: moved.last_seq };
  if (keys.length > 0) {
    await trx
      .insertInto('turns')
      .values(keys.map((key) => ({ ...turn, turn_key: key })))
      .execute();
  }
  if (commit.uploads?.length) {
    await trx
      .insertInto('uploads')
      .values(
        commit.uploads.map(({ id, name, contentType, bytes }) => ({
          id,
          conversation_id: conversationId,
          name,
          content_type: contentType,
          bytes,
        })),
      )
      .execute();
  }
  for (const { seq, text } of commit.rewritten) await rewriteText(trx, conversationId, seq, text);
  if (commit.tickets.length > 0)
    await trx.insertInto('tickets').values(commit.tickets.map(writeTicket)).execute();
  await writeOutbox(trx, commit.outbox);
  await changeTimers(trx, commit.timers ?? []);
  await writeDesk(trx, commit);
  return { outcome: 'committed', activities };
}

async function rewriteText(
  trx: Transaction<Tables>,
  conversationId: string,
  seq: number,
  text: string,
): Promise<void> {
  const row = await trx
    .selectFrom('activities')
    .select('body')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  const body = JSON.stringify({ ...(JSON.parse(row.body) as object), text });
  await trx
    .updateTable('activities')
    .set({ body })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
}

async function erase(trx: Transaction<Tables>, conversationId: string): Promise<void> {
  const tickets = await trx
    .selectFrom('tickets')
    .select('reference')
    .where('conversation_id', '=', conversationId)
    .execute();
  for (const { reference } of tickets) {
    await trx.deleteFrom('outbox').where('payload', 'like', `%"${reference}"%`).execute();
  }
  for (const table of ['outbox', 'timers'] as const) {
    await trx.deleteFrom(table).where('payload', 'like', `%"${conversationId}"%`).execute();
  }
  for (const table of ['handoffs', 'notes', 'ratings', 'misunderstood'] as const) {
    await trx.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
  }
  for (const table of ['tickets', 'uploads', 'turns', 'activities'] as const) {
    await trx.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
  }
  await trx.deleteFrom('conversations').where('id', '=', conversationId).execute();
}

async function answered(
  db: Kysely<Tables>,
  conversationId: string,
  key: string,
): Promise<StoredActivity[] | undefined> {
  const turn = await db
    .selectFrom('turns')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('turn_key', '=', key)
    .executeTakeFirst();
  if (!turn) return undefined;
  const rows = await db
    .selectFrom('activities')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('seq', '>=', turn.first_seq)
    .where('seq', '<=', turn.last_seq)
    .orderBy('seq')
    .execute();
  return rows.map(readActivity);
}

function readActivity(row: Selectable<Tables['activities']>): StoredActivity {
  return {
    conversationId: row.conversation_id,
    seq: row.seq,
    id: activityId(row.conversation_id, row.seq),
    role: row.role,
    at: new Date(row.at),
    activity: JSON.parse(row.body) as StoredActivity['activity'],
  };
}
