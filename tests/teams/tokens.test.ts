import { createHmac } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { TestServer } from '../server.ts';
import { APP_ID, FakeTeams, ISSUER } from './fakeTeams.ts';
import { TeamsServer } from './teamsServer.ts';

let teams: TeamsServer;
beforeAll(async () => {
  // The SDK prints what it refuses.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  teams = await TeamsServer.start();
  await teams.fake.addKey('of-webchat', ['webchat']);
  await teams.fake.addKey('not-rsa', ['msteams'], false);
  await teams.fake.addKey('other', ['msteams']);
});
afterAll(async () => {
  await teams.stop();
  jest.restoreAllMocks();
});

const now = (): number => Math.floor(Date.now() / 1000);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const valid = (): Promise<string> => teams.fake.token();

/** A valid token whose header or payload is changed after it was signed. */
async function tampered(header: object, payload: object = {}): Promise<string> {
  const [head = '', body = '', signature = ''] = (await valid()).split('.');
  const read = (part: string): object => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
  return [base64({ ...read(head), ...header }), base64({ ...read(body), ...payload }), signature].join('.');
}

async function signedBy(alg: string, header: object = {}): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  const [, body = ''] = (await valid()).split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  return new SignJWT(claims).setProtectedHeader({ alg, kid: 'teams-key', ...header }).sign(privateKey);
}

async function keyed(alg: string, secret: string): Promise<string> {
  const [, body = ''] = (await valid()).split('.');
  const signed = `${base64({ alg, typ: 'JWT', kid: 'teams-key' })}.${body}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

async function publicPem(): Promise<string> {
  return exportSPKI((await importJWK(teams.fake.publicKey(), 'RS256')) as Parameters<typeof exportSPKI>[0]);
}

const claim = (differences: Record<string, unknown>) => () => teams.fake.token(differences);
const bearer = (token: () => Promise<string>) => async () => `Bearer ${await token()}`;

/** Each a header that the channel would never send. */
const mutants: [string, () => Promise<string | undefined> | string | undefined][] = [
  ['no header', () => undefined],
  ['an empty header', () => ''],
  ['a scheme alone', () => 'Bearer'],
  ['a scheme and a space', () => 'Bearer '],
  ['another scheme', async () => `Basic ${await valid()}`],
  ['the scheme in lower case', async () => `bearer ${await valid()}`],
  ['two spaces', async () => `Bearer  ${await valid()}`],
  ['more after the token', async () => `Bearer ${await valid()} more`],
  ['the token alone', valid],
  ['no token at all', () => 'Bearer null'],
  ['words', () => 'Bearer not-a-token'],
  ['one part', async () => `Bearer ${(await valid()).split('.')[0]}`],
  ['two parts', async () => `Bearer ${(await valid()).split('.').slice(0, 2).join('.')}`],
  ['four parts', async () => `Bearer ${await valid()}.more`],
  [
    'parts that are not JSON',
    () => `Bearer ${['a', 'b', 'c'].map((part) => Buffer.from(part).toString('base64url')).join('.')}`,
  ],
  [
    'a payload that is no object',
    async () =>
      `Bearer ${[(await valid()).split('.')[0], base64('x'), (await valid()).split('.')[2]].join('.')}`,
  ],

  ['alg none, unsigned', async () => `Bearer ${(await tampered({ alg: 'none' })).replace(/[^.]*$/, '')}`],
  ['alg None', async () => `Bearer ${(await tampered({ alg: 'None' })).replace(/[^.]*$/, '')}`],
  ['alg none, with a signature', bearer(() => tampered({ alg: 'none' }))],
  ['no alg', bearer(() => tampered({ alg: undefined }))],
  ['alg HS256 by the public key as PEM', async () => `Bearer ${await keyed('HS256', await publicPem())}`],
  [
    'alg HS256 by the public key’s modulus',
    async () => `Bearer ${await keyed('HS256', teams.fake.publicKey().n!)}`,
  ],
  ['alg HS256 by an empty secret', bearer(() => keyed('HS256', ''))],
  ['alg RS256 written on an HMAC', async () => `Bearer ${await keyed('RS256', await publicPem())}`],
  ['alg RS384 on a signature of RS256', bearer(() => tampered({ alg: 'RS384' }))],
  ['alg RS512 on a signature of RS256', bearer(() => tampered({ alg: 'RS512' }))],
  ['alg PS256', bearer(() => signedBy('PS256'))],
  ['alg ES256', bearer(() => signedBy('ES256'))],

  ['no kid', bearer(() => tampered({ kid: undefined }))],
  ['an unknown kid', bearer(() => teams.fake.token({}, { kid: 'unknown' }))],
  ['the kid of another key', bearer(() => teams.fake.token({}, { kid: 'other' }))],
  ['the kid of a key that is not RSA', bearer(() => teams.fake.token({}, { kid: 'not-not-rsa' }, 'not-rsa'))],
  ['a kid like a path', bearer(() => teams.fake.token({}, { kid: '../../dev/null' }))],
  ['a kid in another case', bearer(() => teams.fake.token({}, { kid: 'TEAMS-KEY' }))],
  [
    'a key in the header',
    async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256');
      const { exportJWK } = await import('jose');
      const header = { alg: 'RS256', kid: 'teams-key', jwk: await exportJWK(publicKey) };
      const claims = { iss: ISSUER, aud: APP_ID, exp: now() + 60, serviceurl: teams.fake.serviceUrl };
      return `Bearer ${await new SignJWT(claims).setProtectedHeader(header).sign(privateKey)}`;
    },
  ],
  [
    'the address of a key set in the header',
    bearer(() => signedBy('RS256', { jku: `${teams.fake.origin}/jwks` })),
  ],
  [
    'a certificate’s address in the header',
    bearer(() => signedBy('RS256', { x5u: 'https://attacker.example/x' })),
  ],

  ['signed by another’s key', bearer(() => signedBy('RS256'))],
  [
    'a signature with one character changed',
    async () =>
      `Bearer ${(await valid()).replace(/.{10}$/, (end) => (end[0] === 'A' ? 'B' : 'A') + end.slice(1))}`,
  ],
  ['half a signature', async () => `Bearer ${(await valid()).slice(0, -100)}`],
  ['no signature', async () => `Bearer ${(await valid()).replace(/[^.]*$/, '')}`],
  [
    'the signature of another token',
    async () =>
      `Bearer ${[...(await valid()).split('.').slice(0, 2), (await teams.fake.token({ nbf: 1 })).split('.')[2]].join('.')}`,
  ],
  ['a payload changed after signing', bearer(() => tampered({}, { more: true }))],
  ['a later end written in after signing', bearer(() => tampered({}, { exp: now() + 1e6 }))],
  ['a header changed after signing', bearer(() => tampered({ typ: 'at+jwt' }))],

  ['no audience', bearer(claim({ aud: undefined }))],
  ['the audience of another bot', bearer(claim({ aud: '00000000-0000-4000-8000-000000000000' }))],
  ['an empty audience', bearer(claim({ aud: '' }))],
  ['a list of audiences with ours in it', bearer(claim({ aud: [APP_ID, 'other'] }))],
  ['our audience in upper case', bearer(claim({ aud: APP_ID.toUpperCase() }))],
  ['our audience as an address', bearer(claim({ aud: `api://${APP_ID}` }))],
  ['the channel’s own audience', bearer(claim({ aud: 'https://api.botframework.com' }))],

  ['no issuer', bearer(claim({ iss: undefined }))],
  ['another issuer', bearer(claim({ iss: 'https://attacker.example' }))],
  ['the issuer with a slash', bearer(claim({ iss: `${ISSUER}/` }))],
  ['the issuer without TLS', bearer(claim({ iss: 'http://api.botframework.com' }))],
  ['the issuer in upper case', bearer(claim({ iss: ISSUER.toUpperCase() }))],
  ['an empty issuer', bearer(claim({ iss: '' }))],
  [
    'the emulator’s issuer',
    bearer(
      claim({
        iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        appid: APP_ID,
        ver: '1.0',
      }),
    ),
  ],
  [
    'the emulator’s issuer, version 2',
    bearer(
      claim({
        iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
        azp: APP_ID,
        ver: '2.0',
      }),
    ),
  ],
  ['a skill', bearer(claim({ ver: '1.0', appid: '11111111-1111-4111-8111-111111111111' }))],
  ['a skill, version 2', bearer(claim({ ver: '2.0', azp: '11111111-1111-4111-8111-111111111111' }))],
  ['an anonymous skill', bearer(claim({ appid: 'AnonymousSkill', aud: 'AnonymousSkill' }))],

  ['ended ten minutes ago', bearer(claim({ exp: now() - 600 }))],
  ['ended in 1970', bearer(claim({ exp: 0 }))],
  ['without an end', bearer(claim({ exp: undefined }))],
  ['an end that is no number', bearer(claim({ exp: '9999999999' }))],
  ['not valid for ten minutes yet', bearer(claim({ nbf: now() + 600 }))],
  ['not valid until tomorrow', bearer(claim({ nbf: now() + 86_400, exp: now() + 90_000 }))],
  ['a beginning that is no number', bearer(claim({ nbf: 'now' }))],

  ['no service address', bearer(claim({ serviceurl: undefined }))],
  ['an empty service address', bearer(claim({ serviceurl: '' }))],
  ['another service address', bearer(claim({ serviceurl: 'https://attacker.example/' }))],
  [
    'Microsoft’s service address, but not this one',
    bearer(claim({ serviceurl: 'https://smba.trafficmanager.net/emea/' })),
  ],
  [
    'the service address without its slash',
    async () => `Bearer ${await teams.fake.token({ serviceurl: teams.fake.serviceUrl.slice(0, -1) })}`,
  ],
  [
    'the service address in a list',
    async () => `Bearer ${await teams.fake.token({ serviceurl: [teams.fake.serviceUrl] })}`,
  ],
  [
    'the service address under another name',
    async () =>
      `Bearer ${await teams.fake.token({ serviceurl: undefined, serviceUrl: teams.fake.serviceUrl })}`,
  ],

  ['a key that is endorsed for another channel', bearer(() => teams.fake.token({}, {}, 'of-webchat'))],
];

async function postWith(
  header: string | undefined,
  activity: unknown,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${teams.server.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header !== undefined && { authorization: header }) },
    body: JSON.stringify(activity),
  });
  return { status: response.status, body: await response.text() };
}

test('there are more than sixty of them, and no two of one name', () => {
  expect(mutants.length).toBeGreaterThan(60);
  expect(new Set(mutants.map(([name]) => name)).size).toBe(mutants.length);
});

test.each(mutants)('%s: 401, no reason given, nothing kept', async (_, header) => {
  const stranger = teams.customer('Mallory');
  const { status, body } = await postWith(await header(), stranger.typed('bonjour'));
  expect(status).toBe(401);
  expect(JSON.parse(body)).toEqual({
    error: { code: 'Unauthorized', message: 'This was not sent by the channel.' },
  });
  expect(await teams.store.conversation(stranger.conversationId)).toBeUndefined();
});

test('a service address that is not allowed is refused though the token names it too', async () => {
  const serviceUrl = 'https://attacker.example/';
  const token = await teams.fake.token({ serviceurl: serviceUrl });
  const { status } = await postWith(`Bearer ${token}`, {
    ...teams.customer('Eve').typed('bonjour'),
    serviceUrl,
  });
  expect(status).toBe(401);
});

test('the channel’s own token is taken, also when the clocks differ by four minutes', async () => {
  const luc = teams.customer('Luc');
  expect((await postWith(`Bearer ${await valid()}`, luc.typed('bonjour'))).status).toBe(200);
  const late = await teams.fake.token({ exp: now() - 240 });
  expect((await postWith(`Bearer ${late}`, luc.typed('merci'))).status).toBe(200);
});

test('keys are asked for once, and not for each message', () => {
  expect(teams.fake.keysAsked).toBe(1);
});

test('while the keys cannot be fetched the channel is told to come again', async () => {
  const other = await TeamsServer.start();
  other.fake.down = true;
  const { status, headers } = await other.customer().send(other.customer().typed('bonjour'));
  expect(status).toBe(503);
  expect(headers.get('retry-after')).not.toBeNull();
  other.fake.down = false;
  expect((await other.customer().send(other.customer().typed('bonjour'))).status).toBe(200);
  await other.stop();
});

describe('the shape of a body is checked before the SDK sees it', () => {
  const wrong: [string, Record<string, unknown>][] = [
    ['no channel', { channelId: undefined }],
    ['another channel', { channelId: 'emulator' }],
    ['no type', { type: undefined }],
    ['a type that is no text', { type: 7 }],
    ['no id', { id: undefined }],
    ['no service address', { serviceUrl: undefined }],
    ['a service address that is none', { serviceUrl: 'here' }],
    ['no sender', { from: undefined }],
    ['no recipient', { recipient: null }],
    ['no conversation', { conversation: undefined }],
    ['a conversation that is a text', { conversation: '19:x' }],
    ['a text that is a number', { text: 4521 }],
    ['mentions that are no list', { entities: { type: 'mention' } }],
    ['attachments that are no list', { attachments: 'x' }],
  ];
  test.each(wrong)('%s: 400', async (_, differences) => {
    const { status, body } = await teams.post(teams.customer().typed('bonjour', differences));
    expect(status).toBe(400);
    expect(body.error?.code).toBe('BadArgument');
  });

  test('a list, a text, nothing: 400', async () => {
    for (const body of [[], '"x"', '{"type":']) expect((await teams.post(body)).status).toBe(400);
  });
});

test('with Teams off the route does not exist', async () => {
  const fake = await FakeTeams.start();
  const server = await TestServer.start();
  expect((await server.ask('POST', '/api/messages', await fake.token(), {})).status).toBe(404);
  await server.stop();
  await fake.stop();
});
