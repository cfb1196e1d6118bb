import type { Insertable, Selectable } from 'kysely';
import type { Ticket, TicketPromise } from '../../bot/store.ts';
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
