import type { Kysely, Selectable } from 'kysely';
import type { AgentRecord, AgentRows } from '../../bot/store.ts';
import type { Tables } from './schema.ts';

export class SqlAgents implements AgentRows {
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  async byEmail(email: string): Promise<AgentRecord | undefined> {
    const row = await this.db
      .selectFrom('agents')
      .selectAll()
      .where('email', '=', email.trim().toLowerCase())
      .executeTakeFirst();
    return row && readAgent(row);
  }

  async byId(id: string): Promise<AgentRecord | undefined> {
    const row = await this.db.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readAgent(row);
  }

  async all(): Promise<AgentRecord[]> {
    const rows = await this.db.selectFrom('agents').selectAll().orderBy('name').execute();
    return rows.map(readAgent);
  }

  async count(): Promise<number> {
    const row = await this.db
      .selectFrom('agents')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  async add(agent: AgentRecord): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.db
      .insertInto('agents')
      .values({
        id: agent.id,
        email: agent.email.trim().toLowerCase(),
        name: agent.name,
        password_hash: agent.passwordHash,
        role: agent.role,
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async update(agent: AgentRecord): Promise<void> {
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

  async takeStep(id: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('agents')
      .set({ totp_step: step })
      .where('id', '=', id)
      .where((e) => e.or([e('totp_step', 'is', null), e('totp_step', '<', step)]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
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

  async bySession(tokenHash: string, now: Date): Promise<AgentRecord | undefined> {
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

  async closeSessionsOf(agentId: string, exceptTokenHash = ''): Promise<void> {
    await this.db
      .deleteFrom('sessions')
      .where('agent_id', '=', agentId)
      .where('token_hash', '!=', exceptTokenHash)
      .execute();
  }
}

function readAgent(row: Selectable<Tables['agents']>): AgentRecord {
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
