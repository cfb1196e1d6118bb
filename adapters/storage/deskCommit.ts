import type { Kysely } from 'kysely';
import type { TurnCommit } from '../../bot/store.ts';
import { handoffRow } from './deskRows.ts';
import type { Tables } from './schema.ts';
import { writeTicket } from './ticketRows.ts';

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
