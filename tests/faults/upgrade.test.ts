import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from '../../adapters/storage/sqlite.ts';
import { Customer, Tab } from './customer.ts';
import { Guichet } from './guichet.ts';
import { History } from './history.ts';
import { readStored } from './stored.ts';

/* firstRelease.sql is the database that the first release left, in the middle of a customer's request. */

jest.setTimeout(60_000);

const OPEN = '0549a2cb-8b29-4113-b1b8-f276e1d3bb83';
const FIRST_RELEASE = readFileSync('tests/faults/firstRelease.sql', 'utf8');

type Row = Record<string, unknown>;

function shapeOf(database: DatabaseSync): Map<string, Row[]> {
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as { name: string }[];
  return new Map(tables.map(({ name }) => [name, database.prepare(`PRAGMA table_info("${name}")`).all()]));
}

test('the database of the first release starts under this one: a form that was open goes on, and what that one writes still fits', async () => {
  const guichet = await Guichet.at();
  const file = join(guichet.folder, DATABASE_FILE);
  const old = new DatabaseSync(file);
  old.exec(FIRST_RELEASE);
  const before = shapeOf(old);
  old.close();
  const talk = readStored(guichet.folder).conversations.get(OPEN)!;
  await guichet.up();

  const customer = Object.assign(new Customer('luc', guichet.url, new History()), { conversationId: OPEN });
  await customer.comesBack();
  const tab = new Tab(customer, 'phone');
  for (const text of ['Le suivi dit déposé hier, la boîte est vide.', 'luc.bernard@exemple.fr', 'Envoyer'])
    await customer.says(text);
  await tab.sees(talk.length + 6, () => false);
  await tab.leave();
  const after = readStored(guichet.folder).conversations.get(OPEN)!;
  expect(after.slice(0, talk.length)).toEqual(talk);
  expect(after.map(({ seq }) => seq)).toEqual(after.map((_line, i) => i + 1));
  expect(after.at(-1)!.text).toMatch(/SUP-/);
  // What was acknowledged by the old release is known to this one.
  await customer.tries('oui', 'm2');
  expect(readStored(guichet.folder).conversations.get(OPEN)).toHaveLength(after.length);
  await guichet.kill();

  // Two releases on one database: nothing of the old one's is gone or has changed, and what is new asks nothing of it.
  const now = new DatabaseSync(file);
  const shape = shapeOf(now);
  for (const [table, columns] of before) {
    const names = new Set(columns.map(({ name }) => name));
    const there = shape.get(table) ?? [];
    expect([table, there.filter(({ name }) => names.has(name))]).toEqual([table, columns]);
    const demanding = there.filter(
      (column) => !names.has(column['name']) && column['notnull'] === 1 && column['dflt_value'] === null,
    );
    expect([table, demanding]).toEqual([table, []]);
  }
  now.close();
});
