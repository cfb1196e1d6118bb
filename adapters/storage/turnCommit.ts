import type { Transaction } from 'kysely';
import type { CommitResult, StoredActivity, TurnCommit } from '../../bot/store.ts';
import { activityId, answered, rewriteText } from './activityRows.ts';
import { writeDesk } from './deskCommit.ts';
import { eraseContents } from './erasure.ts';
import { writeOutbox } from './outboxRows.ts';
import type { Tables } from './schema.ts';
import { writeTicket } from './ticketRows.ts';
import { changeTimers } from './timerRows.ts';

/** Writes all that a turn causes, in the caller's transaction, or nothing of it. */
export async function writeTurn(trx: Transaction<Tables>, commit: TurnCommit): Promise<CommitResult> {
  const { conversationId } = commit;
  const keys = [commit.key, commit.alsoKey].filter((key) => key !== undefined);
  for (const key of keys) {
    const before = await answered(trx, conversationId, key);
    if (before) return { outcome: 'duplicate', activities: before };
  }
  const count = commit.activities.length;
  // Compare and swap, and the sequence counter, in one statement: of two turns that read the same version one is refused.
  const moved = await trx
    .updateTable('conversations')
    .set((row) => ({
      version: row('version', '+', 1),
      last_seq: row('last_seq', '+', count),
      state: JSON.stringify(commit.state),
    }))
    .where('id', '=', conversationId)
    .where('version', '=', commit.version)
    .returning('last_seq')
    .executeTakeFirst();
  if (!moved) return { outcome: 'conflict' };
  if (commit.forget) await eraseContents(trx, conversationId);
  const first = moved.last_seq - count + 1;
  const activities = commit.activities.map((entry, i): StoredActivity => {
    const seq = first + i;
    const id = activityId(conversationId, seq);
    const channelData = { ...(entry.activity.channelData as object), 'webchat:sequence-id': seq };
    // Answers point at the message that they answer (trust R3).
    const replyToId =
      i > 0 && entry.role !== 'customer' && commit.activities[0]!.role === 'customer'
        ? { replyToId: activityId(conversationId, first) }
        : {};
    // Through JSON, so that what is shown now and what is read later are the same.
    const body = JSON.stringify({ ...entry.activity, ...replyToId, id, channelData });
    return { ...entry, conversationId, seq, id, activity: JSON.parse(body) as StoredActivity['activity'] };
  });
  if (activities.length > 0) {
    await trx
      .insertInto('activities')
      .values(
        activities.map(({ seq, role, at, activity }) => ({
          conversation_id: conversationId,
          seq,
          role,
          at: at.toISOString(),
          body: JSON.stringify(activity),
        })),
      )
      .execute();
  }
  const turn = { conversation_id: conversationId, first_seq: first, last_seq: moved.last_seq };
  if (keys.length > 0) {
    await trx
      .insertInto('turns')
      .values(keys.map((key) => ({ ...turn, turn_key: key })))
      .execute();
  }
  if (commit.uploads?.length) {
    await trx
      .insertInto('uploads')
      .values(
        commit.uploads.map(({ id, name, contentType, bytes }) => ({
          id,
          conversation_id: conversationId,
          name,
          content_type: contentType,
          bytes,
          at: commit.activities[0]?.at.toISOString() ?? null,
        })),
      )
      .execute();
  }
  for (const { seq, text } of commit.rewritten) await rewriteText(trx, conversationId, seq, text);
  if (commit.tickets.length > 0)
    await trx.insertInto('tickets').values(commit.tickets.map(writeTicket)).execute();
  await writeOutbox(trx, commit.outbox);
  await changeTimers(trx, commit.timers ?? []);
  await writeDesk(trx, commit);
  return { outcome: 'committed', activities };
}
