import { randomBytes } from 'node:crypto';
import { openSession } from '../../adapters/console/agents.ts';
import { age, relative } from '../../adapters/console/page/times.ts';
import type { Ticket } from '../../bot/store.ts';
import { type Asked, TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { ticketOf } from '../ticket.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.stop());

const as = (Cookie: string, method: string, path: string, headers: Record<string, string> = {}) =>
  server.ask(method, `/console/api/${path}`, undefined, undefined, { Cookie, ...headers });

/** A ticket with a conversation of two messages; gives its reference. */
async function keepTicket(minutesAgo: number, differences: Partial<Ticket> = {}): Promise<string> {
  const at = new Date(Date.parse('2026-03-18T13:30:00Z') - minutesAgo * 60_000);
  const conversationId = randomBytes(8).toString('hex');
  const reference = `SUP-${randomBytes(3).toString('hex').toUpperCase()}`;
  await server.store.openConversation({ id: conversationId, channel: 'directline', userId: 'dl_1', now: at });
  await keepTurn(server.store, conversationId, {
    activities: [
      { role: 'customer', at, activity: { type: 'message', text: 'Mon colis <b>manque</b>.' } },
      { role: 'bot', at, activity: { type: 'typing' } },
      {
        role: 'bot',
        at,
        activity: {
          type: 'message',
          text: 'C’est envoyé !',
          suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Menu', value: 'Menu' }] },
        },
      },
    ],
    tickets: [ticketOf({ reference, conversationId, createdAt: at, updatedAt: at, ...differences })],
  });
  return reference;
}

const references = ({ body }: Asked): string[] =>
  (body['tickets'] as { reference: string }[]).map((ticket) => ticket.reference);

describe('tickets', () => {
  let cookie: string;
  beforeEach(async () => {
    const token = await openSession(server.store, 'first', new Date('2026-03-18T13:30:00Z'));
    cookie = `__Host-guichet=${token}`;
  });

  test('urgent ones come first, then by deadline; closed ones apart', async () => {
    const old = await keepTicket(300);
    const urgent = await keepTicket(200, { priority: 'urgent' });
    const recent = await keepTicket(5);
    const closed = await keepTicket(400, { status: 'closed', priority: 'urgent' });

    expect(references(await as(cookie, 'GET', 'tickets?status=open'))).toEqual([urgent, old, recent]);
    expect(references(await as(cookie, 'GET', 'tickets?status=closed'))).toEqual([closed]);
    expect(references(await as(cookie, 'GET', 'tickets'))).toEqual([urgent, old, recent, closed]);
    expect((await as(cookie, 'GET', 'tickets?status=lost')).status).toBe(400);
  });

  test('past the first page of the store an urgent one is still at the top', async () => {
    for (let i = 0; i < 120; i += 1) await keepTicket(1_000 - i);
    const urgent = await keepTicket(1, { priority: 'urgent' });
    const listed = await as(cookie, 'GET', 'tickets?status=open');
    expect(listed.body['total']).toBe(121);
    expect(references(listed)[0]).toBe(urgent);
  });

  test('a line of the list says what is missing, and what time it is', async () => {
    const reference = await keepTicket(5, { customerEmail: 'luc@exemple.fr' });
    const { body, headers } = await as(cookie, 'GET', 'tickets?status=open');
    expect(body['now']).toMatch(/^2026-03-18T13:30:/);
    expect(body['tickets']).toEqual([
      expect.objectContaining({
        reference,
        subject: 'Problème de livraison',
        priority: 'normal',
        channel: 'directline',
        customerEmail: 'luc@exemple.fr',
        createdAt: '2026-03-18T13:25:00.000Z',
        missing: ['Numéro de suivi'],
      }),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('the list says which tickets came out of hours, and who is at the desk', async () => {
    await keepTicket(5);
    await keepTicket(18 * 60);
    for (const [id, status] of [
      ['lea', 'online'],
      ['marc', 'away'],
    ] as const) {
      await server.store.agents.add({ id, email: `${id}@b.fr`, name: id, passwordHash: 'x', role: 'agent' });
      await server.store.desk.setPresence(id, status, new Date('2026-03-18T13:30:00Z'));
    }
    const { body } = await as(cookie, 'GET', 'tickets?status=open');
    expect(body['tickets']).toMatchObject([{ outOfHours: true }, { outOfHours: false }]);
    expect(body['present']).toEqual([{ id: 'lea', name: 'lea' }]);
  });

  test('a ticket is read whole, to the last message, under its reference in any case', async () => {
    const reference = await keepTicket(5);
    const { status, body } = await as(cookie, 'GET', `tickets/${reference.toLowerCase()}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reference,
      removed: '1 donnée bancaire retirée',
      advice: ['voisins'],
      missing: ['Numéro de suivi'],
      details: [
        { label: 'Numéro de commande', shown: '100245', provided: true, source: 'spotted' },
        { label: 'Numéro de suivi', provided: false },
      ],
      promises: [{ kind: 'carrier_inquiry', dueAt: '2026-04-01T16:00:00.000Z' }],
      transcript: [
        { seq: 1, from: 'customer', text: 'Mon colis <b>manque</b>.' },
        { seq: 3, from: 'bot', text: 'C’est envoyé !', choices: ['Menu'] },
      ],
    });
    expect((await as(cookie, 'GET', 'tickets/SUP-222222')).status).toBe(404);
  });
});

test('that a ticket was read is noted once, though its page reads it every few seconds', async () => {
  const reference = await keepTicket(5);
  const token = await openSession(server.store, 'first', new Date('2026-03-18T13:30:00Z'));
  const cookie = `__Host-guichet=${token}`;
  for (let i = 0; i < 3; i += 1) expect((await as(cookie, 'GET', `tickets/${reference}`)).status).toBe(200);
  const noted = (await server.store.audit.latest(10)).filter(({ action }) => action === 'viewed');
  expect(noted).toMatchObject([{ actor: 'first', subject: `ticket ${reference}` }]);
});

test('the page allows its own script and style, nothing inline, and no text as HTML', async () => {
  const page = await fetch(`${server.url}/console`);
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
  const paths = [...(await page.text()).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path!);
  expect(paths).toEqual(['/console/icon.svg', '/console/app.css', '/console/app.js']);
  for (const path of paths) expect((await fetch(`${server.url}${path}`)).status).toBe(200);
});

test.each([
  [0, 'à l’instant'],
  [-59, 'à l’instant'],
  [-60, 'il y a 1 min'],
  [-59 * 60 - 59, 'il y a 59 min'],
  [-3600, 'il y a 1 h'],
  [-47 * 3600, 'il y a 1 j'],
  [3 * 86_400, 'dans 3 j'],
])('%s seconds from now reads as « %s »', (seconds, words) => {
  const now = new Date('2026-03-18T13:30:00Z');
  expect(relative(new Date(now.getTime() + seconds * 1000), now).replace(/\s/g, ' ')).toBe(words);
});

test('after a week an age is a day', () => {
  const now = new Date('2026-03-18T13:30:00Z');
  expect(age(new Date('2026-03-11T13:31:00Z'), now)).toMatch(/^il y a 6.j$/);
  expect(age(new Date('2026-03-11T13:29:00Z'), now)).toBe('mercredi 11 mars');
});
