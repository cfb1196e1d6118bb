import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Activity, EventFactory, TestAdapter, TurnContext } from 'botbuilder';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { targetFetch } from '../../adapters/targetFetch.ts';
import { deliverersOf } from '../../adapters/targets.ts';
import { retryAfter, webhookTarget } from '../../adapters/webhook.ts';
import { handoffInitiation } from '../../bot/handoffInitiation.ts';
import type { Store } from '../../bot/store.ts';
import { HttpSink } from '../httpSink.ts';
import { happens, keepTicketTurn, ticketOf } from '../ticket.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
let sink: HttpSink;
let store: Store;
let shift: number;
let outbox: Outbox;
beforeEach(async () => {
  sink = await HttpSink.start();
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-webhook-')));
  shift = 0;
  outbox = newOutbox();
});
afterEach(async () => {
  await store.close();
  await sink.stop();
});

/** The verifier of the official library looks at the real time, so the clock is the real one, shifted. */
function newOutbox(longestMs?: number): Outbox {
  const now = (): Date => new Date(Date.now() + shift);
  const fetch = targetFetch(['127.0.0.1']);
  const settings = {
    url: `${sink.url}/hook`,
    secret: SECRET,
    fetch,
    ...(longestMs !== undefined && { longestMs }),
  };
  return new Outbox(
    { store, now, log: pino({ level: 'silent' }) },
    deliverersOf([webhookTarget(settings, { store, now })]),
  );
}
const keep = (differences = {}): Promise<void> =>
  keepTicketTurn(store, ticketOf({ createdAt: new Date(), ...differences }));
const minutes = async (count: number): Promise<void> => {
  shift += count * 60_000;
  await outbox.pass();
};

test('a ticket is told whole, signed as Standard Webhooks verifies it', async () => {
  await keep();
  await outbox.pass();
  const [{ headers, body, path }] = sink.taken as [HttpSink['taken'][0]];
  expect(path).toBe('/hook');
  expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
    type: 'ticket.created',
    data: {
      reference: 'SUP-4T7K2M',
      missing: ['Numéro de suivi'],
      transcript: [{ text: 'Mon colis <b>manque</b>.' }, { text: 'C’est envoyé !' }],
    },
  });
  expect(headers['webhook-id']).toBe('ticket-created-SUP-4T7K2M:webhook');
  expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow();
});

test('a handoff is told as the Bot Framework’s event, with the conversation to its last message, then its states', async () => {
  await keep();
  const reference = 'SUP-4T7K2M';
  const handoff = {
    id: 'h',
    conversationId: 'c',
    reference,
    state: 'queued' as const,
    priority: 'normal' as const,
    queuedAt: new Date(),
  };
  await happens(store, { type: 'handoff.initiate', reference, handoffId: 'h' }, { handoff });
  await happens(
    store,
    { type: 'handoff.status', reference, handoffId: 'h', state: 'accepted' },
    { handoff: { ...handoff, state: 'accepted', owner: { id: 'lea', name: 'Léa' } } },
  );
  await outbox.pass();
  const told = sink.taken.map(
    ({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> },
  );
  expect(told.map(({ type }) => type)).toEqual(['ticket.created', 'handoff.initiate', 'handoff.status']);
  expect(told[1]!.data).toMatchObject({
    reference,
    handoff: { id: 'h', state: 'queued' },
    activity: {
      type: 'event',
      name: 'handoff.initiate',
      value: { reference, section: 6, details: { orderNumber: '100245' } },
      attachments: [
        {
          contentType: 'application/json',
          name: 'Transcript',
          content: { activities: [{ text: 'Mon colis <b>manque</b>.' }, { text: 'C’est envoyé !' }] },
        },
      ],
    },
  });
  expect(told[2]!.data).toMatchObject({ handoff: { id: 'h', state: 'accepted', agent: 'Léa' } });
});

test('the event has what botbuilder’s own has, and is known by its names', async () => {
  await keep();
  const conversation = (await store.conversation('c'))!;
  const activities = await store.activities('c');
  const handoff = {
    id: 'h',
    conversationId: 'c',
    reference: 'SUP-4T7K2M',
    state: 'queued' as const,
    priority: 'normal' as const,
    queuedAt: new Date(),
  };
  const ours = handoffInitiation(handoff, ticketOf(), conversation, activities);
  const context = new TurnContext(new TestAdapter(), {
    ...activities[0]!.activity,
    channelId: conversation.channel,
    conversation: { id: 'c' } as Activity['conversation'],
    from: { id: conversation.userId, name: '' },
    recipient: { id: 'guichet', name: '' },
  });
  const theirs = EventFactory.createHandoffInitiation(context, ours.value, {
    activities: activities.map(({ activity }) => activity as Activity),
  });
  expect([ours.type, ours.name, ours.value]).toEqual([theirs.type, theirs.name, theirs.value]);
  expect(JSON.parse(JSON.stringify(ours.attachments))).toEqual(
    JSON.parse(JSON.stringify(theirs.attachments)),
  );
  expect(ours.relatesTo).toMatchObject({
    conversation: { id: theirs.relatesTo!.conversation.id },
    channelId: theirs.relatesTo!.channelId,
  });
  expect(ours.conversation!.id).toBe(theirs.conversation.id);
});

test.each([500, 502, 400, 404, 301, 302])(
  'after a %s it is told again, under the same id',
  async (status) => {
    await keep();
    sink.answer = () => ({ status, headers: { location: `${sink.url}/elsewhere` } });
    await outbox.pass();
    sink.answer = () => ({ status: 204 });
    await minutes(5);
    expect(sink.taken.map(({ path }) => path)).toEqual(['/hook', '/hook']);
    expect(new Set(sink.taken.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await store.outbox(10)).toEqual([]);
  },
);

test('429 with Retry-After is obeyed', async () => {
  await keep();
  sink.answer = () => ({ status: 429, headers: { 'retry-after': '1200' } });
  await outbox.pass();
  await minutes(19);
  expect(sink.taken).toHaveLength(1);
  await minutes(2);
  expect(sink.taken).toHaveLength(2);
});

test('410 is the end of it', async () => {
  await keep();
  sink.answer = () => ({ status: 410 });
  await outbox.pass();
  expect(await store.deliveries.dead(10)).toMatchObject([{ reason: 'The receiver wants no more (410).' }]);
});

test('a receiver that hangs is left, and told again', async () => {
  await keep();
  outbox = newOutbox(200);
  sink.answer = () => 'hangs';
  await outbox.pass();
  sink.answer = () => ({ status: 200 });
  await minutes(5);
  expect(sink.taken).toHaveLength(2);
  expect(await store.outbox(10)).toEqual([]);
});

test('what redaction took out late does not leave', async () => {
  await keep();
  sink.answer = () => ({ status: 500 });
  await outbox.pass();
  const { version } = (await store.conversation('c'))!;
  await store.commitTurn({
    conversationId: 'c',
    version,
    activities: [],
    rewritten: [{ seq: 1, text: '[carte •••• 1111]' }],
    state: {},
    tickets: [],
    outbox: [],
  });
  sink.answer = () => ({ status: 200 });
  await minutes(5);
  expect(sink.taken[1]!.body).toContain('[carte •••• 1111]');
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['999999', 3600_000],
  ['Wed, 18 Mar 2026 13:32:00 GMT', 120_000],
  ['Wed, 18 Mar 2026 13:20:00 GMT', 0],
  ['soon', undefined],
  [null, undefined],
])('Retry-After %s is a wait of %s ms', (header, ms) => {
  expect(retryAfter(header, Date.parse('2026-03-18T13:30:00Z'))).toBe(ms);
});
