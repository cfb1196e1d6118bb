import type { Insertable, Transaction } from 'kysely';
import type { CommitResult, StoredActivity, TurnCommit } from '../../bot/store.ts';
import { activityId, rewriteText } from './activityRows.ts';
import { writeDesk } from './deskCommit.ts';
import { eraseContents } from './erasure.ts';
import { writeOutbox } from './outboxRows.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import { writeTicket } from './ticketRows.ts';
import { changeTimers } from './timerRows.ts';

/** Compare and swap, and the sequence counter, in one statement: of two turns that read the same version one is refused. */
const moveOn = new Prepared<
  { id: string; version: number; count: number; state: string | null },
  { last_seq: number }
>((db, value) =>
  db
    .updateTable('conversations')
    .set((row) => ({
      version: row('version', '+', 1),
      last_seq: row('last_seq', '+', value('count')),
      state: row.fn.coalesce(row.val(value('state')), 'state'),
    }))
    .where('id', '=', value('id'))
    .where('version', '=', value('version'))
    .returning('last_seq'),
);

const insertActivity = new Prepared<Insertable<Tables['activities']>, never>((db, value) =>
  db.insertInto('activities').values({
    conversation_id: value('conversation_id'),
    seq: value('seq'),
    role: value('role'),
    at: value('at'),
    body: value('body'),
  }),
);

const insertTurn = new Prepared<Insertable<Tables['turns']>, never>((db, value) =>
  db.insertInto('turns').values({
    conversation_id: value('conversation_id'),
    turn_key: value('turn_key'),
    first_seq: value('first_seq'),
    last_seq: value('last_seq'),
  }),
);

/**
 * Writes all that a turn causes, in the caller's transaction, or nothing of it.
 * @param state the commit's state as JSON; null leaves the stored one as it is
 */
export async function writeTurn(
  trx: Transaction<Tables>,
  commit: TurnCommit,
  state: string | null,
): Promise<CommitResult> {
  const { conversationId } = commit;
  const count = commit.activities.length;
  const [moved] = await moveOn.run(trx, {
    id: conversationId,
    version: commit.version,
    count,
    state,
  });
  if (!moved) return { outcome: 'conflict' };
  if (commit.forget) await eraseContents(trx, conversationId);
  const first = moved.last_seq - count + 1;
  const activities: StoredActivity[] = [];
  for (const [i, entry] of commit.activities.entries()) {
    const seq = first + i;
    const id = activityId(conversationId, seq);
    const channelData = { ...(entry.activity.channelData as object), 'webchat:sequence-id': seq };
    // Answers point at the message that they answer (trust R3).
    const replyToId =
      i > 0 && entry.role !== 'customer' && commit.activities[0]!.role === 'customer'
        ? { replyToId: activityId(conversationId, first) }
        : {};
    const body = JSON.stringify({ ...entry.activity, ...replyToId, id, channelData });
    const at = entry.at.toISOString();
    await insertActivity.run(trx, { conversation_id: conversationId, seq, role: entry.role, at, body });
    // Through JSON, so that what is shown now and what is read later are the same.
    const activity = JSON.parse(body) as StoredActivity['activity'];
    activities.push({ ...entry, conversationId, seq, id, activity });
  }
  for (const key of [commit.key, commit.alsoKey]) {
    if (key === undefined) continue;
    await insertTurn.run(trx, {
      conversation_id: conversationId,
      turn_key: key,
      first_seq: first,
      last_seq: moved.last_seq,
    });
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
