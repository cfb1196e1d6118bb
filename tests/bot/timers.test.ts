import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { createLog } from '../../bot/log.ts';
import type { Store } from '../../bot/store.ts';
import { type OnTimer, timerKey, Timers } from '../../bot/timers.ts';
import { TurnFailedError } from '../../bot/turn.ts';

const AT = Date.parse('2026-03-18T13:30:00Z');
let store: Store;
let folder: string;
let clock: number;
let done: unknown[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-timers-'));
  store = await openSqliteStore(folder);
  clock = AT;
  done = [];
});
afterEach(() => store.close());

const note: OnTimer = async (timer) => void done.push(timer.payload);
const timers = (action: OnTimer = note, log: Logger = pino({ level: 'silent' })): Timers =>
  new Timers({ store, now: () => new Date(clock), log }, { idle: action });
const set = (key: string, minutes: number, payload: unknown = key): Promise<void> =>
  store.timers.change([{ key, kind: 'idle', dueAt: new Date(AT + minutes * 60_000), payload }]);

test('a timer is acted on when its time has come, once', async () => {
  await set('a', 5);
  await timers().pass();
  expect(done).toEqual([]);
  clock += 5 * 60_000;
  await Promise.all([timers().pass(), timers().pass()]);
  await timers().pass();
  expect(done).toEqual(['a']);
  expect(await store.timers.all(10)).toEqual([]);
});

test('set again under its key it takes the place of the one before; cancelled, it is gone', async () => {
  await set('a', 5, 'first');
  await set('a', 10, 'second');
  await set('b', 5);
  await store.timers.change([{ key: 'b', cancel: true }]);
  clock += 7 * 60_000;
  await timers().pass();
  expect(done).toEqual([]);
  clock += 7 * 60_000;
  await timers().pass();
  expect(done).toEqual(['second']);
});

test('it survives a restart, and one that came due in the meantime is acted on', async () => {
  await set('a', 5);
  await store.timers.claim({ now: new Date(AT + 600_000), until: new Date(AT + 660_000), limit: 1 });
  await store.close();
  store = await openSqliteStore(folder);
  clock += 3600_000;
  await timers().pass();
  expect(done).toEqual(['a']);
});

test('an action that fails is tried again', async () => {
  await set('a', 0);
  let tries = 0;
  const action: OnTimer = async (timer) => {
    tries += 1;
    if (tries === 1) throw new Error('not now');
    await note(timer);
  };
  await timers(action).pass();
  await timers(action).pass();
  expect(tries).toBe(1);
  clock += 60_000;
  await timers(action).pass();
  expect(done).toEqual(['a']);
});

test('set anew while it is being acted on, it comes again', async () => {
  await set('a', 0, 'first');
  await timers(async (timer) => {
    await note(timer);
    if (timer.payload === 'first') await set('a', 1, 'second');
  }).pass();
  clock += 60_000;
  await timers().pass();
  expect(done).toEqual(['first', 'second']);
});

test('the key of the turn that it causes names the timer and its time', () => {
  expect(timerKey({ key: 'idle:c', kind: 'idle', dueAt: new Date(AT), payload: {} })).toBe(
    'timer:idle:c:2026-03-18T13:30:00.000Z',
  );
});

test('one whose turn failed says in the log which turn it was', async () => {
  await set('a', 0);
  let logged = '';
  const log = createLog('info', { write: (line) => void (logged += line) });
  const ids = { conversationId: 'c', turnId: 't' };
  await timers(() => Promise.reject(new TurnFailedError(ids, new Error('disk full'))), log).pass();
  expect(JSON.parse(logged)).toMatchObject({
    ...ids,
    timer: 'idle',
    msg: 'a timer failed; it is tried again',
  });
});
