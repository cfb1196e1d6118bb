import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { chatwootTarget } from '../../adapters/chatwoot.ts';
import { Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { targetFetch } from '../../adapters/targetFetch.ts';
import { deliverersOf, type Target } from '../../adapters/targets.ts';
import { zendeskTarget } from '../../adapters/zendesk.ts';
import { agentMessage } from '../../bot/agentMessage.ts';
import type { Store } from '../../bot/store.ts';
import { HttpSink, type SinkAnswer, type Taken } from '../httpSink.ts';
import { happens, keepTicketTurn, NOON, ticketOf } from '../ticket.ts';

/* The helpdesks are local servers that speak the calls of the documented APIs, and keep what they are given. */

const fetch = targetFetch(['127.0.0.1']);
let sink: HttpSink;
let store: Store;
let clock: number;
beforeEach(async () => {
  sink = await HttpSink.start();
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-helpdesk-')));
  clock = NOON.getTime();
});
afterEach(async () => {
  await store.close();
  await sink.stop();
});

const outboxOf = (target: Target): Outbox =>
  new Outbox({ store, now: () => new Date(clock), log: pino({ level: 'silent' }) }, deliverersOf([target]));
const minutes = (count: number): void => void (clock += count * 60_000);

/** An agent answers the ticket. */
async function isAnswered(): Promise<void> {
  const conversation = (await store.conversation('c'))!;
  const message = agentMessage({ id: 'lea', name: 'Léa' }, 'Bonjour, je regarde.', conversation, NOON);
  await happens(store, { type: 'ticket.replied', reference, seq: 3 }, { activities: [message] });
}
const isClosed = (): Promise<void> =>
  happens(
    store,
    { type: 'ticket.closed', reference },
    { updatedTickets: [ticketOf({ status: 'closed', resolution: 'Remboursé.' })] },
  );
const reference = 'SUP-4T7K2M';

describe('Zendesk', () => {
  interface ZendeskTicket {
    id: number;
    external_id: string;
    status: string;
    comments: unknown[];
    [field: string]: unknown;
  }
  let tickets: ZendeskTicket[];
  let outbox: Outbox;
  beforeEach(() => {
    tickets = [];
    sink.answer = zendesk;
    outbox = outboxOf(zendeskTarget({ url: sink.url, email: 'api@shop.fr', token: 't', fetch }, store));
  });

  /** GET and POST /api/v2/tickets.json, PUT /api/v2/tickets/:id.json. */
  function zendesk({ method, path, headers, body }: Taken): SinkAnswer {
    if (headers.authorization !== `Basic ${Buffer.from('api@shop.fr/token:t').toString('base64')}`)
      return { status: 401 };
    const url = new URL(path, sink.url);
    if (method === 'GET' && url.pathname === '/api/v2/tickets.json') {
      const wanted = url.searchParams.get('external_id');
      return {
        status: 200,
        body: { tickets: tickets.filter(({ external_id }) => external_id === wanted) },
      };
    }
    const given = (JSON.parse(body) as { ticket: ZendeskTicket & { comment?: unknown } }).ticket;
    if (method === 'POST' && url.pathname === '/api/v2/tickets.json') {
      const ticket = { ...given, id: 7, status: 'new', comments: [given.comment] };
      tickets.push(ticket);
      return { status: 201, body: { ticket } };
    }
    const id = /^\/api\/v2\/tickets\/(\d+)\.json$/.exec(url.pathname)?.[1];
    const ticket = tickets.find((one) => one.id === Number(id));
    if (method !== 'PUT' || !ticket) return { status: 404 };
    Object.assign(ticket, given);
    ticket.comments.push(given.comment);
    return { status: 200, body: { ticket } };
  }

  test('a ticket is made with its details and its conversation, for the customer, with its priority', async () => {
    await keepTicketTurn(store, ticketOf({ priority: 'urgent' }));
    await outbox.pass();
    expect(tickets).toMatchObject([
      {
        external_id: reference,
        subject: `[${reference}] Problème de livraison`,
        priority: 'urgent',
        tags: ['guichet', 'lost_parcel'],
        requester: { email: 'luc@exemple.fr' },
        comments: [{ public: false }],
      },
    ]);
    const { body } = tickets[0]!.comments[0] as { body: string };
    for (const part of ['Numéro de commande : 100245', 'Mon colis <b>manque</b>.', 'C’est envoyé !'])
      expect(body).toContain(part);
    expect(sink.taken.at(-1)!.headers['idempotency-key']).toBe(`ticket-created-${reference}:zendesk`);
  });

  test('an answer becomes a comment, a closed ticket is solved', async () => {
    await keepTicketTurn(store, ticketOf());
    await outbox.pass();
    await isAnswered();
    await isClosed();
    await outbox.pass();
    expect(tickets).toMatchObject([
      { status: 'solved', comments: [{}, { body: 'Bonjour, je regarde.' }, { body: 'Remboursé.' }] },
    ]);
  });

  test('an answer that was lost on the way back makes no second ticket', async () => {
    await keepTicketTurn(store, ticketOf());
    sink.answer = (request) =>
      request.method === 'POST' ? (zendesk(request), { status: 504 }) : zendesk(request);
    await outbox.pass();
    sink.answer = zendesk;
    minutes(5);
    await outbox.pass();
    expect(tickets).toHaveLength(1);
    expect(await store.outbox(10)).toEqual([]);
  });

  test('429 is waited out as long as it says; a wrong token is tried again; what is malformed is given up', async () => {
    await keepTicketTurn(store, ticketOf());
    sink.answer = () => ({ status: 429, headers: { 'retry-after': '900' } });
    await outbox.pass();
    minutes(14);
    await outbox.pass();
    expect(sink.taken).toHaveLength(1);
    sink.answer = () => ({ status: 401 });
    minutes(2);
    await outbox.pass();
    expect(await store.deliveries.dead(10)).toEqual([]);
    sink.answer = () => ({ status: 422 });
    minutes(5);
    await outbox.pass();
    expect(await store.deliveries.dead(10)).toMatchObject([
      { kind: 'zendesk', reason: 'The helpdesk answered 422 to GET.' },
    ]);
  });
});

describe('Chatwoot', () => {
  interface Conversation {
    id: number;
    contact_id: number;
    status: string;
    messages: unknown[];
    custom_attributes: Record<string, string>;
  }
  let contacts: { id: number; identifier: string; email?: string }[];
  let conversations: Conversation[];
  let outbox: Outbox;
  beforeEach(() => {
    contacts = [];
    conversations = [];
    sink.answer = chatwoot;
    const settings = { url: sink.url, accountId: 3, inboxId: 5, token: 'chatwoot', fetch };
    outbox = outboxOf(chatwootTarget(settings, store));
  });

  /** The application API under /api/v1/accounts/3: contacts, their search, conversations, messages, toggle_status. */
  function chatwoot({ method, path, headers, body }: Taken): SinkAnswer {
    if (headers['api_access_token'] !== 'chatwoot') return { status: 401 };
    const url = new URL(path, sink.url);
    const place = `${method} ${url.pathname.replace('/api/v1/accounts/3/', '').replace(/\d+/, ':id')}`;
    const id = Number(/\/(\d+)(?:\/|$)/.exec(url.pathname.replace('/api/v1/accounts/3', ''))?.[1]);
    const given = (body ? JSON.parse(body) : {}) as Record<string, unknown>;
    switch (place) {
      case 'GET contacts/search': {
        const q = url.searchParams.get('q');
        return { status: 200, body: { payload: contacts.filter(({ identifier }) => identifier === q) } };
      }
      case 'POST contacts': {
        if (contacts.some(({ identifier }) => identifier === given['identifier'])) return { status: 422 };
        const contact = { ...(given as { identifier: string }), id: contacts.length + 1 };
        contacts.push(contact);
        return { status: 200, body: { payload: { contact, contact_inbox: { source_id: 's' } } } };
      }
      case 'GET contacts/:id/conversations':
        return {
          status: 200,
          body: { payload: conversations.filter(({ contact_id }) => contact_id === id) },
        };
      case 'POST conversations': {
        const conversation = {
          ...(given as unknown as Conversation),
          id: 40 + conversations.length,
          messages: [given['message']],
        };
        conversations.push(conversation);
        return { status: 200, body: conversation };
      }
      case 'POST conversations/:id/messages':
        conversations.find((one) => one.id === id)!.messages.push(given);
        return { status: 200, body: {} };
      case 'POST conversations/:id/toggle_status':
        conversations.find((one) => one.id === id)!.status = given['status'] as string;
        return { status: 200, body: {} };
      default:
        return { status: 404 };
    }
  }

  test('a ticket becomes a conversation of its customer; an answer a private note; closed is resolved', async () => {
    await keepTicketTurn(store, ticketOf());
    await outbox.pass();
    await isAnswered();
    await isClosed();
    await outbox.pass();
    expect(contacts).toMatchObject([{ email: 'luc@exemple.fr' }]);
    expect(conversations).toMatchObject([
      {
        inbox_id: 5,
        status: 'resolved',
        custom_attributes: { guichet_reference: reference },
        messages: [{}, { content: 'Bonjour, je regarde.', private: true }],
      },
    ]);
    expect((conversations[0]!.messages[0] as { content: string }).content).toContain('100245');
  });

  test('a second ticket of a customer is a second conversation of the same contact', async () => {
    await keepTicketTurn(store, ticketOf());
    await keepTicketTurn(store, ticketOf({ reference: 'SUP-333333', conversationId: 'd' }));
    await outbox.pass();
    expect(contacts).toHaveLength(1);
    expect(
      conversations.map(({ custom_attributes }) => custom_attributes['guichet_reference']).sort(),
    ).toEqual(['SUP-333333', reference]);
  });

  test('an answer that was lost on the way back makes no second conversation', async () => {
    await keepTicketTurn(store, ticketOf());
    sink.answer = (request) =>
      request.path.endsWith('/conversations') && request.method === 'POST'
        ? (chatwoot(request), { status: 502 })
        : chatwoot(request);
    await outbox.pass();
    sink.answer = chatwoot;
    minutes(5);
    await outbox.pass();
    expect(conversations).toHaveLength(1);
    expect(await store.outbox(10)).toEqual([]);
  });
});
