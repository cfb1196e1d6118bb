import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError, readConfig, settings } from '../../bot/config.ts';

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 3978,
    HOST: '127.0.0.1',
    DATA_DIR: 'data',
    NODE_ENV: 'development',
  });
});

test('an empty variable is an absent one', () => {
  expect(readConfig({ PORT: '', API_TOKEN: '' })).toMatchObject({ PORT: 3978 });
});

test('every mistake is reported at once, with what is wrong and an example', () => {
  const wrong = {
    PORT: 'abc',
    ALLOWED_ORIGINS: 'shop',
    API_TOKEN: 'short',
    GUICHET_NOW: 'tomorrow',
    ORDER_NUMBER_PATTERN: '(',
  };
  expect(() => readConfig(wrong)).toThrow(ConfigError);
  try {
    readConfig(wrong);
  } catch (error) {
    const message = (error as Error).message;
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
    expect(message).toContain('3978');
    expect(message).toContain('2026-03-18T14:30:00+01:00');
    expect(message).not.toContain('short (');
  }
});

test('a wrong secret is not repeated in the message', () => {
  expect(() => readConfig({ API_TOKEN: 'hunter2' })).not.toThrow(/hunter2/);
  expect(() => readConfig({ API_TOKEN: 'hunter2' })).toThrow(/7 characters long/);
});

test('production refuses a simulated clock', () => {
  expect(() => readConfig({ NODE_ENV: 'production', GUICHET_NOW: '2026-03-18T14:30:00+01:00' })).toThrow(
    /GUICHET_NOW/,
  );
});

test('.env.example describes every setting, and no other', () => {
  const described = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(
    (match) => match[1]!,
  );
  expect(described.sort()).toEqual(Object.keys(settings).sort());
});

test('each example of .env.example is a good value when its line is no comment any more', () => {
  const file = readFileSync('.env.example', 'utf8').replace(/^# (?=[A-Z][A-Z_]+=)/gm, '');
  const examples = Object.entries(parseEnv(file)).filter(([, value]) => !/^$|\.\.\.$/.test(value!));
  expect(examples.length).toBeGreaterThan(45);
  const wrong = examples.filter(
    ([name, value]) => !settings[name as keyof typeof settings].safeParse(value).success,
  );
  // A file that only the shop has.
  expect(wrong.map(([name]) => name)).toEqual(['TEAMS_CERTIFICATE_KEY_FILE']);
  expect(parseEnv(file)).toMatchObject({
    ORDER_NUMBER_PATTERN: String.raw`CMD-\d{6}`,
    CARRIER_FORMATS: 'Colis Express CE########FR',
  });
});
