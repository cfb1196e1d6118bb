import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { envFile } from '../../bot/cli/doctor/envFile.ts';
import { nodeVersion } from '../../bot/cli/doctor/machine.ts';
import { HttpSink } from '../httpSink.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';
import { TestServer } from '../server.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'guichet-doctor-'));

/** `npm run doctor` with these settings: its exit code and what it says. */
async function doctor(settings: Record<string, string>): Promise<{ code: number | null; says: string }> {
  const child = spawn(process.execPath, ['bot/cli/doctor.ts'], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder(), MODEL_DIR: MODEL_FOLDER, ...settings },
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (says += String(data)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, says };
}

/** A mail server that takes one password. */
async function mailServer(): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'shop' }) : done(new Error('Invalid username or password')),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const OTHERS = {
  EMAIL_FROM: 'Support <support@boutique.example>',
  SUPPORT_EMAIL: 'support@boutique.example',
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 'a').toString('base64')}`,
  OIDC_CLIENT_ID: 'guichet',
  OIDC_CLIENT_SECRET: 'x',
};

test('an old Node is named, with what to do', () => {
  expect(nodeVersion('20.18.1')).toMatchObject({
    state: 'wrong',
    todo: expect.stringContaining('npm ci') as string,
  });
  expect(nodeVersion('24.14.0').state).toBe('wrong');
  expect(nodeVersion('24.15.0').state).toBe('good');
  expect(nodeVersion('26.0.0').state).toBe('good');
});

test('what a .env says in vain is named, by line or name and without its value', () => {
  const place = folder();
  writeFileSync(
    join(place, '.env'),
    'SMPT_URL=smtp://shop:geheim@mail\n# a comment\n\nSUPPORT_EMAIL: geheim@boutique.example\nexport SHOP_NAME="Chez Luc"\n',
  );
  const findings = envFile(join(place, '.env'));
  expect(findings.map(({ says }) => says)).toEqual([
    'Line 4 of .env is not read: it is not NAME=value.',
    'SMPT_URL in .env is no setting, so it does nothing.',
  ]);
  expect(JSON.stringify(findings)).not.toContain('geheim');
  expect(envFile(join(place, 'none'))).toEqual([]);
});

test('what time it takes it to be is said, and what hours and holidays make of it', async () => {
  const { says } = await doctor({ GUICHET_NOW: '2026-05-08T10:00:00+02:00', TZ: 'Asia/Tokyo' });
  expect(says).toContain(
    '– It is Friday 8 May 2026, 10:00 in Paris, and the support is closed until Monday 11 May',
  );
});

test('every setting that is wrong is named, and no secret is repeated', async () => {
  const { code, says } = await doctor({ PORT: 'http', SUPPORT_EMAIL: 'x', API_TOKEN: 'short-secret' });
  expect(says).toMatch(/✗ The configuration has 3 mistakes:/);
  expect(says).not.toContain('short-secret');
  expect(code).toBe(1);
});

test('a Guichet that runs already, a mail server that takes the password and a webhook that is there are well', async () => {
  const guichet = await TestServer.start();
  const mail = await mailServer();
  const sink = await HttpSink.start();
  const { code, says } = await doctor({
    ...OTHERS,
    PORT: new URL(guichet.url).port,
    DATA_DIR: guichet.folder,
    SMTP_URL: `smtp://shop:right@127.0.0.1:${mail.port}`,
    WEBHOOK_URL: `${sink.url}/hook`,
  });
  for (const good of [
    '✓ Node 24.',
    '✓ SQLite: ',
    'can be read; conversations: 0',
    'the model of them is trained',
    'is served by a Guichet that runs now',
    '✓ Mail: 127.0.0.1',
    '✓ WEBHOOK_URL: 127.0.0.1',
    'Nothing stands in the way',
  ]) {
    expect(says).toContain(good);
  }
  expect(code).toBe(0);
  // It was looked at, and sent nothing.
  expect(sink.taken).toEqual([]);
  for (const part of [guichet, mail, sink]) await part.stop();
});

test('a wrong password, a provider of another name, a closed port and a database that nobody serves are told, each with what to do', async () => {
  const mail = await mailServer();
  const provider = await HttpSink.start();
  provider.answer = () => ({ status: 200, body: { issuer: 'https://login.boutique.example' } });
  const { code, says } = await doctor({
    ...OTHERS,
    PUBLIC_URL: 'https://support.boutique.example',
    SMTP_URL: `smtp://shop:wrong-one@127.0.0.1:${mail.port}`,
    WEBHOOK_URL: 'http://127.0.0.1:1/hook',
    OIDC_ISSUER: provider.url,
    DATABASE_URL: 'postgres://guichet:pass-of-db@127.0.0.1:1/guichet',
  });
  for (const wrong of [
    /✗ Mail: .*Invalid (?:login|username).*\n *Correct user and password/,
    /✗ WEBHOOK_URL: .* is not reached: .*ECONNREFUSED.*\n *Correct WEBHOOK_URL/,
    /✗ OIDC_ISSUER: the provider calls itself https:\/\/login.boutique.example/,
    /✗ PostgreSQL: .*ECONNREFUSED.*Is PostgreSQL running there/,
    /4 things to mend/,
  ]) {
    expect(says).toMatch(wrong);
  }
  for (const secret of ['wrong-one', 'pass-of-db']) expect(says).not.toContain(secret);
  expect(code).toBe(1);
  for (const part of [mail, provider]) await part.stop();
});

test('a port that another program has, a database that is none and a mail server that is not there are told', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const taken = String((other.address() as AddressInfo).port);
  const broken = folder();
  writeFileSync(join(broken, 'guichet.db'), 'no database');
  const { code, says } = await doctor({
    PORT: taken,
    DATA_DIR: broken,
    SMTP_URL: 'smtp://127.0.0.1:1',
  });
  other.close();
  expect(says).toMatch(new RegExp(`✗ Port ${taken} on 127.0.0.1 cannot be had: EADDRINUSE`));
  expect(says).toMatch(/✗ SQLite: .* cannot be read: file is not a database/);
  expect(says).toMatch(/✗ Mail: .*ECONNREFUSED.*\n *Correct host and port/);
  expect(code).toBe(1);
});

test('a folder that cannot be written is told, at once', async () => {
  const file = join(folder(), 'a-file');
  writeFileSync(file, '');
  for (const [data, reason] of [
    [join(file, 'data'), 'ENOTDIR'],
    ['/proc/guichet', 'ENOENT'],
  ] as const) {
    const { code, says } = await doctor({ DATA_DIR: data });
    expect(says).toMatch(new RegExp(`✗ The folder .* cannot be written: ${reason}`));
    expect(code).toBe(1);
  }
});
