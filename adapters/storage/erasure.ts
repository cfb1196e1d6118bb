import type { Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * Takes a conversation out, with everything that was written for it.
 * @param version only while nobody has written to it since
 * @returns whether there was such a conversation
 */
export async function erase(
  trx: Transaction<Tables>,
  conversationId: string,
  version?: number,
): Promise<boolean> {
  // The row's lock first: a turn that another process is about to commit waits, and then finds no conversation.
  let locked = trx
    .updateTable('conversations')
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('id', '=', conversationId);
  if (version !== undefined) locked = locked.where('version', '=', version);
  const { numUpdatedRows } = await locked.executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await eraseContents(trx, conversationId);
  await trx.deleteFrom('conversations').where('id', '=', conversationId).execute();
  return true;
}

/** Takes out what was said and what came of it; the conversation itself, empty, goes on. */
export async function eraseContents(trx: Transaction<Tables>, conversationId: string): Promise<void> {
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
}
