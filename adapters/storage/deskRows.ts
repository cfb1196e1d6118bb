import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type {
  AgentRecord,
  DeskRows,
  Handoff,
  Misunderstood,
  Note,
  Presence,
  PresenceStatus,
  Rating,
  Span,
  Ticket,
  TicketSearch,
  TurnCommit,
} from '../../bot/store.ts';
import type { Tables } from './schema.ts';
import { readTicket, writeTicket } from './ticketRows.ts';

/** What a commit holds for the desk, in the commit's transaction. */
export async function writeDesk(db: Kysely<Tables>, commit: TurnCommit): Promise<void> {
  for (const ticket of commit.updatedTickets ?? []) {
    await db
      .updateTable('tickets')
      .set(writeTicket(ticket))
      .where('reference', '=', ticket.reference)
      .execute();
  }
  if (commit.handoff) {
    const row = handoffRow(commit.handoff);
    await db
      .insertInto('handoffs')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  for (const rating of commit.ratings ?? []) {
    const { handoffId, conversationId, score, comment, at } = rating;
    const row = { score, comment: comment ?? null, at: at.toISOString() };
    await db
      .insertInto('ratings')
      .values({ handoff_id: handoffId, conversation_id: conversationId, ...row })
      .onConflict((conflict) => conflict.column('handoff_id').doUpdateSet(row))
      .execute();
  }
  const { conversationId } = commit;
  for (const { seq, text, at } of commit.misunderstood ?? []) {
    await db
      .insertInto('misunderstood')
      .values({
        id: sentenceId(conversationId, seq),
        conversation_id: conversationId,
        body: text,
        at: at.toISOString(),
      })
      .execute();
  }
  // What redaction recognised late leaves the list too.
  for (const { seq, text } of commit.rewritten) {
    await db
      .updateTable('misunderstood')
      .set({ body: text })
      .where('id', '=', sentenceId(conversationId, seq))
      .execute();
  }
}

/** Made of the message's place; without the separator of activity ids, since it stands in addresses. */
function sentenceId(conversationId: string, seq: number): string {
  return `${conversationId}.${seq}`;
}

export class SqlDesk implements DeskRows {
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  async live(conversationId: string): Promise<Handoff | undefined> {
    const row = await this.db
      .selectFrom('handoffs')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return row && readHandoff(row);
  }

  async allLive(): Promise<Handoff[]> {
    const rows = await this.db
      .selectFrom('handoffs')
      .selectAll()
      .where('ended_at', 'is', null)
      // "urgent" sorts after "normal".
      .orderBy('priority', 'desc')
      .orderBy('queued_at')
      .orderBy('id')
      .execute();
    return rows.map(readHandoff);
  }

  async handoff(id: string): Promise<Handoff | undefined> {
    const row = await this.db.selectFrom('handoffs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readHandoff(row);
  }

  async handoffs({ from, to }: Span): Promise<Handoff[]> {
    const rows = await this.db
      .selectFrom('handoffs')
      .selectAll()
      .where('queued_at', '>=', from.toISOString())
      .where('queued_at', '<', to.toISOString())
      .execute();
    return rows.map(readHandoff);
  }

  async addNote({ id, conversationId, afterSeq, at, agentId, agentName, text }: Note): Promise<void> {
    await this.db
      .insertInto('notes')
      .values({
        id,
        conversation_id: conversationId,
        after_seq: afterSeq,
        at: at.toISOString(),
        agent_id: agentId,
        agent_name: agentName,
        body: text,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  async notes(conversationId: string): Promise<Note[]> {
    const rows = await this.db
      .selectFrom('notes')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      afterSeq: row.after_seq,
      at: new Date(row.at),
      agentId: row.agent_id,
      agentName: row.agent_name,
      text: row.body,
    }));
  }

  async setPresence(agentId: string, status: PresenceStatus, now: Date): Promise<void> {
    const row = { status, seen_at: now.toISOString() };
    await this.db
      .insertInto('presence')
      .values({ agent_id: agentId, ...row })
      .onConflict((conflict) => conflict.column('agent_id').doUpdateSet(row))
      .execute();
  }

  async seen(agentId: string, now: Date): Promise<void> {
    await this.db
      .updateTable('presence')
      .set({ seen_at: now.toISOString() })
      .where('agent_id', '=', agentId)
      .execute();
  }

  async presences(): Promise<Presence[]> {
    const rows = await this.db
      .selectFrom('agents')
      .leftJoin('presence', 'presence.agent_id', 'agents.id')
      .select(['agents.id', 'agents.name', 'presence.status', 'presence.seen_at'])
      .where('agents.disabled_at', 'is', null)
      .orderBy('agents.name')
      .execute();
    return rows.map(({ id, name, status, seen_at }) => ({
      id,
      name,
      status: status ?? 'offline',
      seenAt: new Date(seen_at ?? 0),
    }));
  }

  async ratings({ from, to }: Span): Promise<Rating[]> {
    const rows = await this.db
      .selectFrom('ratings')
      .selectAll()
      .where('at', '>=', from.toISOString())
      .where('at', '<', to.toISOString())
      .orderBy('at')
      .execute();
    return rows.map((row) => ({
      handoffId: row.handoff_id,
      conversationId: row.conversation_id,
      score: row.score,
      at: new Date(row.at),
      ...(row.comment !== null && { comment: row.comment }),
    }));
  }

  async misunderstood({ labelled, limit }: { labelled: boolean; limit: number }): Promise<Misunderstood[]> {
    const rows = await this.db
      .selectFrom('misunderstood')
      .selectAll()
      .where('label', labelled ? 'is not' : 'is', null)
      .orderBy('at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      text: row.body,
      at: new Date(row.at),
      ...(row.label !== null && { label: row.label }),
    }));
  }

  async label(id: string, label: string | undefined): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('misunderstood')
      .set({ label: label ?? null })
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async agents(): Promise<AgentRecord[]> {
    const rows = await this.db.selectFrom('agents').selectAll().orderBy('name').execute();
    return rows.map(readAgent);
  }

  async agent(id: string): Promise<AgentRecord | undefined> {
    const row = await this.db.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readAgent(row);
  }

  async updateAgent(agent: AgentRecord): Promise<void> {
    await this.db
      .updateTable('agents')
      .set({
        name: agent.name,
        password_hash: agent.passwordHash,
        role: agent.role,
        totp_secret: agent.totpSecret ?? null,
        totp_step: agent.totpStep ?? null,
        disabled_at: agent.disabledAt?.toISOString() ?? null,
      })
      .where('id', '=', agent.id)
      .execute();
  }

  async closeSessionsOf(agentId: string, exceptTokenHash = ''): Promise<void> {
    await this.db
      .deleteFrom('sessions')
      .where('agent_id', '=', agentId)
      .where('token_hash', '!=', exceptTokenHash)
      .execute();
  }

  async searchTickets(search: TicketSearch): Promise<{ tickets: Ticket[]; total: number }> {
    const { text, intent, status, from, to, limit, offset = 0 } = search;
    let query = this.db.selectFrom('tickets');
    if (status) query = query.where('status', '=', status);
    if (from) query = query.where('created_at', '>=', from.toISOString());
    if (to) query = query.where('created_at', '<', to.toISOString());
    if (intent) query = query.where('body', 'like', `%"intent":${JSON.stringify(intent)}%`);
    if (text) {
      const pattern = `%${likeText(JSON.stringify(text).slice(1, -1)).toLowerCase()}%`;
      query = query.where((e) =>
        e.or([
          sql<boolean>`lower(reference) like ${pattern} escape '!'`,
          sql<boolean>`lower(body) like ${pattern} escape '!'`,
        ]),
      );
    }
    const { total } = await query
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await query
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('reference')
      .limit(limit)
      .offset(offset)
      .execute();
    return { tickets: rows.map(readTicket), total: Number(total) };
  }

  async conversations({ from, to }: Span): Promise<{ id: string; createdAt: Date; wrote: boolean }[]> {
    const rows = await this.db
      .selectFrom('conversations')
      .select((e) => [
        'id',
        'created_at',
        e
          .exists(
            e
              .selectFrom('activities')
              .select('seq')
              .whereRef('activities.conversation_id', '=', 'conversations.id')
              .where('role', '=', 'customer'),
          )
          .as('wrote'),
      ])
      .where('created_at', '>=', from.toISOString())
      .where('created_at', '<', to.toISOString())
      .execute();
    return rows.map((row) => ({
      id: row.id,
      createdAt: new Date(row.created_at),
      wrote: Boolean(row.wrote),
    }));
  }
}

/** What is looked for, with the wildcards of LIKE taken literally (escape character "!"). */
function likeText(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

export function readAgent(row: Selectable<Tables['agents']>): AgentRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    role: row.role,
    ...(row.totp_secret !== null && { totpSecret: row.totp_secret }),
    ...(row.totp_step !== null && { totpStep: row.totp_step }),
    ...(row.disabled_at !== null && { disabledAt: new Date(row.disabled_at) }),
  };
}

function handoffRow(handoff: Handoff): Insertable<Tables['handoffs']> {
  const { id, conversationId, reference, state, priority, queuedAt, owner } = handoff;
  const { acceptedAt, answeredAt, endedAt } = handoff;
  return {
    id,
    conversation_id: conversationId,
    reference,
    state,
    priority,
    queued_at: queuedAt.toISOString(),
    owner_id: owner?.id ?? null,
    owner_name: owner?.name ?? null,
    accepted_at: acceptedAt?.toISOString() ?? null,
    answered_at: answeredAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
  };
}

function readHandoff(row: Selectable<Tables['handoffs']>): Handoff {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    reference: row.reference,
    state: row.state,
    priority: row.priority,
    queuedAt: new Date(row.queued_at),
    ...(row.owner_id !== null && { owner: { id: row.owner_id, name: row.owner_name ?? '' } }),
    ...(row.accepted_at !== null && { acceptedAt: new Date(row.accepted_at) }),
    ...(row.answered_at !== null && { answeredAt: new Date(row.answered_at) }),
    ...(row.ended_at !== null && { endedAt: new Date(row.ended_at) }),
  };
}
