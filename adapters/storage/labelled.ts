import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Labelled } from '../../bot/learning.ts';

/**
 * The sentences that agents labelled, the oldest first, but those that teach nothing. Reads beside a running server: the
 * database stays readable.
 */
export function readLabelled(folder: string): Labelled[] {
  const file = join(folder, 'guichet.db');
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        "SELECT body, label FROM misunderstood WHERE label IS NOT NULL AND label <> 'ignore' ORDER BY at",
      )
      .all() as { body: string; label: string }[];
    return rows.map(({ body, label }) => ({ text: body, label }));
  } finally {
    database.close();
  }
}
