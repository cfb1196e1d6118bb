import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteBeside, openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { Retention } from '../../bot/retention.ts';
import type { Store } from '../../bot/store.ts';
import { TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { ticketOf } from '../ticket.ts';

const NOW = '2026-11-01T12:00:00Z';
const KEEPING = { KEEP_CHATS_DAYS: 30, KEEP_TICKETS_MONTHS: 6, KEEP_UPLOADS_DAYS: 90, KEEP_AUDIT_MONTHS: 12 };

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-retention-'));
  store = await openSqliteStore(folder);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A conversation whose last word was said then; with what came of it. */
async function talk(
  id: string,
  at: string,
  { ticket, picture = false }: { ticket?: 'open' | 'closed'; picture?: boolean } = {},
): Promise<void> {
  const then = new Date(at);
  await store.openConversation({ id, channel: 'directline', userId: `user of ${id}`, now: then });
  const reference = `SUP-${id}`;
  await keepTurn(store, id, {
    activities: [{ role: 'customer', at: then, activity: { type: 'message', text: `dit par ${id}` } }],
    tickets: ticket
      ? [ticketOf({ reference, conversationId: id, status: ticket, createdAt: then, updatedAt: then })]
      : [],
    ...(picture && {
      uploads: [{ id: `file of ${id}`, name: 'a.png', contentType: 'image/png', bytes: Buffer.from('png') }],
    }),
  });
}

/** Which of them have lines in the database: another process may have erased what this one remembers. */
async function kept(...ids: string[]): Promise<string[]> {
  const lines = await Promise.all(ids.map((id) => store.activities(id)));
  return ids.filter((_, i) => lines[i]!.length > 0);
}

const retention = (now = NOW): Retention => new Retention({ store, now: () => new Date(now) }, KEEPING);

test('conversations without ticket go 30 days after their last message, others 6 months after the ticket was closed', async () => {
  await talk('old', '2026-09-30T12:00:00Z');
  await talk('recent', '2026-10-03T12:00:00Z');
  await talk('open', '2025-01-01T12:00:00Z', { ticket: 'open' });
  await talk('closed', '2026-04-30T12:00:00Z', { ticket: 'closed' });
  await talk('closed lately', '2026-05-02T12:00:00Z', { ticket: 'closed' });
  expect(await retention().run()).toEqual({ conversations: 2, uploads: 0 });
  expect(await kept('old', 'recent', 'open', 'closed', 'closed lately')).toEqual([
    'recent',
    'open',
    'closed lately',
  ]);
  expect(await retention().run()).toEqual({ conversations: 0, uploads: 0 });
});

test('one that waits for an agent stays, however old', async () => {
  await talk('waiting', '2026-01-01T12:00:00Z');
  const queuedAt = new Date('2026-01-01T12:00:00Z');
  await keepTurn(store, 'waiting', {
    handoff: {
      id: 'h',
      conversationId: 'waiting',
      reference: 'SUP-X',
      state: 'queued',
      priority: 'normal',
      queuedAt,
    },
  });
  expect((await retention().run()).conversations).toBe(0);
});

test('pictures go after 90 days; the message that they came with stays', async () => {
  await talk('ticket', '2026-07-01T12:00:00Z', { ticket: 'open', picture: true });
  await talk('later', '2026-10-30T12:00:00Z', { picture: true });
  expect(await retention().run()).toEqual({ conversations: 0, uploads: 1 });
  expect(await store.upload('file of ticket')).toBeUndefined();
  expect(await store.upload('file of later')).toBeDefined();
  expect((await store.activities('ticket'))[0]!.activity.text).toBe('dit par ticket');
});

test('who writes while it runs keeps the conversation', async () => {
  await talk('back', '2026-01-01T12:00:00Z');
  const [found] = await store.privacy.overdue({ chats: new Date(NOW), tickets: new Date(NOW) }, 10);
  await keepTurn(store, 'back', {
    activities: [{ role: 'customer', at: new Date(NOW), activity: { type: 'message', text: 'me revoilà' } }],
  });
  expect(await store.privacy.eraseIfUnchanged(found!)).toBe(false);
  expect(await store.activities('back')).toHaveLength(2);
});

test('its audit entry counts, and says nothing else; entries go after a year', async () => {
  await store.audit.add({
    at: new Date('2025-10-01T12:00:00Z'),
    actor: 'a',
    action: 'viewed',
    subject: 'ticket',
  });
  await talk('old', '2026-01-01T12:00:00Z');
  await retention().run();
  expect(await store.audit.latest(10)).toEqual([
    { at: new Date(NOW), actor: 'retention', action: 'expired', subject: '1 conversations, 0 uploads' },
  ]);
});

test('killed in the middle, it is taken up by the next run; a server may run beside', async () => {
  const many = 120;
  for (let i = 0; i < many; i += 1) await talk(`c${i}`, '2026-01-01T12:00:00Z');
  await talk('recent', '2026-10-30T12:00:00Z');
  const left = async (): Promise<number> =>
    (await store.records.conversations({ from: new Date(0), to: new Date('2027-01-01') })).length;
  const run = (): { child: ReturnType<typeof spawn>; ended: Promise<unknown> } => {
    const child = spawn(process.execPath, ['bot/cli/privacy.ts', 'retention'], {
      env: { PATH: process.env['PATH'], DATA_DIR: folder, GUICHET_NOW: NOW },
      stdio: 'ignore',
    });
    return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
  };

  const first = run();
  while ((await left()) > many - 5) await new Promise((resolve) => setTimeout(resolve, 1));
  first.child.kill('SIGKILL');
  await first.ended;
  const between = await left();
  expect(between).toBeLessThan(many);
  expect(between).toBeGreaterThan(1);
  await run().ended;
  expect(await kept('c0', 'c119', 'recent')).toEqual(['recent']);
  expect(await left()).toBe(1);
}, 60_000);

test('a server does it by itself when it starts', async () => {
  const server = await TestServer.start();
  try {
    const then = new Date('2026-01-01T12:00:00Z');
    await server.store.openConversation({ id: 'old', channel: 'directline', userId: 'u', now: then });
    await server.restart();
    while (await server.store.conversation('old')) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await server.store.audit.latest(1))[0]).toMatchObject({ actor: 'retention', action: 'expired' });
  } finally {
    await server.stop();
  }
});

test('a command on a database of an older release says to start the server first', async () => {
  const other = mkdtempSync(join(tmpdir(), 'guichet-older-'));
  await (await openSqliteStore(other)).close();
  const database = new DatabaseSync(join(other, 'guichet.db'));
  database.exec("DELETE FROM kysely_migration WHERE name = '0007_privacy'");
  database.close();
  await expect(openSqliteBeside(other)).rejects.toThrow('start the server once');
  rmSync(other, { recursive: true });
});

test('a command without a database says where it looked', async () => {
  await expect(openSqliteBeside(join(folder, 'nowhere'))).rejects.toThrow('There is no database in');
});
