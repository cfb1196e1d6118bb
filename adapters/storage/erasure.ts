import type { Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Takes a conversation out, with everything that was written for it. */
export async function erase(trx: Transaction<Tables>, conversationId: string): Promise<void> {
  // The row's lock first: a turn that another process is about to commit waits, and then finds no conversation.
  await trx
    .updateTable('conversations')
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('id', '=', conversationId)
    .execute();
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
