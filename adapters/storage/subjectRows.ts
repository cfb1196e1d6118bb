import { type Kysely, sql } from 'kysely';
import type { DataSubject } from '../../bot/store.ts';
import type { Tables } from './schema.ts';

/**
 * The conversations of a customer, the oldest first: by the id of one, by a user id (that of the channel, or the one that
 * the shop vouches for), or by an e-mail address (of a ticket, given to the bot, or vouched for).
 */
export async function conversationsOf(db: Kysely<Tables>, subject: DataSubject): Promise<string[]> {
  if ('conversation' in subject) {
    const row = await db
      .selectFrom('conversations')
      .select('id')
      .where('id', '=', subject.conversation)
      .executeTakeFirst();
    return row ? [row.id] : [];
  }
  const ids =
    'user' in subject
      ? [...(await ofUser(db, subject.user)), ...(await vouchedFor(db, 'id', subject.user))]
      : [...(await ofEmail(db, subject.email)), ...(await vouchedFor(db, 'email', subject.email))];
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('id', 'in', [...new Set(ids)])
    .orderBy('created_at')
    .execute();
  return rows.map(({ id }) => id);
}

/** Conversations in which somebody wrote this address, whoever they are of. */
export async function conversationsNaming(db: Kysely<Tables>, email: string): Promise<string[]> {
  const rows = await db
    .selectFrom('activities')
    .select('conversation_id')
    .distinct()
    .where(sql<boolean>`lower(body) like ${containing(email)} escape '!'`)
    .execute();
  return rows.map((row) => row.conversation_id);
}

async function ofUser(db: Kysely<Tables>, user: string): Promise<string[]> {
  const rows = await db.selectFrom('conversations').select('id').where('user_id', '=', user).execute();
  return rows.map(({ id }) => id);
}

async function ofEmail(db: Kysely<Tables>, email: string): Promise<string[]> {
  const tickets = await db
    .selectFrom('tickets')
    .select(['conversation_id', 'body'])
    .where(sql<boolean>`lower(body) like ${containing(email)} escape '!'`)
    .execute();
  const states = await db
    .selectFrom('conversations')
    .select(['id', 'state'])
    .where(sql<boolean>`lower(state) like ${containing(email)} escape '!'`)
    .execute();
  return [
    ...tickets.filter(({ body }) => names(body, 'customerEmail', email)).map((row) => row.conversation_id),
    ...states.filter(({ state }) => names(state, 'email', email)).map(({ id }) => id),
  ];
}

/** By what the shop's token said of the customer, which each message keeps. */
async function vouchedFor(db: Kysely<Tables>, key: 'id' | 'email', value: string): Promise<string[]> {
  const rows = await db
    .selectFrom('activities')
    .select(['conversation_id', 'body'])
    .where('role', '=', 'customer')
    .where('body', 'like', '%"customer":{%')
    .where(sql<boolean>`lower(body) like ${containing(value)} escape '!'`)
    .execute();
  return rows
    .filter(({ body }) => {
      const { channelData } = JSON.parse(body) as { channelData?: { customer?: Record<string, unknown> } };
      return isSame(channelData?.customer?.[key], value);
    })
    .map((row) => row.conversation_id);
}

/** Whether a property of that name, however deep, has the value. */
function names(json: string, key: string, value: string): boolean {
  let found = false;
  JSON.parse(json, (name, inner: unknown) => {
    found ||= name === key && isSame(inner, value);
    return inner;
  });
  return found;
}

function isSame(value: unknown, wanted: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();
}

/** What JSON text holds of a value, with the wildcards of LIKE taken literally (escape character "!"). */
function containing(value: string): string {
  const text = JSON.stringify(value).slice(1, -1).toLowerCase();
  return `%${text.replace(/[!%_]/g, '!$&')}%`;
}
