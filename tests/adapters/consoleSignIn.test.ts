import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstAgent, signIn as agentWith } from '../../adapters/console/agents.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { SignInTries } from '../../adapters/console/signInTries.ts';
import { type Asked, TestServer } from '../server.ts';

const EMAIL = 'agent@guichet.local';
let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.stop());

const signIn = (password: string, headers: Record<string, string> = {}): Promise<Asked> =>
  server.ask('POST', '/console/api/session', undefined, { email: EMAIL, password }, headers);
const cookieOf = ({ headers }: Asked): string => headers.get('set-cookie')!.split(';')[0]!;
const as = (Cookie: string, method: string, path: string, headers: Record<string, string> = {}) =>
  server.ask(method, `/console/api/${path}`, undefined, undefined, { Cookie, ...headers });

describe('sign-in', () => {
  test('an agent signs in with the generated password, and signs out for good', async () => {
    const signedIn = await signIn(server.password!);
    expect(signedIn.status).toBe(200);
    expect(signedIn.body).toMatchObject({ name: 'Premier agent', role: 'supervisor', secondFactor: false });
    expect(JSON.stringify(signedIn.body)).not.toContain('scrypt');
    expect(signedIn.headers.get('set-cookie')).toMatch(
      /^__Host-guichet=[\w-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict$/,
    );
    const cookie = cookieOf(signedIn);
    expect((await as(cookie, 'GET', 'me')).body).toEqual(signedIn.body);

    const signedOut = await as(cookie, 'DELETE', 'session');
    expect(signedOut.headers.get('set-cookie')).toContain('__Host-guichet=; Path=/; Max-Age=0;');
    expect((await as(cookie, 'GET', 'me')).status).toBe(401);
    expect((await as(cookie, 'GET', 'tickets')).status).toBe(401);
  });

  test('each sign-in has a token of its own: signing out of one leaves the other', async () => {
    const first = cookieOf(await signIn(server.password!));
    const second = cookieOf(await signIn(server.password!));
    expect(second).not.toBe(first);
    await as(first, 'DELETE', 'session');
    expect((await as(second, 'GET', 'me')).status).toBe(200);
  });

  test.each(['me', 'tickets', 'tickets/SUP-222222'])('without a session %s is not read', async (path) => {
    expect((await server.ask('GET', `/console/api/${path}`)).status).toBe(401);
    expect((await as('__Host-guichet=guessed', 'GET', path)).status).toBe(401);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await signIn('wrong');
    const unknown = await server.ask('POST', '/console/api/session', undefined, {
      email: 'x@y.fr',
      password: 'wrong',
    });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual(unknown.body);
  });

  test('ten wrong passwords in a quarter of an hour, then the right one waits too', async () => {
    for (let tries = 0; tries < 10; tries += 1) expect((await signIn('wrong')).status).toBe(401);
    const { status, headers } = await signIn(server.password!);
    expect(status).toBe(429);
    // Less what the tries themselves took, on a busy machine.
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(840);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(900);
  });

  test.each(['cross-site', 'same-site'])('what a %s page asks for changes nothing', async (site) => {
    const foreign = { 'Sec-Fetch-Site': site };
    const { status, headers } = await signIn(server.password!, foreign);
    expect([status, headers.get('set-cookie')]).toEqual([403, null]);
    const cookie = cookieOf(await signIn(server.password!, { 'Sec-Fetch-Site': 'same-origin' }));
    expect((await as(cookie, 'DELETE', 'session', foreign)).status).toBe(403);
    expect((await as(cookie, 'GET', 'me')).status).toBe(200);
  });

  test('the first agent’s password is made once, where there is no agent yet', async () => {
    const store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-first-')));
    const password = await firstAgent(store, EMAIL);
    expect(await firstAgent(store, EMAIL)).toBeUndefined();
    expect(await agentWith(store, EMAIL, password!)).toMatchObject({ role: 'supervisor' });
    expect(await agentWith(store, EMAIL, `${password!} `)).toBeUndefined();
    await store.close();
  });
});

describe('tries', () => {
  const tries = new SignInTries();
  const count = (email: string, address: string): Promise<unknown> =>
    tries.count(email, address).then(
      () => 'counted',
      (error: { status: number }) => error.status,
    );

  test('an account is guarded from many addresses, however it is written', async () => {
    for (let i = 0; i < 10; i += 1) expect(await count('a@b.fr', `10.0.0.${i}`)).toBe('counted');
    expect(await count(' A@B.fr', '10.0.0.99')).toBe(429);
  });

  test('an address may not try many accounts', async () => {
    for (let i = 0; i < 10; i += 1) expect(await count(`${i}@b.fr`, '10.1.0.1')).toBe('counted');
    expect(await count('other@b.fr', '10.1.0.1')).toBe(429);
  });

  test('a right password gives back its own try, and no other', async () => {
    for (let i = 0; i < 9; i += 1) await count('victim@b.fr', '10.2.0.1');
    for (let i = 0; i < 5; i += 1) {
      expect(await count('mine@b.fr', '10.2.0.1')).toBe('counted');
      await tries.giveBack('mine@b.fr', '10.2.0.1');
    }
    expect(await count('victim@b.fr', '10.2.0.1')).toBe('counted');
    expect(await count('mine@b.fr', '10.2.0.1')).toBe(429);
  });
});
