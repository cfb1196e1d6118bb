import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { emailTargets } from '../../adapters/email.ts';
import { Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { targetFetch } from '../../adapters/targetFetch.ts';
import { deliverersOf } from '../../adapters/targets.ts';
import { webhookTarget } from '../../adapters/webhook.ts';
import type { Store } from '../../bot/store.ts';
import { randomFrom } from '../../knowledge/classifier/random.ts';
import { HttpSink, type SinkAnswer } from '../httpSink.ts';
import { MailServer, type Mood } from '../mailServer.ts';
import { happens, keepTicketTurn, NOON, ticketOf } from '../ticket.ts';
import { figure, LONG, seedOf } from './report.ts';

/* An hour in which mail server and webhook go wrong in every way, on a clock of its own; the servers are real. */

jest.setTimeout(5 * 60_000);

const TICKETS = LONG ? 60 : 3;
const MINUTE = 60_000;
const PASSES_AN_HOUR = LONG ? 180 : 15;
const MOODS: Mood[] = ['closing', 'no service', 'busy', 'hangs', 'drops'];
const ANSWERS: ((sink: HttpSink) => SinkAnswer)[] = [
  () => ({ status: 500 }),
  () => ({ status: 429, headers: { 'retry-after': '90' } }),
  () => 'hangs',
  (sink) => ({ status: 302, headers: { location: `${sink.url}/elsewhere` } }),
];

let clock = NOON.getTime();
let mail: MailServer;
let sink: HttpSink;
let store: Store;
const random = randomFrom(seedOf('outages'));
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
beforeEach(async () => {
  mail = await MailServer.start();
  sink = await HttpSink.start();
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-outages-')));
  clock = NOON.getTime();
});
afterEach(async () => {
  await store.close();
  await mail.stop();
  await sink.stop();
});

/** @param longest what a server may take for a step, in milliseconds: little where hanging is what it does */
function newOutbox(longest: number): Outbox {
  const now = (): Date => new Date(clock);
  const targets = [
    ...emailTargets(
      {
        smtpUrl: mail.url,
        from: 'support@boutique.example',
        support: 'equipe@boutique.example',
        shopName: 'Boutique',
        longestStepMs: longest,
      },
      store,
    ),
    webhookTarget(
      {
        url: `${sink.url}/hook`,
        secret: `whsec_${Buffer.alloc(24, 3).toString('base64')}`,
        longestMs: longest,
        fetch: targetFetch(['127.0.0.1']),
      },
      { store, now },
    ),
  ];
  return new Outbox({ store, now, log: pino({ level: 'silent' }), random }, deliverersOf(targets));
}

const reference = (i: number): string => `SUP-${String(i).padStart(6, '0')}`;

/** A ticket, and two messages of its life; each is mail and webhook. */
async function tickets(i: number): Promise<void> {
  const created = {
    reference: reference(i),
    conversationId: `c${i}`,
    createdAt: new Date(clock),
    updatedAt: new Date(clock),
  };
  await keepTicketTurn(store, ticketOf(created));
  await happens(store, { type: 'ticket.replied', reference: reference(i), seq: 2 });
  await happens(store, { type: 'ticket.closed', reference: reference(i) });
}

test('after an hour of outage all mail and all events have left within five minutes, each under one id, those of a ticket in order', async () => {
  // The mail server itself takes 100 ms for its greeting.
  const hampered = newOutbox(500);
  for (let pass = 0; pass < PASSES_AN_HOUR; pass += 1) {
    if (pass % (PASSES_AN_HOUR / TICKETS) === 0) await tickets(pass / (PASSES_AN_HOUR / TICKETS));
    mail.mood = pick(MOODS);
    sink.answer = () => pick(ANSWERS)(sink);
    await hampered.pass();
    clock += (60 * MINUTE) / PASSES_AN_HOUR;
  }
  const during = { mails: mail.taken.length, posts: sink.taken.length };
  // Some came as far as their data, and were kept by a server that did not say so.
  expect(during.mails).toBeGreaterThan(0);
  expect(await store.deliveries.dead(10)).toEqual([]);
  mail.mood = 'takes';
  sink.answer = () => ({ status: 200 });
  const outbox = newOutbox(10_000);
  const back = clock;
  let took = 0;
  for (; (await store.outbox(1)).length > 0 && clock < back + 10 * MINUTE; took = clock - back) {
    await outbox.pass();
    clock += 5_000;
  }
  expect(took).toBeLessThanOrEqual(5 * MINUTE);

  // The recap, a reply and the end for the customer, one mail for the support; three events for the webhook.
  const mails = mail.taken.map(({ messageId }) => messageId);
  expect(new Set(mails).size).toBe(4 * TICKETS);
  const events = sink.taken.slice(during.posts).map(({ headers, body }) => ({
    id: headers['webhook-id'],
    ...(JSON.parse(body) as { type: string; data: { reference: string } }),
  }));
  expect(new Set(sink.taken.map(({ headers }) => headers['webhook-id'])).size).toBe(3 * TICKETS);
  for (let i = 0; i < TICKETS; i += 1) {
    const own = events.filter(({ data }) => data.reference === reference(i)).map(({ type }) => type);
    expect(own).toEqual(['ticket.created', 'ticket.replied', 'ticket.closed']);
  }
  figure(
    'SMTP and webhook down for an hour (simulated clock)',
    `${TICKETS * 4} mails and ${TICKETS * 3} events, ${during.posts} posts met 500, 429, a hang or a redirect: 100 % there ${Math.round(took / 1000)} s after the return; ${mails.length - 4 * TICKETS} mails kept twice by a server that dropped the line, each under its one Message-ID; 0 followed a redirect`,
  );
  expect(sink.taken.filter(({ path }) => path !== '/hook')).toEqual([]);
});

test('mail to an address that is refused (550) is a dead letter at once; sent again by a supervisor, it leaves', async () => {
  const outbox = newOutbox(10_000);
  mail.mood = 'refuses';
  await keepTicketTurn(store, ticketOf());
  await outbox.pass();
  const dead = await store.deliveries.dead(10);
  expect(dead).toHaveLength(2);
  mail.mood = 'takes';
  for (const { id } of dead) await store.deliveries.sendAgain(id, new Date(clock));
  await outbox.pass();
  expect(mail.taken).toHaveLength(2);
});
