import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { publicCloud } from '../../adapters/teams/authentication.ts';
import { Teams } from '../../adapters/teams/teams.ts';
import { readConfig } from '../../bot/config.ts';
import type { Store } from '../../bot/store.ts';
import { APP_ID, TENANT } from './fakeTeams.ts';

const whole = {
  TEAMS_ENABLED: 'true',
  TEAMS_APP_ID: APP_ID,
  TEAMS_TENANT_ID: TENANT,
  TEAMS_APP_PASSWORD: 'secret-of-the-tests',
};
const thumbprint = 'a'.repeat(40);

function keyFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'guichet-key-')), 'key.pem');
  writeFileSync(path, 'PEM');
  return path;
}

test('Teams is off by default, and then nothing of it is needed', () => {
  expect(readConfig({}).TEAMS_ENABLED).toBe('false');
});

test('an application with a secret, one with a certificate, a managed identity', () => {
  const { TEAMS_APP_PASSWORD, ...without } = whole;
  const certificate = { TEAMS_CERTIFICATE_THUMBPRINT: thumbprint, TEAMS_CERTIFICATE_KEY_FILE: keyFile() };
  for (const given of [
    { ...without, TEAMS_APP_PASSWORD },
    { ...without, ...certificate },
    { ...without, TEAMS_APP_TYPE: 'UserAssignedMSI' },
  ]) {
    expect(readConfig(given)).toMatchObject({ TEAMS_ENABLED: 'true' });
  }
});

test('whatever the type, authentication is on, and for this application alone', async () => {
  const { TEAMS_APP_PASSWORD, TEAMS_TENANT_ID, ...rest } = whole;
  for (const given of [
    whole,
    { ...rest, TEAMS_TENANT_ID, TEAMS_APP_TYPE: 'UserAssignedMSI' },
    { ...rest, TEAMS_APP_PASSWORD, TEAMS_APP_TYPE: 'MultiTenant' },
    {
      ...rest,
      TEAMS_TENANT_ID,
      TEAMS_CERTIFICATE_THUMBPRINT: thumbprint,
      TEAMS_CERTIFICATE_KEY_FILE: keyFile(),
    },
  ]) {
    const { credentials } = publicCloud(readConfig(given));
    expect(await credentials.isAuthenticationDisabled()).toBeFalsy();
    expect(await credentials.isValidAppId(APP_ID)).toBe(true);
    expect(await credentials.isValidAppId('')).toBe(false);
  }
});

const refused: [string, Record<string, string>, RegExp][] = [
  ['a switch that is neither', { TEAMS_ENABLED: 'yes' }, /TEAMS_ENABLED must be one of true, false/],
  ['no application', { TEAMS_APP_ID: '' }, /TEAMS_APP_ID is missing.*or set TEAMS_ENABLED=false/],
  ['an application that is no id', { TEAMS_APP_ID: 'guichet' }, /TEAMS_APP_ID must be an id/],
  ['no directory', { TEAMS_TENANT_ID: '' }, /TEAMS_TENANT_ID is missing/],
  ['no secret', { TEAMS_APP_PASSWORD: '' }, /TEAMS_APP_PASSWORD is missing/],
  ['a secret of spaces', { TEAMS_APP_PASSWORD: '   ' }, /TEAMS_APP_PASSWORD is missing/],
  [
    'a type misspelt, which the SDK would take for MultiTenant',
    { TEAMS_APP_TYPE: 'SingelTenant' },
    /TEAMS_APP_TYPE must be one of SingleTenant, UserAssignedMSI, MultiTenant/,
  ],
  [
    'a managed identity with a secret',
    { TEAMS_APP_TYPE: 'UserAssignedMSI' },
    /TEAMS_APP_TYPE needs no password/,
  ],
  [
    'half a certificate',
    { TEAMS_CERTIFICATE_THUMBPRINT: thumbprint },
    /TEAMS_CERTIFICATE_KEY_FILE is missing/,
  ],
  [
    'a secret and a certificate',
    { TEAMS_CERTIFICATE_THUMBPRINT: thumbprint, TEAMS_CERTIFICATE_KEY_FILE: keyFile() },
    /TEAMS_APP_PASSWORD stands beside a certificate/,
  ],
  [
    'a key that is not there',
    { TEAMS_CERTIFICATE_KEY_FILE: '/nowhere/key.pem' },
    /TEAMS_CERTIFICATE_KEY_FILE must be a file that can be read/,
  ],
  [
    'a service address with a path',
    { TEAMS_SERVICE_URLS: 'https://x.example/teams' },
    /TEAMS_SERVICE_URLS must be origins/,
  ],
  [
    'a service address without TLS in production',
    { TEAMS_SERVICE_URLS: 'http://x.example', NODE_ENV: 'production' },
    /TEAMS_SERVICE_URLS must be https/,
  ],
  [
    'a channel that is no id',
    { TEAMS_AGENTS_CHANNEL: 'Support' },
    /TEAMS_AGENTS_CHANNEL must be the id of a channel/,
  ],
  [
    'a channel for agents without an address for its buttons',
    { TEAMS_AGENTS_CHANNEL: '19:x@thread.tacv2' },
    /PUBLIC_URL is missing/,
  ],
];

test.each(refused)('%s: the start is refused, with what to do', (_, differences, message) => {
  expect(() => readConfig({ ...whole, ...differences })).toThrow(message);
});

test('a wrong secret is not repeated', () => {
  expect(() => readConfig({ ...whole, TEAMS_APP_ID: '' })).not.toThrow(/secret-of-the-tests/);
});

test('MultiTenant is had by asking for it by name, with a warning', () => {
  const warned = (type: string): boolean => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
    new Teams(readConfig({ ...whole, TEAMS_APP_TYPE: type }), {} as Store, log);
    return lines.some((line) => line.includes('MultiTenant'));
  };
  expect(warned('MultiTenant')).toBe(true);
  expect(warned('SingleTenant')).toBe(false);
});
