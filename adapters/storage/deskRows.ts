import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DeskRows, Handoff, Note, Presence, PresenceStatus } from '../../bot/store.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

const liveOf = new Prepared<{ conversationId: string }, Selectable<Tables['handoffs']>>((db, value) =>
  db
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation_id', '=', value('conversationId'))
    .where('ended_at', 'is', null),
);

export class SqlDesk implements DeskRows {
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  async live(conversationId: string): Promise<Handoff | undefined> {
    const [row] = await liveOf.run(this.db, { conversationId });
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
}

export function handoffRow(handoff: Handoff): Insertable<Tables['handoffs']> {
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

export function readHandoff(row: Selectable<Tables['handoffs']>): Handoff {
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
