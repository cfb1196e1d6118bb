import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from '../../adapters/storage/sqlite.ts';
import type { Stored, StoredLine } from './checker.ts';

interface Body {
  id: string;
  text?: string;
  replyToId?: string;
  channelData?: { clientActivityID?: string };
}

/** A row of the table of activities. */
export type Row = { conversation_id: string; seq: number; role: string; body: string };

/** Rows in their order, as the checker takes them. */
export function conversationsIn(rows: readonly Row[]): Map<string, StoredLine[]> {
  const conversations = new Map<string, StoredLine[]>();
  for (const { conversation_id, seq, role, body } of rows) {
    const { id, text = '', replyToId, channelData } = JSON.parse(body) as Body;
    const key = channelData?.clientActivityID;
    const line = {
      seq,
      id,
      role,
      text,
      ...(key !== undefined && { key }),
      ...(replyToId !== undefined && { replyToId }),
    };
    const lines = conversations.get(conversation_id);
    if (lines) lines.push(line);
    else conversations.set(conversation_id, [line]);
  }
  return conversations;
}

/** What the database in a folder, or a copy of it, holds; read beside the server or after its end. */
export function readStored(folder: string, name = DATABASE_FILE): Stored {
  const database = new DatabaseSync(join(folder, name), { readOnly: true });
  try {
    const rows = database
      .prepare('SELECT conversation_id, seq, role, body FROM activities ORDER BY conversation_id, seq')
      .all() as Row[];
    return { conversations: conversationsIn(rows), due: dueOf(database) };
  } finally {
    database.close();
  }
}

/** Each ticket is told to the webhook and by mail; what was written for the outside beside that is due too. */
function dueOf(database: DatabaseSync): string[] {
  const tickets = database.prepare('SELECT reference FROM tickets').all() as { reference: string }[];
  const rows = database
    .prepare("SELECT id FROM outbox WHERE kind IN ('webhook', 'support_email', 'customer_email')")
    .all() as { id: string }[];
  return [
    ...new Set([
      ...tickets.map(({ reference }) => `ticket-created-${reference}:webhook`),
      ...rows.map(({ id }) => id),
    ]),
  ];
}

/** How many rows of the outbox wait to be delivered. */
export function waitingIn(folder: string): number {
  const database = new DatabaseSync(join(folder, DATABASE_FILE), { readOnly: true });
  try {
    const row = database.prepare('SELECT count(*) AS count FROM outbox WHERE delivered_at IS NULL').get() as {
      count: number;
    };
    return row.count;
  } finally {
    database.close();
  }
}
