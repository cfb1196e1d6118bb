import { TestServer } from '../server.ts';

const EMAIL = 'agent@guichet.local';
let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.stop());

const signIn = (password: string, headers: Record<string, string> = {}) =>
  server.ask('POST', '/console/api/session', undefined, { email: EMAIL, password }, headers);
const cookieOf = (headers: Headers): string => headers.get('set-cookie')!.split(';')[0]!;

test('an agent signs in with the generated password, reads tickets, and signs out for good', async () => {
  const { status, headers } = await signIn(server.password!);
  expect(status).toBe(200);
  expect(headers.get('set-cookie')).toMatch(
    /^__Host-guichet=.+; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict$/,
  );
  const Cookie = cookieOf(headers);
  expect((await server.ask('GET', '/console/api/tickets', undefined, undefined, { Cookie })).body).toEqual({
    tickets: [],
  });
  await server.ask('DELETE', '/console/api/session', undefined, undefined, { Cookie });
  expect((await server.ask('GET', '/console/api/tickets', undefined, undefined, { Cookie })).status).toBe(
    401,
  );
});

test('without a session nothing is read', async () => {
  expect((await server.ask('GET', '/console/api/tickets')).status).toBe(401);
  expect((await server.ask('GET', '/console/api/tickets/SUP-222222')).status).toBe(401);
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

test('ten tries in a quarter of an hour, then the right password waits too', async () => {
  for (let tries = 0; tries < 10; tries += 1) await signIn('wrong');
  const { status, headers } = await signIn(server.password!);
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a sign-in sent by another site is refused', async () => {
  expect((await signIn(server.password!, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
});

test('the first password is made once: a restart neither changes nor shows it', async () => {
  const password = server.password!;
  await server.restart();
  expect(server.password).toBeUndefined();
  expect((await signIn(password)).status).toBe(200);
});
