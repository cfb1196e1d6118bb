import type { Kysely, Selectable } from 'kysely';
import type { StoredActivity } from '../../bot/store.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

/** Direct Line's form: the conversation, and the place in it in seven digits so that ids sort as the activities do. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

const turnOf = new Prepared<{ conversationId: string; key: string }, Selectable<Tables['turns']>>(
  (db, value) =>
    db
      .selectFrom('turns')
      .selectAll()
      .where('conversation_id', '=', value('conversationId'))
      .where('turn_key', '=', value('key')),
);

/** What a message with this key was stored as, with its answers. */
export async function answered(
  db: Kysely<Tables>,
  conversationId: string,
  key: string,
): Promise<StoredActivity[] | undefined> {
  const [turn] = await turnOf.run(db, { conversationId, key });
  if (!turn) return undefined;
  const rows = await db
    .selectFrom('activities')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('seq', '>=', turn.first_seq)
    .where('seq', '<=', turn.last_seq)
    .orderBy('seq')
    .execute();
  return rows.map(readActivity);
}

/** Puts another text in the place of what an activity said. */
export async function rewriteText(
  db: Kysely<Tables>,
  conversationId: string,
  seq: number,
  text: string,
): Promise<void> {
  const row = await db
    .selectFrom('activities')
    .select('body')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  const body = JSON.stringify({ ...(JSON.parse(row.body) as object), text });
  await db
    .updateTable('activities')
    .set({ body })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
}

export function readActivity(row: Selectable<Tables['activities']>): StoredActivity {
  return {
    conversationId: row.conversation_id,
    seq: row.seq,
    id: activityId(row.conversation_id, row.seq),
    role: row.role,
    at: new Date(row.at),
    activity: JSON.parse(row.body) as StoredActivity['activity'],
  };
}
