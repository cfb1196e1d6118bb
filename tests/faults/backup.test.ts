import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Customer } from './customer.ts';
import { Guichet, pause } from './guichet.ts';
import { History } from './history.ts';
import { figure, LONG } from './report.ts';
import { readStored } from './stored.ts';
import { World } from './world.ts';

jest.setTimeout(LONG ? 5 * 60_000 : 60_000);

interface Ran {
  code: number;
  output: string;
}

/** A command as an operator gives it, in a process of its own beside the server. */
function command(name: 'backup' | 'restore', file: string, folder: string): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`bot/cli/${name}.ts`, file],
      { env: { PATH: process.env['PATH'], DATA_DIR: folder } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

test('a backup made under load holds the beginning of every conversation; restored, the server goes on from there', async () => {
  const world = await World.open();
  const { guichet } = world;
  const backups = mkdtempSync(join(tmpdir(), 'guichet-backups-'));
  await guichet.up();
  world.populate(4);
  const count = LONG ? 10 : 1;
  while (world.acknowledged < 30) await pause(20);
  // A conversation that is there before the first backup, to go on with after.
  const customer = new Customer('luc', guichet.url, world.history);
  await customer.begin();
  await customer.says('mon colis n’est pas arrivé');
  const files: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const file = join(backups, `${i}.db`);
    const before = new Set(world.history.said().flatMap(({ id }) => id ?? []));
    expect(await command('backup', file, guichet.folder)).toMatchObject({ code: 0 });
    // What was acknowledged before it began is in it.
    const kept = new Set([...readCopy(file)].flatMap(([, lines]) => lines.map(({ id }) => id)));
    expect([...before].filter((id) => !kept.has(id))).toEqual([]);
    files.push(file);
  }
  expect(await world.rest()).toEqual([]);
  const whole = readStored(guichet.folder).conversations;
  for (const file of files) {
    for (const [id, lines] of readCopy(file)) expect(whole.get(id)!.slice(0, lines.length)).toEqual(lines);
  }
  expect(statSync(files[0]!).mode & 0o777).toBe(0o600);
  await world.close();

  const elsewhere = await Guichet.at();
  expect(await command('restore', files[0]!, elsewhere.folder)).toMatchObject({ code: 0 });
  await elsewhere.up();
  const before = readStored(elsewhere.folder).conversations.get(customer.conversationId)!;
  const goesOn = Object.assign(new Customer('luc again', elsewhere.url, new History()), {
    conversationId: customer.conversationId,
    token: customer.token,
  });
  await goesOn.says('menu');
  const after = readStored(elsewhere.folder).conversations.get(customer.conversationId)!;
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.map(({ role }) => role).slice(before.length)).toEqual(['customer', 'bot']);
  // Not under a server: it would write on into a file that is no longer the database.
  const refused = await command('restore', files[0]!, elsewhere.folder);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.output).toContain('Another process already serves the database');
  await elsewhere.kill();
  // What was there is kept, even what a killed process had not yet moved into the file.
  const restored = await command('restore', files[0]!, elsewhere.folder);
  const [, kept = ''] = /kept as (\S+)\.\n/.exec(restored.output) ?? [];
  expect(readCopy(kept).get(customer.conversationId)).toEqual(after);
  figure(
    'backup under load',
    `${count} backups: each a beginning of every one of ${whole.size} conversations, nothing acknowledged before missing; restored, the server goes on`,
  );
});

const readCopy = (file: string): ReturnType<typeof readStored>['conversations'] =>
  readStored(file.replace(/[^/]*$/, ''), file.replace(/^.*\//, '')).conversations;

test('a backup that cannot be made, and a file that is none, are refused with the reason; nothing is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-none-'));
  const none = await command('backup', join(folder, 'copy.db'), folder);
  expect(none).toMatchObject({ code: 1 });
  expect(none.output).toContain('DATA_DIR');
  writeFileSync(join(folder, 'text.db'), 'not a database '.repeat(100));
  const refused = await command('restore', join(folder, 'text.db'), folder);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.output).toContain('is no database of Guichet');
  expect(existsSync(join(folder, 'guichet.db'))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
});
