import type { Kysely, Selectable } from 'kysely';
import { HISTORY_LINES } from '../../bot/redaction.ts';
import type { ConversationRecord, Reach, StoredActivity } from '../../bot/store.ts';
import { readActivity } from './activityRows.ts';
import { Prepared } from './prepared.ts';
import type { Known } from './recentConversations.ts';
import type { Tables } from './schema.ts';

type Row = Selectable<Tables['conversations']>;

const byId = new Prepared<{ id: string }, Row>((db, value) =>
  db.selectFrom('conversations').selectAll().where('id', '=', value('id')),
);

const lastOf = new Prepared<{ id: string; count: number }, Selectable<Tables['activities']>>((db, value) =>
  db
    .selectFrom('activities')
    .selectAll()
    .where('conversation_id', '=', value('id'))
    .orderBy('seq', 'desc')
    .limit(value('count')),
);

export async function conversationRow(db: Kysely<Tables>, id: string): Promise<Row | undefined> {
  const [row] = await byId.run(db, { id });
  return row;
}

/** @returns the last `count` activities, the oldest first */
export async function lastActivities(
  db: Kysely<Tables>,
  id: string,
  count: number,
): Promise<StoredActivity[]> {
  const rows = await lastOf.run(db, { id, count });
  return rows.reverse().map(readActivity);
}

/** Both together; undefined when there is no such conversation. */
export async function readKnown(db: Kysely<Tables>, id: string): Promise<Known | undefined> {
  const row = await conversationRow(db, id);
  return row && { row, last: await lastActivities(db, id, HISTORY_LINES) };
}

/** The caller's own: its state may be changed. */
export function readConversation(row: Row): ConversationRecord {
  return {
    id: row.id,
    channel: row.channel,
    userId: row.user_id,
    createdAt: new Date(row.created_at),
    lastSeq: row.last_seq,
    version: row.version,
    state: JSON.parse(row.state) as unknown,
    ...(row.reach !== null && { reach: JSON.parse(row.reach) as Reach }),
  };
}
