import { TOTP } from 'otpauth';
import { stepOf } from '../../adapters/console/secondFactor.ts';
import { ConsoleClient, PASSWORD } from '../consoleClient.ts';
import { TestServer } from '../server.ts';

let server: TestServer;
let boss: ConsoleClient;
let lea: ConsoleClient;
beforeAll(async () => {
  server = await TestServer.start();
  boss = await ConsoleClient.of(server, 'Boss', 'supervisor');
  lea = await ConsoleClient.of(server, 'Lea');
});
afterAll(() => server.stop());

const codeOf = (secret: string, secondsFromNow = 0): string =>
  new TOTP({ secret }).generate({ timestamp: Date.parse('2026-03-18T13:30:00Z') + secondsFromNow * 1000 });

const statusOf = async (agent: string): Promise<string | undefined> =>
  (await server.store.desk.presences()).find(({ id }) => id === agent)?.status;

test.each(['agents', 'dead-letters'])('what supervisors see agents do not: %s', async (path) => {
  expect((await lea.get(path)).status).toBe(403);
  expect((await boss.get(path)).status).toBe(200);
  expect((await lea.post(path, {})).status).toBe(403);
});

test('a supervisor makes an account, whose password is shown once and opens it', async () => {
  const made = await boss.post('agents', { email: 'Nina@Boutique.fr', name: 'Nina', role: 'agent' });
  expect(made.status).toBe(201);
  const { password } = made.body as unknown as { password: string };
  const signedIn = await server.ask('POST', '/console/api/session', undefined, {
    email: 'nina@boutique.fr',
    password,
  });
  expect(signedIn.body).toMatchObject({ name: 'Nina', role: 'agent' });
  expect(JSON.stringify((await boss.get('agents')).body)).not.toContain(password);
  expect((await boss.post('agents', { email: 'nina@boutique.fr', name: 'N', role: 'agent' })).status).toBe(
    409,
  );
});

test.each([
  [{ email: 'pas une adresse', name: 'X', role: 'agent' }, 'Cette adresse n’est pas valable.'],
  [{ email: 'x@y.fr', name: ' ', role: 'agent' }, 'Donnez un nom.'],
  [{ email: 'x@y.fr', name: 'X', role: 'roi' }, 'Choisissez un rôle.'],
])('a form that is wrong says what is: %j', async (form, message) => {
  const { status, body } = await boss.post('agents', form);
  expect(status).toBe(400);
  expect(body.error!.message).toContain(message);
});

test('a disabled account is out at once, and cannot come back until it is enabled', async () => {
  const marc = await ConsoleClient.of(server, 'Marc');
  await boss.post('agents/marc', { disabled: true });
  expect((await marc.get('me')).status).toBe(401);
  expect((await marc.signIn()).status).toBe(401);
  await boss.post('agents/marc', { disabled: false });
  expect(await statusOf('marc')).toBe('offline');
  // What was open before is not open again.
  expect((await marc.get('me')).status).toBe(401);
  expect((await marc.signIn()).status).toBe(200);
});

test('a password that a supervisor replaces ends the sessions that the old one opened', async () => {
  const noe = await ConsoleClient.of(server, 'Noe');
  const { body } = await boss.post('agents/noe', { newPassword: true });
  expect((await noe.get('me')).status).toBe(401);
  expect((await noe.signIn()).status).toBe(401);
  expect((await noe.signIn(body['password'] as string)).status).toBe(200);
});

test('a supervisor cannot lock themselves out', async () => {
  expect((await boss.post('agents/boss', { role: 'agent' })).status).toBe(409);
  expect((await boss.post('agents/boss', { disabled: true })).status).toBe(409);
});

test('a password is changed by who knows it; other sessions end', async () => {
  const ines = await ConsoleClient.of(server, 'Ines');
  const other = (await ines.signIn()).headers.get('set-cookie')!.split(';')[0]!;
  const short = await ines.post('me/password', { current: PASSWORD, next: 'court' });
  expect(short.body.error!.message).toContain('au moins 12');
  expect((await ines.post('me/password', { current: 'faux', next: 'un autre mot de passe' })).status).toBe(
    400,
  );
  expect((await ines.post('me/password', { current: PASSWORD, next: 'un autre mot de passe' })).status).toBe(
    204,
  );
  expect((await ines.get('me')).status).toBe(200);
  const { status } = await server.ask('GET', '/console/api/me', undefined, undefined, { Cookie: other });
  expect(status).toBe(401);
  expect((await ines.signIn('un autre mot de passe')).status).toBe(200);
});

describe('the second factor', () => {
  let secret: string;
  let hugo: ConsoleClient;
  beforeAll(async () => {
    hugo = await ConsoleClient.of(server, 'Hugo');
    secret = (await hugo.get('me/second-factor')).body['secret'] as string;
  });

  test('it is switched on with a code that fits', async () => {
    expect((await hugo.post('me/second-factor', { secret, code: '000000' })).status).toBe(400);
    expect((await hugo.signIn()).status).toBe(200);
    expect((await hugo.post('me/second-factor', { secret, code: codeOf(secret) })).status).toBe(204);
  });

  test('then the password alone does not open, nor does a code that was used', async () => {
    expect((await hugo.signIn()).body.error!.code).toBe('CodeNeeded');
    expect((await hugo.signIn(PASSWORD, '000000')).status).toBe(401);
    expect((await hugo.signIn(PASSWORD, codeOf(secret))).status).toBe(401);
    const next = codeOf(secret, 30);
    expect((await hugo.signIn(PASSWORD, `${next.slice(0, 3)} ${next.slice(3)}`)).status).toBe(200);
    expect((await hugo.signIn(PASSWORD, next)).status).toBe(401);
  });

  test('a code that was used stays used when a supervisor changes the account', async () => {
    await boss.post('agents/hugo', { name: 'Hugo' });
    expect((await hugo.signIn(PASSWORD, codeOf(secret, 30))).status).toBe(401);
  });

  test('a code without the password tells nothing', async () => {
    expect((await hugo.signIn('faux', codeOf(secret))).body.error!.code).toBe('Unauthorized');
  });

  test('it is switched off by a supervisor for who lost the telephone', async () => {
    await boss.post('agents/hugo', { withoutSecondFactor: true });
    expect((await hugo.signIn()).status).toBe(200);
  });

  test('a code is good for its step and the two beside it', () => {
    const now = new Date('2026-03-18T13:30:00Z');
    const steps = [-60, -30, 0, 30, 60].map((seconds) => stepOf(secret, codeOf(secret, seconds), now));
    expect(steps.map((step) => step !== undefined)).toEqual([false, true, true, true, false]);
  });
});

test('presence: the page’s beat keeps what was chosen; signing out ends it', async () => {
  expect((await lea.post('presence', { status: 'away' })).body['status']).toBe('away');
  expect((await lea.post('presence', {})).body['status']).toBe('away');
  expect(await statusOf('lea')).toBe('away');
  await lea.post('presence', { status: 'online' });
  await server.ask('DELETE', '/console/api/session', undefined, undefined, { Cookie: lea.cookie });
  expect(await statusOf('lea')).toBe('offline');
});
