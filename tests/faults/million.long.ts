import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE, openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { Customer } from './customer.ts';
import { Guichet, pause } from './guichet.ts';
import { History } from './history.ts';
import { figure, percentile } from './report.ts';

jest.setTimeout(10 * 60_000);

const CONVERSATIONS = 50_000;
const IN_EACH = 20;

/** A million messages as turns leave them, with keys, written by SQL: the way through the front door would take an hour. */
async function fill(folder: string): Promise<void> {
  await (await openSqliteStore(folder)).close();
  const database = new DatabaseSync(join(folder, DATABASE_FILE));
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    BEGIN;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CONVERSATIONS})
      INSERT INTO conversations (id, channel, user_id, created_at, last_seq, version, state)
      SELECT printf('old-%06d', i), 'directline', 'dl_' || i, '2026-02-01T10:00:00.000Z', ${IN_EACH}, ${IN_EACH / 2}, '{}' FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${IN_EACH})
      INSERT INTO activities (conversation_id, seq, role, at, body)
      SELECT c.id, n.i, CASE n.i % 2 WHEN 1 THEN 'customer' ELSE 'bot' END, c.created_at,
        json_object('type', 'message', 'id', c.id || '|' || printf('%07d', n.i), 'text',
          'Une phrase comme les clients et l’assistant en disent, d’une longueur ordinaire. ' || n.i)
      FROM conversations c CROSS JOIN n WHERE c.id LIKE 'old-%';
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 2 FROM n WHERE i < ${IN_EACH - 1})
      INSERT INTO turns (conversation_id, turn_key, first_seq, last_seq)
      SELECT c.id, c.user_id || ':' || n.i, n.i, n.i + 1 FROM conversations c CROSS JOIN n WHERE c.id LIKE 'old-%';
    INSERT INTO outbox (id, kind, created_at, payload, position, due_at, delivered_at)
      SELECT 'ticket-created-SUP-' || id, 'ticket_created', created_at, '{}', rowid, created_at, created_at
      FROM conversations WHERE id LIKE 'old-%0';
    COMMIT;
  `);
  database.close();
}

test('with a million stored messages a process that was killed is ready again within two seconds, and answers as quickly', async () => {
  const guichet = await Guichet.at();
  await fill(guichet.folder);
  const size = statSync(join(guichet.folder, DATABASE_FILE)).size / 2 ** 20;
  await guichet.up();
  const ready: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const customer = new Customer(`c${i}`, guichet.url, new History());
    await customer.begin();
    for (let said = 0; said < 5; said += 1) await customer.says(`menu ${said}`);
    await pause(50);
    await guichet.kill();
    ready.push(await guichet.up());
  }
  const history = new History();
  const customer = new Customer('after', guichet.url, history);
  await customer.begin();
  for (let said = 0; said < 50; said += 1) await customer.says(`menu ${said}`);
  const times = history.said().map(({ time }) => time);
  const took = times.flatMap((time, i) => (i % 2 === 1 ? [time - times[i - 1]!] : []));
  await guichet.kill();
  figure(
    'kill -9 with a million stored messages',
    `${Math.round(size)} MB; ready again after ${Math.round(percentile(ready, 50))} ms (median of ${ready.length}; longest ${Math.round(Math.max(...ready))} ms); an answer after takes ${percentile(took, 50).toFixed(0)} ms (median)`,
  );
  expect(percentile(ready, 50)).toBeLessThan(2_000);
});
