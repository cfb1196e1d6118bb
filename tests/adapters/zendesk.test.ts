import { zendeskTarget } from '../../adapters/zendesk.ts';
import type { Outbox } from '../../adapters/outbox.ts';
import type { SinkAnswer, Taken } from '../httpSink.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';
import {
  eachTestHasHelpdesk,
  fetch,
  isAnswered,
  isClosed,
  minutes,
  outboxOf,
  reference,
  sink,
  store,
} from './helpdesk.ts';

eachTestHasHelpdesk();

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
