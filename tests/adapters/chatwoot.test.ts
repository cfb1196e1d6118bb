import { chatwootTarget } from '../../adapters/chatwoot.ts';
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
  expect(conversations.map(({ custom_attributes }) => custom_attributes['guichet_reference']).sort()).toEqual(
    ['SUP-333333', reference],
  );
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
