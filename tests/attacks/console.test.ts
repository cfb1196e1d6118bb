import { TOTP } from 'otpauth';
import { openSession } from '../../adapters/console/agents.ts';
import { ConsoleClient, PASSWORD } from '../consoleClient.ts';
import { png } from '../pictures.ts';
import { TestServer } from '../server.ts';

/* Sign-in, cookie flags, tries and codes stand in tests/adapters/console and consoleAccounts; who may what in routes.test.ts. */

const START = Date.parse('2026-03-18T13:30:00Z');
let clock = START;
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({}, { now: () => new Date(clock) });
});
beforeEach(() => {
  clock = START;
});
afterAll(() => server.stop());

test('a session that was planted before the sign-in is not the one that is opened', async () => {
  const planted = `__Host-guichet=${'A'.repeat(43)}`;
  const signedIn = await server.ask(
    'POST',
    '/console/api/session',
    undefined,
    { email: 'agent@guichet.local', password: server.password },
    { Cookie: planted },
  );
  const opened = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  expect(opened).not.toBe(planted);
  const me = (Cookie: string) => server.ask('GET', '/console/api/me', undefined, undefined, { Cookie });
  expect((await me(planted)).status).toBe(401);
  expect((await me(opened)).status).toBe(200);
});

test('a cookie without the prefix, twice, or in another place is no session', async () => {
  const token = await openSession(server.store, 'first', new Date(clock));
  for (const headers of [
    { Cookie: `guichet=${token}` },
    { Cookie: `__host-guichet=${token}` },
    { Cookie: `__Host-guichet=; guichet=${token}` },
    { Authorization: `Bearer ${token}` },
    { 'X-Session': token },
  ] as Record<string, string>[])
    expect((await server.ask('GET', '/console/api/me', undefined, undefined, headers)).status).toBe(401);
  expect((await server.ask('GET', `/console/api/me?__Host-guichet=${token}`)).status).toBe(401);
});

test('a session ends after twelve hours, however busy it is', async () => {
  const lea = await ConsoleClient.of(server, 'Lea');
  clock = START + 12 * 3600_000 - 1_000;
  expect((await lea.get('me')).status).toBe(200);
  clock = START + 12 * 3600_000;
  expect((await lea.get('me')).status).toBe(401);
});

test('what another site has a browser send changes nothing, on any route of the console', async () => {
  const boss = await ConsoleClient.of(server, 'Boss', 'supervisor');
  const changing = server
    .routes()
    .map((route) => route.split(' ') as [string, string])
    .filter(([method, path]) => method !== 'GET' && path.startsWith('/console/api/'));
  expect(changing.length).toBeGreaterThan(15);
  for (const [method, path] of changing) {
    for (const site of ['cross-site', 'same-site', 'none']) {
      const { status } = await server.ask(
        method,
        path,
        undefined,
        {},
        { Cookie: boss.cookie, 'Sec-Fetch-Site': site },
      );
      expect([path, site, status]).toEqual([path, site, 403]);
    }
  }
  expect((await boss.get('me')).status).toBe(200);
});

test('a form of another site, which can send no JSON, changes nothing either', async () => {
  const nina = await ConsoleClient.of(server, 'Nina', 'supervisor');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const headers = { Cookie: nina.cookie, 'Content-Type': type };
    const body = '{"email":"mallory@boutique.fr","name":"M","role":"supervisor"}';
    const { status } = await server.ask('POST', '/console/api/agents', undefined, body, headers);
    expect([type, status >= 400 && status < 500]).toEqual([type, true]);
  }
  expect(JSON.stringify((await nina.get('agents')).body)).not.toContain('mallory');
});

test('a second factor that is there is not replaced by whoever has the session: it is removed first, by password', async () => {
  const hugo = await ConsoleClient.of(server, 'Hugo');
  const enrol = async (): Promise<number> => {
    const secret = (await hugo.get('me/second-factor')).body['secret'] as string;
    const code = new TOTP({ secret }).generate({ timestamp: clock });
    return (await hugo.post('me/second-factor', { secret, code })).status;
  };
  const elsewhere = await openSession(server.store, 'hugo', new Date(clock));
  expect(await enrol()).toBe(204);
  // Whoever else holds a session of the account holds it no more.
  const Cookie = `__Host-guichet=${elsewhere}`;
  expect((await server.ask('GET', '/console/api/me', undefined, undefined, { Cookie })).status).toBe(401);
  expect(await enrol()).toBe(409);
  expect((await hugo.post('me/second-factor/removal', { password: PASSWORD })).status).toBe(204);
  expect(await enrol()).toBe(204);
});

test('a role is the account’s, not the request’s', async () => {
  const paul = await ConsoleClient.of(server, 'Paul');
  for (const path of ['presence', 'me/password'])
    await paul.post(path, { role: 'supervisor', current: PASSWORD, next: PASSWORD, id: 'first' });
  expect((await paul.get('me')).body['role']).toBe('agent');
  expect((await paul.post('agents/paul', { role: 'supervisor' })).status).toBe(403);
});

test.each([
  ['a PNG that goes on as a page', Buffer.concat([png(), Buffer.from('<script>pwned()</script>')])],
  ['a GIF that is a script as well', Buffer.from('GIF89a\x02\x00\x02\x00=1/*\x00\x00*/;pwned()//', 'latin1')],
])('%s is served as a picture to be saved, of no other type, in a sandbox', async (_what, bytes) => {
  const chat = await server.converse();
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'a.html');
  const url = `${server.url}/v3/directline/conversations/${chat.id}/upload`;
  const headers = { Authorization: `Bearer ${chat.token}` };
  expect((await fetch(url, { method: 'POST', headers, body: form })).status).toBe(200);
  const { attachments } = (await server.store.activities(chat.id))[1]!.activity;
  const id = attachments![0]!.contentUrl!.slice('upload:'.length);
  const file = await fetch(`${server.url}/v3/directline/files/${id}`, { headers });
  expect(file.headers.get('content-type')).toMatch(/^image\/(?:png|gif)$/);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; .*a\.(?:png|gif)$/);
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  expect(file.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
});

test('the current password cannot be guessed from an open session: ten tries, then a wait', async () => {
  const ines = await ConsoleClient.of(server, 'Ines');
  const guess = (): Promise<{ status: number }> =>
    ines.post('me/password', { current: 'faux', next: 'un autre mot de passe' });
  for (let tries = 0; tries < 10; tries += 1) expect((await guess()).status).toBe(400);
  expect((await guess()).status).toBe(429);
  expect((await ines.post('me/second-factor/removal', { password: PASSWORD })).status).toBe(429);
});

test('behind https browsers are told to stay with it; on plain http, where it would mean nothing, they are not', async () => {
  const told = async (at: TestServer): Promise<(string | null)[]> =>
    Promise.all(
      ['/console', '/nowhere'].map(async (path) =>
        (await fetch(`${at.url}${path}`)).headers.get('strict-transport-security'),
      ),
    );
  const secure = await TestServer.start({ PUBLIC_URL: 'https://support.boutique.example' });
  expect(await told(secure)).toEqual(['max-age=31536000', 'max-age=31536000']);
  expect(await told(server)).toEqual([null, null]);
  await secure.stop();
});
