import { type Kysely, sql } from 'kysely';
import type { Handoff, Misunderstood, Rating, Records, Span, Ticket, TicketSearch } from '../../bot/store.ts';
import { readHandoff } from './deskRows.ts';
import type { Tables } from './schema.ts';
import { readTicket } from './ticketRows.ts';

export class SqlRecords implements Records {
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
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
}

/** What is looked for, with the wildcards of LIKE taken literally (escape character "!"). */
function likeText(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
