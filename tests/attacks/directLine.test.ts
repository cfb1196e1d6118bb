import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { StoredActivity } from '../../bot/store.ts';
import { png } from '../pictures.ts';
import { SECRET, TestServer } from '../server.ts';

/* What a customer with a valid token may try; who may ask at all stands in routes.test.ts. */

const ROOT = '/v3/directline';
let server: TestServer;
let chat: Awaited<ReturnType<TestServer['converse']>>;
beforeAll(async () => {
  server = await TestServer.start({ MESSAGES_PER_CONVERSATION: '100000' });
});
beforeEach(async () => {
  chat = await server.converse('dl_luc');
});
afterAll(() => server.stop());

const post = (activity: object, token = chat.token) =>
  server.ask('POST', `${ROOT}/conversations/${chat.id}/activities`, token, activity);
const stored = (): Promise<StoredActivity[]> => server.store.activities(chat.id);
/** What stands in the conversation after the bot's first words. */
const said = async (): Promise<StoredActivity[]> => (await stored()).slice(1);

test.each([
  'event',
  'invoke',
  'conversationUpdate',
  'endOfConversation',
  'contactRelationUpdate',
  'installationUpdate',
  'messageReaction',
  'messageUpdate',
  'messageDelete',
  'handoff',
  'trace',
  'command',
  'commandResult',
  'suggestion',
  'MESSAGE',
  '__proto__',
])('an activity of the type %s is nothing that customers say: it leaves no trace', async (type) => {
  const { status } = await post({
    type,
    name: 'handoff.status',
    text: 'menu',
    value: { status: 'closed', state: 'returned', agent: 'Léa' },
  });
  expect(status).toBe(200);
  expect(await said()).toEqual([]);
});

test.each([
  { from: { id: 'dl_marie', role: 'bot' } },
  { from: { id: 'guichet', name: 'Guichet', role: 'bot' }, role: 'agent' },
  { from: { id: 'lea', name: 'Conseillère Léa', role: 'agent' }, channelData: { role: 'agent' } },
  { recipient: { id: 'dl_marie' }, conversation: { id: 'another' }, id: 'chosen|0000001', replyToId: 'x' },
  { channelId: 'msteams', serviceUrl: 'https://evil.example', timestamp: '1999-01-01T00:00:00Z' },
  { localTimestamp: '2099-01-01', callerId: 'urn:botframework:azure', deliveryMode: 'expectReplies' },
  { entities: [{ type: 'mention', mentioned: { id: 'guichet' } }], semanticAction: { id: 'x' } },
])('whatever a message claims of who, where and when, the token and the server say: %j', async (claims) => {
  await post({ type: 'message', text: 'bonjour', ...claims });
  const [own] = await said();
  expect(own).toMatchObject({ role: 'customer', conversationId: chat.id, seq: 2 });
  expect(own!.activity).toMatchObject({
    id: own!.id,
    channelId: 'directline',
    conversation: { id: chat.id },
    from: { id: 'dl_luc', role: 'user' },
    recipient: { id: 'guichet' },
  });
  expect(JSON.stringify(own)).not.toMatch(/evil|1999|2099|azure|mention|semanticAction|expectReplies/);
});

test('cards, attachments and suggested actions of customers are dropped, whatever they point to', async () => {
  const other = await server.converse('dl_marie');
  const form = new FormData();
  form.append('file', new Blob([png()], { type: 'image/png' }), 'a.png');
  await fetch(`${server.url}${ROOT}/conversations/${other.id}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${other.token}` },
    body: form,
  });
  const theirs = (await server.store.activities(other.id)).flatMap(
    ({ activity }) => activity.attachments ?? [],
  );
  expect(theirs).toHaveLength(1);
  await post({
    type: 'message',
    text: 'bonjour',
    attachments: [
      ...theirs,
      { contentType: 'image/png', contentUrl: 'https://evil.example/x.png' },
      { contentType: 'image/svg+xml', contentUrl: 'data:image/svg+xml,<svg onload=alert(1)>' },
      { contentType: 'text/html', content: '<script>alert(1)</script>' },
      { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', body: [] } },
      { contentType: 'application/vnd.microsoft.card.oauth', content: {} },
    ],
    suggestedActions: { actions: [{ type: 'openUrl', title: 'Payer', value: 'https://evil.example' }] },
  });
  const [own] = await said();
  expect(own!.activity.attachments).toBeUndefined();
  expect(own!.activity.suggestedActions).toBeUndefined();
  const { body } = await server.ask('GET', `${ROOT}/conversations/${chat.id}/activities`, chat.token);
  expect(JSON.stringify(body)).not.toMatch(/evil|svg|script/);
});

test('a file of another conversation is read neither by its id nor with a signature for another file', async () => {
  const other = await server.converse();
  const form = new FormData();
  form.append('file', new Blob([png()]), 'a.png');
  await fetch(`${server.url}${ROOT}/conversations/${other.id}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${other.token}` },
    body: form,
  });
  const { body } = await server.ask('GET', `${ROOT}/conversations/${other.id}/activities`, other.token);
  const { attachments } = (body['activities'] as { attachments?: { contentUrl: string }[] }[]).at(1)!;
  const signed = new URL(attachments![0]!.contentUrl);
  const status = async (url: URL | string, token?: string): Promise<number> =>
    (await fetch(url, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await status(signed)).toBe(200);
  expect(await status(`${signed.origin}${signed.pathname}`, chat.token)).toBe(401);
  expect(await status(`${signed.origin}${signed.pathname}`)).toBe(401);
  const later = new URL(signed);
  later.searchParams.set('until', String(Number(signed.searchParams.get('until')) + 1));
  expect(await status(later)).toBe(401);
  const elsewhere = new URL(signed);
  elsewhere.pathname = `${ROOT}/files/${randomUUID()}`;
  expect(await status(elsewhere)).toBe(401);
});

test('what channelData claims of the customer, the sequence and the shop is the server’s to say', async () => {
  const form = { intent: 'lost_parcel', email: 'x' };
  await post({
    type: 'message',
    text: 'bonjour',
    channelData: {
      customer: { id: 'vip', name: 'Patron', email: 'patron@boutique.fr' },
      'webchat:sequence-id': 999_999,
      tenant: { id: 't' },
      form,
      clientActivityID: 'own',
    },
  });
  const [own] = await said();
  expect(own!.activity.channelData).toMatchObject({ 'webchat:sequence-id': 2, clientActivityID: 'own' });
  expect((own!.activity.channelData as { customer?: unknown }).customer).toBeUndefined();
});

test('another customer’s key of a message is not theirs to take: keys count within a user', async () => {
  const marie = await server.converse('dl_marie');
  await marie.says('bonjour', 'same-key');
  const { body } = await chat.says('menu', 'same-key');
  expect(body['id']).toMatch(new RegExp(`^${chat.id}\\|`));
  expect((await said()).map(({ activity }) => activity.text)[0]).toBe('menu');
});

test('a token of one purpose opens nothing of another: resume, stream, conversation', async () => {
  const widget = await server.ask('POST', '/widget/token', undefined, {});
  const { resume, token, conversationId } = widget.body as unknown as Record<string, string>;
  const path = `${ROOT}/conversations/${conversationId}`;
  await server.ask('POST', `${ROOT}/conversations`, token);
  const { body } = await server.ask('GET', path, token);
  const stream = new URL(body['streamUrl'] as string).searchParams.get('t')!;
  for (const wrong of [resume, stream]) {
    expect((await server.ask('GET', path, wrong)).status).toBe(401);
    expect((await server.ask('POST', `${ROOT}/tokens/refresh`, wrong)).status).toBe(401);
  }
  for (const wrong of [token, stream])
    expect((await server.ask('POST', '/widget/token', undefined, { resume: wrong })).status).toBe(401);
});

test('tokens that we did not sign open nothing, whoever they name', async () => {
  const claims = { conv: chat.id, user: 'dl_luc', use: 'conversation', jti: 'x' };
  const sign = (key: string, alg = 'HS256'): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(key.padEnd(64, ' ')));
  const [header, payload, signature] = chat.token.split('.') as [string, string, string];
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const forged = [
    await sign('guessed'),
    await sign(SECRET),
    await sign('guessed', 'HS512'),
    `${encode({ alg: 'none' })}.${payload}.`,
    `${encode({ alg: 'None', typ: 'JWT' })}.${payload}.${signature}`,
    `${encode({ alg: 'HS256', kid: '../../dev/null', jku: 'https://evil.example', b64: false })}.${payload}.${signature}`,
    `${header}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`,
    `${header}.${payload}.`,
    `${header}.${payload}`,
    '..',
    'null',
    '%00',
  ];
  for (const token of forged)
    expect([token, (await post({ type: 'message', text: 'a' }, token)).status]).toEqual([token, 401]);
  expect(await said()).toEqual([]);
});
