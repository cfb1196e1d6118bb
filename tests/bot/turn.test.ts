import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import type { Store, StoredActivity } from '../../bot/store.ts';
import { agentMessage } from '../../bot/agentMessage.ts';
import type { BotTurn } from '../../bot/supportBot.ts';
import type { Incoming } from '../../bot/customerTurn.ts';
import { TurnFailedError, Turns } from '../../bot/turn.ts';

const NOW = new Date('2026-03-18T13:30:00Z');

/** A bot that counts the turns of a conversation in its memory. */
const counting = {
  run: async (turn: BotTurn): Promise<void> => {
    turn.memory.misunderstood += 1;
    // Lets other turns in, if the queue did.
    await new Promise((resolve) => setImmediate(resolve));
    turn.say({ text: `turn ${turn.memory.misunderstood}` });
  },
};

let store: Store;
let published: StoredActivity[];
let logged: string;
beforeEach(async () => {
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-turn-')));
  await store.openConversation({ id: 'c', channel: 'test', userId: 'u', now: NOW });
  published = [];
  logged = '';
});
afterEach(() => store.close());

function turns(bot: { run(turn: BotTurn): Promise<void> }, over: Store = store): Turns {
  const log = pino({ level: 'info' }, { write: (line: string) => void (logged += line) });
  return new Turns({
    store: over,
    bot,
    now: () => NOW,
    log,
    publish: (written) => void published.push(...written),
  });
}
const message = (text: string, more: Partial<Incoming> = {}): Incoming => ({
  conversationId: 'c',
  kind: 'message',
  from: { id: 'u' },
  text,
  ...more,
});

test('100 parallel turns on one conversation count 100, in one order without a gap', async () => {
  const running = turns(counting);
  await Promise.all(Array.from({ length: 100 }, (_, i) => running.run(message(`m${i}`))));
  const stored = await store.activities('c');
  expect(stored.map((entry) => entry.seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect(stored.at(-1)!.activity.text).toBe('turn 100');
  expect(published.map((entry) => entry.seq)).toEqual(stored.map((entry) => entry.seq));
});

test('two processes on one conversation lose no update: the loser of the race runs again', async () => {
  const [one, other] = [turns(counting), turns(counting)];
  await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : other).run(message(`m${i}`))));
  expect((await store.activities('c')).at(-1)!.activity.text).toBe('turn 20');
});

test('the same post twice gives one message and one answer', async () => {
  const running = turns(counting);
  const [first, second] = await Promise.all([
    running.run(message('hello', { key: 'k' })),
    running.run(message('hello', { key: 'k' })),
  ]);
  expect(second).toEqual({ activities: first.activities, replayed: true });
  expect(await store.activities('c')).toHaveLength(2);
  expect(published).toHaveLength(2);
});

test('a turn that throws leaves nothing behind but an apology and the offer of a human', async () => {
  const failing = {
    run: async (turn: BotTurn): Promise<void> => {
      turn.memory.misunderstood = 42;
      turn.effects.outbox.push({ id: 'o', kind: 'x', payload: {}, createdAt: NOW });
      turn.say({ text: 'half an answer' });
      throw new Error('broken');
    },
  };
  const { activities } = await turns(failing).run(message('mon secret'));
  expect(activities.map((entry) => entry.role)).toEqual(['customer', 'bot']);
  expect(activities[1]!.activity.text).toContain('une erreur s’est produite');
  expect(activities[1]!.activity.suggestedActions!.actions[0]!.title).toBe('Parler à un humain');
  expect(await store.outbox(10)).toEqual([]);
  expect((await store.conversation('c'))!.state).toEqual({});
  expect(logged).toContain('broken');
  expect(logged).not.toContain('mon secret');
});

test('a timer whose turn throws says nothing, so that it is acted on again', async () => {
  const failing = { run: () => Promise.reject(new Error('broken')) };
  const timer = message('idle', { kind: 'timer', key: 'timer:idle' });
  await expect(turns(failing).run(timer)).rejects.toBeInstanceOf(TurnFailedError);
  expect(await store.activities('c')).toEqual([]);
  const { replayed, activities } = await turns(counting).run(timer);
  expect([replayed, activities.length]).toEqual([false, 1]);
});

test('nothing is shown and nothing acknowledged when the commit fails', async () => {
  const full = Object.assign(Object.create(store) as Store, {
    commitTurn: () => Promise.reject(new Error('disk full')),
  });
  await expect(turns(counting, full).run(message('hello'))).rejects.toMatchObject({
    cause: { message: 'disk full' },
  });
  expect(published).toEqual([]);
  expect(await store.activities('c')).toEqual([]);
});

test('a failed turn does not stop those behind it', async () => {
  let failed = false;
  const once = Object.assign(Object.create(store) as Store, {
    commitTurn: (commit: Parameters<Store['commitTurn']>[0]) => {
      if (failed) return store.commitTurn(commit);
      failed = true;
      return Promise.reject(new Error('disk full'));
    },
  });
  const running = turns(counting, once);
  const results = await Promise.allSettled([running.run(message('a')), running.run(message('b'))]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
});

test('several things said in a turn are one message', async () => {
  const talkative = {
    run: async (turn: BotTurn): Promise<void> => {
      turn.say({ text: 'one' });
      turn.say({ text: 'two', choices: [{ title: 'A' }] });
    },
  };
  const { activities } = await turns(talkative).run(message('hello'));
  expect(activities).toHaveLength(2);
  expect(activities[1]!.activity.text).toBe('one\n\ntwo');
});

test('a card number reaches neither the bot nor the store, not in the text nor in what the client sent along', async () => {
  const seen: string[] = [];
  const listening = {
    run: async (turn: BotTurn): Promise<void> => void seen.push(JSON.stringify(turn.activity)),
  };
  await turns(listening).run(
    message('carte 4111 1111 1111 1111', { channelData: { draft: ['4111111111111111'] } }),
  );
  const everything = JSON.stringify([
    seen,
    await store.activities('c'),
    await store.conversation('c'),
  ]).replace(/[^\d]/g, '');
  expect(everything).not.toContain('411111111111');
});

test('a card number split over messages is masked in those already stored, and in the bot’s memory', async () => {
  const remembering = {
    run: async (turn: BotTurn): Promise<void> => {
      turn.memory.dialogs = { dialogStack: [{ id: 'f', state: { said: turn.activity.text } }] };
      turn.say({ text: 'Je vous écoute.' });
    },
  };
  const running = turns(remembering);
  await running.run(message('5555 5555'));
  await running.run(message('5555 4444'));
  const left = JSON.stringify([await store.activities('c'), await store.conversation('c')]);
  expect(left).not.toContain('5555 5555');
  expect(left).not.toContain('5555 4444');
});

test('a file is kept with its message, acknowledged, and a number in its name is redacted', async () => {
  const upload = {
    id: 'f',
    name: '4111 1111 1111 1111.png',
    contentType: 'image/png',
    bytes: new Uint8Array([1]),
  };
  const { activities } = await turns(counting).run(message('', { uploads: [upload] }));
  expect(activities[0]!.activity.attachments).toEqual([
    { contentType: 'image/png', name: '[carte •••• 1111].png', contentUrl: 'upload:f' },
  ]);
  expect(activities[1]!.activity.text).toContain('bien reçu votre image');
  expect(await store.upload('f')).toMatchObject({ conversationId: 'c', contentType: 'image/png' });
});

test.each([
  ['an id with a letter comes back as it was', 'pin:1234|id-123456789', 'pin:1234|id-123456789'],
  ['a card number is none', '4111-1111-1111-1111', '[carte •••• 1111]'],
  ['a card between signs is taken out', 'x-4111-1111-1111-1111', 'x-[carte •••• 1111]'],
  [
    'a UUID comes back as it was',
    '41111111-1111-4111-8222-000000000000',
    '41111111-1111-4111-8222-000000000000',
  ],
  [
    'what is longer than an id is read as a text',
    `pin:1234|${'x'.repeat(200)}`,
    expect.not.stringContaining('1234') as string,
  ],
])('of what clients note on a message for themselves %s', async (_rule, clientActivityID, kept) => {
  const { activities } = await turns(counting).run(message('a', { channelData: { clientActivityID } }));
  expect(activities[0]!.activity.channelData).toMatchObject({ clientActivityID: kept });
});

test('a conversation is erased after the turn that is running', async () => {
  const running = turns(counting);
  const turn = running.run(message('bonjour'));
  await running.erase('c');
  expect((await turn).activities).toHaveLength(2);
  expect(await store.conversation('c')).toBeUndefined();
  expect(await store.activities('c')).toEqual([]);
});

const LEA = { id: 'lea', name: 'Léa' };

test('an agent’s message stands in the conversation’s one order, and is published like any other', async () => {
  const running = turns(counting);
  await Promise.all([
    running.run(message('bonjour')),
    running.change('c', (conversation, at) => ({
      activities: [agentMessage(LEA, 'carte 4111 1111 1111 1111 ?', conversation, at)],
    })),
    running.run(message('merci')),
  ]);
  const stored = await store.activities('c');
  expect(stored.map(({ seq, role }) => [seq, role])).toEqual([
    [1, 'customer'],
    [2, 'bot'],
    [3, 'agent'],
    [4, 'customer'],
    [5, 'bot'],
  ]);
  expect(published).toEqual(stored);
  expect(stored[2]!.activity).toMatchObject({
    from: { name: 'Léa', role: 'bot' },
    text: 'carte [carte •••• 1111] ?',
    channelData: { role: 'agent', 'webchat:sequence-id': 3 },
  });
  expect((await store.conversation('c'))!.state).toMatchObject({ misunderstood: 2 });
});

test('a change under a known key is made once; one that decides nothing writes nothing', async () => {
  const running = turns(counting);
  const remind = () =>
    running.change(
      'c',
      (conversation, at) => ({ activities: [agentMessage(LEA, 'toc', conversation, at)] }),
      'k',
    );
  const [first, second] = [await remind(), await remind()];
  expect(second).toEqual({ activities: first.activities, replayed: true });
  expect((await running.change('c', () => undefined)).activities).toEqual([]);
  expect(await store.activities('c')).toHaveLength(1);
});

test('for a channel without a socket each message of ours leaves by a row of the same commit', async () => {
  const running = new Turns({
    store,
    bot: counting,
    now: () => NOW,
    log: pino({ level: 'silent' }),
    publish: () => undefined,
    outgoing: (conversation, seq) => ({
      id: `test:${conversation.id}:${seq}`,
      kind: 'test_activity',
      lane: `test:${conversation.id}`,
      payload: { conversationId: conversation.id, seq },
      createdAt: NOW,
    }),
  });
  await running.run(message('bonjour'));
  await running.change('c', (conversation, at) => ({
    activities: [agentMessage(LEA, 'Bonjour !', conversation, at)],
  }));
  const rows = await store.outbox(10);
  expect(rows.map(({ id, lane }) => [id, lane])).toEqual([
    ['test:c:2', 'test:c'],
    ['test:c:3', 'test:c'],
  ]);
  const stored = await store.activities('c');
  for (const { payload } of rows) {
    const { seq } = payload as { seq: number };
    expect(stored[seq - 1]!.role).not.toBe('customer');
  }
});
