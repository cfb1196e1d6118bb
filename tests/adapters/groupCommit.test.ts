import { mkdtempSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import type { CommitResult, Store, TurnCommit } from '../../bot/store.ts';
import { turnOf } from '../storedTurn.ts';

const NOW = new Date('2026-03-18T13:30:00Z');
const CONVERSATIONS = Array.from({ length: 20 }, (_, i) => `c${i}`);

type Prepare = DatabaseSync['prepare'];
const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')!.value as Prepare;

let store: Store;
let statements: string[];
/** A statement that the disk refuses. */
let failing: string | undefined;
beforeEach(async () => {
  statements = [];
  jest.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    text: string,
  ) {
    const statement = prepare.call(this, text);
    const run = statement.run.bind(statement);
    statement.run = (...values: never[]) => {
      statements.push(text);
      if (text === failing) throw new Error('disk I/O error');
      return run(...values);
    };
    return statement;
  });
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-group-')));
  for (const id of CONVERSATIONS)
    await store.openConversation({ id, channel: 'test', userId: 'u', now: NOW });
  statements.length = 0;
});
afterEach(async () => {
  await store.close();
  jest.restoreAllMocks();
});

const count = (text: string): number => statements.filter((one) => one === text).length;
const commit = (conversationId: string, more: Partial<TurnCommit> = {}): Promise<CommitResult> =>
  store.commitTurn(
    turnOf({
      conversationId,
      version: 0,
      activities: [{ role: 'customer', at: NOW, activity: { type: 'message', text: conversationId } }],
      ...more,
    }),
  );

test('turns of several conversations that commit at once wait for the disk together', async () => {
  await Promise.all(CONVERSATIONS.map((id) => commit(id)));
  expect(count('commit')).toBe(1);
  for (const id of CONVERSATIONS) expect(await store.activities(id)).toHaveLength(1);
});

test('one that cannot be written leaves nothing, and the others are whole', async () => {
  const bad = { rewritten: [{ seq: 99, text: 'there is no such message' }] };
  const ends = await Promise.allSettled(CONVERSATIONS.map((id, i) => commit(id, i === 7 ? bad : {})));
  expect(ends.map(({ status }) => status === 'fulfilled')).toEqual(CONVERSATIONS.map((_, i) => i !== 7));
  for (const [i, id] of CONVERSATIONS.entries()) {
    expect(await store.activities(id)).toHaveLength(i === 7 ? 0 : 1);
    expect((await store.conversation(id))!.version).toBe(i === 7 ? 0 : 1);
  }
});

test('two turns on one state in one group: one is written, the other is told of the conflict', async () => {
  const ends = await Promise.all([commit('c1'), commit('c1'), commit('c2')]);
  expect(ends.map(({ outcome }) => outcome)).toEqual(['committed', 'conflict', 'committed']);
});

test('none is acknowledged when the group does not reach the disk', async () => {
  failing = 'commit';
  const ends = await Promise.allSettled(CONVERSATIONS.map((id) => commit(id)));
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
  failing = undefined;
  for (const id of CONVERSATIONS) expect(await store.activities(id)).toEqual([]);
  // And the next ones go through.
  expect((await commit('c1')).outcome).toBe('committed');
});
