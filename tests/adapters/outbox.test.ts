import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Deliver, Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { backOff } from '../../bot/backOff.ts';
import type { OutboxRow, Store } from '../../bot/store.ts';
import { keepTurn } from '../storedTurn.ts';

let store: Store;
let folder: string;
let clock: number;
let delivered: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-outbox-'));
  store = await openSqliteStore(folder);
  clock = Date.parse('2026-03-18T13:30:00Z');
  delivered = [];
});
afterEach(() => store.close());

const now = (): Date => new Date(clock);
const minutes = (count: number): void => void (clock += count * 60_000);
const takes: Deliver = async (row) => {
  delivered.push(row.id);
  return { outcome: 'delivered' };
};
const outbox = (deliverers: Record<string, Deliver>): Outbox =>
  new Outbox({ store, now, log: pino({ level: 'silent' }), random: () => 1 }, deliverers);

/** Rows leave with a turn, so they are written by one. */
async function write(...rows: (Partial<OutboxRow> & { id: string })[]): Promise<void> {
  await store.openConversation({ id: 'c', channel: 'test', userId: 'u', now: now() });
  await keepTurn(store, 'c', {
    outbox: rows.map((row) => ({ kind: 'mail', payload: {}, createdAt: now(), ...row })),
  });
}
const waiting = async (): Promise<string[]> => (await store.outbox(100)).map((row) => row.id);

test('a row is delivered once, and then it is no longer there', async () => {
  await write({ id: 'a' }, { id: 'b' });
  const box = outbox({ mail: takes });
  await Promise.all([box.pass(), box.pass(), box.pass()]);
  expect(delivered.sort()).toEqual(['a', 'b']);
  expect(await waiting()).toEqual([]);
});

test('what fails is tried again later and later, under the same id', async () => {
  await write({ id: 'a' });
  let tries = 0;
  const box = outbox({
    mail: async (row) => {
      expect(row).toMatchObject({ id: 'a', attempts: tries });
      tries += 1;
      if (tries === 1) throw new Error('no connection');
      return tries < 4 ? { outcome: 'later', reason: '421' } : takes(row, AbortSignal.timeout(1));
    },
  });
  const due: number[] = [];
  for (let seconds = 0; seconds < 60 && tries < 4; seconds += 1) {
    const before = tries;
    await box.pass();
    if (tries > before) due.push(seconds);
    clock += 1000;
  }
  expect(due).toEqual([0, 2, 6, 14]);
  expect(delivered).toEqual(['a']);
});

test('the other side names a time: it is waited for', async () => {
  await write({ id: 'a' });
  let tries = 0;
  const box = outbox({
    mail: async () => {
      tries += 1;
      return { outcome: 'later', reason: '429', afterMs: 10 * 60_000 };
    },
  });
  await box.pass();
  minutes(9);
  await box.pass();
  expect(tries).toBe(1);
  minutes(2);
  await box.pass();
  expect(tries).toBe(2);
});

test('after an outage of an hour everything has left within five minutes', async () => {
  await write({ id: 'a' });
  let down = true;
  const box = outbox({
    mail: async (row, signal) => (down ? Promise.reject(new Error('down')) : takes(row, signal)),
  });
  for (let minute = 0; minute < 60; minute += 1) {
    await box.pass();
    minutes(1);
  }
  down = false;
  for (let minute = 0; minute < 5; minute += 1) {
    await box.pass();
    minutes(1);
  }
  expect(delivered).toEqual(['a']);
});

test('after 72 hours a row is a dead letter; sent again, it leaves', async () => {
  await write({ id: 'a' });
  let down = true;
  const box = outbox({
    mail: async (row, signal) => (down ? { outcome: 'later', reason: '500' } : takes(row, signal)),
  });
  await box.pass();
  minutes(72 * 60 - 10);
  await box.pass();
  expect(await store.deliveries.dead(10)).toEqual([]);
  minutes(10);
  await box.pass();
  expect(await store.deliveries.dead(10)).toMatchObject([{ id: 'a', reason: '500', attempts: 3 }]);
  expect(await waiting()).toEqual([]);

  down = false;
  expect(await store.deliveries.sendAgain('a', now())).toBe(true);
  expect(await store.deliveries.sendAgain('a', now())).toBe(false);
  await box.pass();
  expect(delivered).toEqual(['a']);
});

test('what is refused is not tried again, and does not hold back those behind it', async () => {
  await write({ id: 'a', lane: 'l' }, { id: 'b', lane: 'l' });
  const box = outbox({
    mail: async (row, signal) =>
      row.id === 'a' ? { outcome: 'refused', reason: '550' } : takes(row, signal),
  });
  await box.pass();
  expect(await store.deliveries.dead(10)).toMatchObject([{ id: 'a', reason: '550' }]);
  expect(delivered).toEqual(['b']);
});

test('rows of a lane leave in their order: one that fails holds back those behind it, and no others', async () => {
  await write({ id: 'a1', lane: 'a' }, { id: 'b1', lane: 'b' }, { id: 'a2', lane: 'a' });
  await write({ id: 'a3', lane: 'a' });
  let failed = false;
  const box = outbox({
    mail: async (row, signal) => {
      if (row.id !== 'a1' || failed) return takes(row, signal);
      failed = true;
      return { outcome: 'later', reason: 'not now' };
    },
  });
  await box.pass();
  expect(delivered).toEqual(['b1']);
  minutes(1);
  await box.pass();
  expect(delivered).toEqual(['b1', 'a1', 'a2', 'a3']);
});

test('one kind that hangs does not hold back another', async () => {
  await write({ id: 'a', kind: 'mail' }, { id: 'b', kind: 'hook' });
  let release = (): void => undefined;
  const hangs = new Promise<void>((resolve) => (release = resolve));
  let leftB = (): void => undefined;
  const b = new Promise<void>((resolve) => (leftB = resolve));
  const box = outbox({
    mail: async (row, signal) => hangs.then(() => takes(row, signal)),
    hook: async (row, signal) => {
      leftB();
      return takes(row, signal);
    },
  });
  box.start();
  await b;
  expect(delivered).toEqual(['b']);
  release();
  await box.stop();
  expect(delivered).toEqual(['b', 'a']);
});

test('one lane that hangs does not hold back the others of its kind', async () => {
  await write({ id: 'a', lane: 'a' }, { id: 'b', lane: 'b' });
  let release = (): void => undefined;
  const hangs = new Promise<void>((resolve) => (release = resolve));
  let leftC = (): void => undefined;
  const c = new Promise<void>((resolve) => (leftC = resolve));
  const box = outbox({
    mail: async (row, signal) => {
      if (row.id === 'a') await hangs;
      if (row.id === 'c') leftC();
      return takes(row, signal);
    },
  });
  box.start();
  await write({ id: 'c', lane: 'b' });
  box.wake();
  await c;
  release();
  await box.stop();
  expect(delivered).toEqual(['b', 'c', 'a']);
});

test('a process that died in the middle of a delivery: the next one delivers it, at once', async () => {
  await write({ id: 'a' });
  const until = new Date(clock + 60_000);
  expect(await store.deliveries.claim('mail', { now: now(), until, limit: 10 })).toHaveLength(1);
  await outbox({ mail: takes }).pass();
  expect(delivered).toEqual([]);
  await store.close();
  store = await openSqliteStore(folder);
  await outbox({ mail: takes }).pass();
  expect(delivered).toEqual(['a']);
});

test('what a delivery gives rise to is written with its mark, and delivered in turn', async () => {
  await write({ id: 'a', kind: 'event' });
  await outbox({
    event: async () => ({
      outcome: 'delivered',
      next: ['x', 'y'].map((id) => ({ id, kind: 'mail', payload: {}, createdAt: now() })),
    }),
    mail: takes,
  }).pass();
  expect(delivered.sort()).toEqual(['x', 'y']);
});

test('what was delivered is forgotten after a while, what was not is kept', async () => {
  await write({ id: 'a' }, { id: 'b', kind: 'unknown' });
  await outbox({ mail: takes }).pass();
  await store.deliveries.forgetDelivered(new Date(clock + 1));
  await write({ id: 'a' });
  expect(await waiting()).toEqual(['b', 'a']);
});

test('the wait doubles from two seconds to four minutes, less up to a half by chance', () => {
  expect([0, 1, 2, 6, 7, 50].map((tries) => backOff(tries, () => 1))).toEqual([
    2_000, 4_000, 8_000, 128_000, 240_000, 240_000,
  ]);
  expect(backOff(0, () => 0)).toBe(1_000);
});
