import { Webhook } from 'standardwebhooks';
import { newText } from '../../adapters/inboundEmail.ts';
import { type Asked, TestServer } from '../server.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';

const SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start({ INBOUND_EMAIL_SECRET: SECRET });
  await keepTicketTurn(server.store, ticketOf({ status: 'closed', closedAt: new Date() }));
});
afterEach(() => server.stop());

function post(mail: unknown, headers: Record<string, string> = {}): Promise<Asked> {
  const body = JSON.stringify(mail);
  // The verifier of Standard Webhooks goes by the real time.
  const at = new Date();
  const signed = {
    'webhook-id': 'm1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(SECRET).sign('m1', at, body),
    ...headers,
  };
  return server.ask('POST', '/api/inbound-email', undefined, body, {
    'Content-Type': 'application/json',
    ...signed,
  });
}
const MAIL = {
  from: 'Luc Bernard <Luc@exemple.fr>',
  subject: 'Re: [SUP-4T7K2M] Votre demande',
  text: 'Le colis est chez la voisine.\n\nLe mer. 18 mars 2026 à 14:30, Support a écrit :\n> Bonjour',
  messageId: '<1@exemple.fr>',
};
const texts = async (): Promise<string[]> =>
  (await server.store.activities('c')).map(({ role, activity }) => `${role}: ${activity.text}`);

test('a reply joins the conversation of its ticket without what it quotes, and reopens the ticket', async () => {
  expect((await post(MAIL)).body).toEqual({ status: 'taken', reference: 'SUP-4T7K2M' });
  expect((await texts()).at(-1)).toBe('customer: Le colis est chez la voisine.');
  expect(await server.store.ticket('SUP-4T7K2M')).toMatchObject({ status: 'open' });
});

test('the same mail handed over twice is one message', async () => {
  await post(MAIL);
  expect((await post(MAIL)).body['status']).toBe('known');
  expect(await texts()).toHaveLength(3);
});

test('the mail as it came is read too; its thread tells the ticket', async () => {
  const raw = [
    'From: luc@exemple.fr',
    'Subject: =?utf-8?Q?Re=3A_d=C3=A9j=C3=A0_re=C3=A7u?=',
    'Message-ID: <2@exemple.fr>',
    'In-Reply-To: <SUP-4T7K2M@boutique.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'C’est réglé, merci.',
  ].join('\r\n');
  expect((await post({ raw })).body['status']).toBe('taken');
  expect((await texts()).at(-1)).toBe('customer: C’est réglé, merci.');
});

test('a card number in a mail is redacted before anything is stored', async () => {
  await post({ ...MAIL, text: 'ma carte 4111 1111 1111 1111' });
  expect((await texts()).at(-1)).toBe('customer: ma carte [carte •••• 1111]');
});

test('an absence note is no message', async () => {
  const raw = [
    'From: luc@exemple.fr',
    'Subject: [SUP-4T7K2M]',
    'Message-ID: <3@exemple.fr>',
    'Auto-Submitted: auto-replied',
    '',
    'Je suis absent.',
  ].join('\r\n');
  expect((await post({ raw })).body['status']).toBe('ignored');
  expect(await texts()).toHaveLength(2);
});

test.each([
  ['an unknown reference', { subject: '[SUP-999999]' }, 'NoTicket'],
  ['no reference', { subject: 'bonjour' }, 'NoTicket'],
  ['another sender', { from: 'voleur@exemple.fr' }, 'OtherSender'],
])('%s is refused, and nothing is kept', async (_name, change, code) => {
  const { status, body } = await post({ ...MAIL, ...change });
  expect([status, body.error!.code]).toEqual([422, code]);
  expect(await texts()).toHaveLength(2);
});

test.each([
  ['a wrong signature', { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` }],
  ['an old time', { 'webhook-timestamp': '1700000000' }],
  ['no signature', { 'webhook-signature': '' }],
])('%s is refused', async (_name, headers) => {
  expect((await post(MAIL, headers)).status).toBe(401);
});

test.each([
  ['Bonjour\n> cité', 'Bonjour'],
  ['Oui.\n\nOn Wed, 18 Mar 2026, Support wrote:\nHello', 'Oui.'],
  ['Oui.\n-----Message d’origine-----\nDe : x', 'Oui.'],
  ['Oui.\n________________________________\nDe : Support <s@x.fr>\nx', 'Oui.'],
  ['Merci\n-- \nLuc Bernard\n06', 'Merci'],
  ['> cité seulement', '> cité seulement'],
  ['Deux\n\nparagraphes', 'Deux\n\nparagraphes'],
])('of %j what is new is %j', (text, said) => {
  expect(newText(text)).toBe(said);
});
