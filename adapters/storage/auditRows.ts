import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditAction, AuditEntry, AuditRows } from '../../bot/store.ts';
import type { Tables } from './schema.ts';

export class SqlAudit implements AuditRows {
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  async add({ at, actor, action, subject }: AuditEntry): Promise<void> {
    const row = { id: randomUUID(), at: at.toISOString(), actor, action, subject };
    await this.db.insertInto('audit').values(row).execute();
  }

  async latest(limit: number): Promise<AuditEntry[]> {
    const rows = await this.db
      .selectFrom('audit')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ at, actor, action, subject }) => ({
      at: new Date(at),
      actor,
      action: action as AuditAction,
      subject,
    }));
  }

  async forget(before: Date): Promise<void> {
    await this.db.deleteFrom('audit').where('at', '<', before.toISOString()).execute();
  }
}
