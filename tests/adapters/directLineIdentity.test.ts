import { SignJWT } from 'jose';
import { API_TOKEN, type Asked, TestServer } from '../server.ts';

const IDENTITY_SECRET = 'identity-secret-of-the-tests';
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ IDENTITY_SECRET });
});
afterAll(() => server.stop());

/** As a shop signs it, in the tests' time. */
function vouch(
  claims: Record<string, unknown>,
  secret = IDENTITY_SECRET,
  expires = '2027-01-01',
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(new Date(expires))
    .sign(new TextEncoder().encode(secret));
}
const luc = { sub: 'client-7', name: 'Luc Bernard', email: 'luc.bernard@exemple.fr' };
const token = (body: Record<string, unknown>): Promise<Asked> =>
  server.ask('POST', '/widget/token', undefined, body);

test('a customer whom the shop vouches for is known by name on what they say, whatever the message claims', async () => {
  const { body } = await token({ identity: await vouch(luc) });
  const path = `/v3/directline/conversations/${String(body['conversationId'])}/activities`;
  await server.ask('POST', path, body['token'] as string, {
    type: 'message',
    text: 'menu',
    from: { name: 'Quelqu’un d’autre' },
    channelData: { customer: { id: 'client-8' } },
  });
  const read = await server.ask('GET', path, body['token'] as string);
  const [message] = (read.body['activities'] as { from: { role: string } }[]).filter(
    ({ from }) => from.role === 'user',
  );
  expect(message).toMatchObject({
    from: { name: 'Luc Bernard' },
    channelData: { customer: { id: 'client-7', name: 'Luc Bernard', email: 'luc.bernard@exemple.fr' } },
  });
});

test('agents see who the customer is on the ticket, and the known e-mail address is not asked for', async () => {
  const { body } = await token({ identity: await vouch(luc) });
  const id = String(body['conversationId']);
  const says = (text: string) =>
    server.ask('POST', `/v3/directline/conversations/${id}/activities`, body['token'] as string, {
      type: 'message',
      text,
    });
  for (const text of [
    'colis livré mais rien reçu, commande 100245, suivi 6A12345678901',
    'oui',
    'La boîte aux lettres est vide depuis hier soir.',
    'Envoyer',
  ]) {
    await says(text);
  }
  const [ticket] = await server.store.ticketsOf(id);
  expect(ticket!.customerEmail).toBe('luc.bernard@exemple.fr');
  const whole = await server.ask('GET', `/api/tickets/${ticket!.reference}`, API_TOKEN);
  expect(whole.body['customer']).toEqual({
    id: 'client-7',
    name: 'Luc Bernard',
    email: 'luc.bernard@exemple.fr',
  });
});

test('nobody else’s claim to be a customer is kept', async () => {
  const { body } = await token({});
  const path = `/v3/directline/conversations/${String(body['conversationId'])}/activities`;
  await server.ask('POST', path, body['token'] as string, {
    type: 'message',
    text: 'menu',
    channelData: { customer: { id: 'client-8' } },
  });
  const read = await server.ask('GET', path, body['token'] as string);
  expect(JSON.stringify(read.body)).not.toContain('client-8');
});

test('a conversation stays with its customer: the next one to sign in begins another', async () => {
  const anonymous = await token({});
  const conversation = anonymous.body['conversationId'];
  const signedIn = await token({ resume: anonymous.body['resume'], identity: await vouch(luc) });
  expect(signedIn.body['conversationId']).toBe(conversation);
  const { resume } = signedIn.body;
  expect((await token({ resume, identity: await vouch(luc) })).body['conversationId']).toBe(conversation);
  const other = await token({ resume, identity: await vouch({ sub: 'client-9' }) });
  expect(other.body['conversationId']).not.toBe(conversation);
});

test.each([
  ['signed by someone else', () => vouch(luc, 'another-secret-of-someone')],
  ['expired', () => vouch(luc, IDENTITY_SECRET, '2020-01-01')],
  ['about nobody', () => vouch({ name: 'Luc' })],
  ['with an e-mail address that is none', () => vouch({ ...luc, email: 'luc' })],
  ['unsigned', async () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
])('a token %s is refused with the reason', async (_what, identity) => {
  const answer = await token({ identity: await identity() });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ code: 'IdentityRefused' });
});

test('without the setting nobody can be identified, and the refusal names it', async () => {
  const plain = await TestServer.start();
  const answer = await plain.ask('POST', '/widget/token', undefined, { identity: await vouch(luc) });
  expect(answer.status).toBe(400);
  expect(answer.body.error!.message).toContain('IDENTITY_SECRET');
  await plain.stop();
});
