import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Ticket, TicketPromise, TicketQuery } from '../../bot/store.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

type Row = Tables['tickets'];
/** In the columns are what tickets are searched by; the rest is one document. */
type Body = Omit<
  Ticket,
  'reference' | 'conversationId' | 'status' | 'createdAt' | 'updatedAt' | 'promises' | 'closedAt'
> & {
  promises: (Omit<TicketPromise, 'dueAt' | 'from'> & { dueAt: string; from?: string })[];
  closedAt?: string;
};

export function writeTicket(ticket: Ticket): Insertable<Row> {
  const { reference, conversationId, status, createdAt, updatedAt, ...body } = ticket;
  return {
    reference,
    conversation_id: conversationId,
    status,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    body: JSON.stringify(body),
  };
}

export function readTicket(row: Selectable<Row>): Ticket {
  const { closedAt, ...body } = JSON.parse(row.body) as Body;
  return {
    ...body,
    ...(closedAt !== undefined && { closedAt: new Date(closedAt) }),
    reference: row.reference,
    conversationId: row.conversation_id,
    status: row.status,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    promises: body.promises.map(({ dueAt, from, ...promise }) => ({
      ...promise,
      dueAt: new Date(dueAt),
      ...(from && { from: new Date(from) }),
    })),
  };
}

export async function ticketOf(db: Kysely<Tables>, reference: string): Promise<Ticket | undefined> {
  const row = await db
    .selectFrom('tickets')
    .selectAll()
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row && readTicket(row);
}

/** A page of tickets, those changed longest ago first; `nextCursor` is where the next page begins. */
export async function ticketsPage(
  db: Kysely<Tables>,
  { status, since, cursor, limit = 50 }: TicketQuery,
): Promise<{ tickets: Ticket[]; nextCursor?: string }> {
  let query = db
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

export async function ticketsOfConversation(db: Kysely<Tables>, conversationId: string): Promise<Ticket[]> {
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .execute();
  return rows.map(readTicket);
}

const ofCustomer = new Prepared<{ userId: string }, Selectable<Row>>((db, value) =>
  db
    .selectFrom('tickets')
    .innerJoin('conversations', 'conversations.id', 'tickets.conversation_id')
    .selectAll('tickets')
    .where('conversations.user_id', '=', value('userId'))
    .orderBy('tickets.created_at'),
);

/** Of all conversations of the customer, the oldest first. */
export async function ticketsOfCustomer(db: Kysely<Tables>, userId: string): Promise<Ticket[]> {
  const rows = await ofCustomer.run(db, { userId });
  return rows.map(readTicket);
}
