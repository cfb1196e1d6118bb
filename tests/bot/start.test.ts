import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_FOLDER } from '../modelFolder.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'guichet-start-'));

/** `npm start` with these settings, which do not let it start: its exit code and what it says. */
async function start(settings: Record<string, string>): Promise<{ code: number | null; says: string }> {
  const child = spawn(process.execPath, ['bot/main.ts'], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder(), MODEL_DIR: MODEL_FOLDER, ...settings },
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (says += String(data)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, says };
}

const other = createServer();
const notOurs = folder();
beforeAll(async () => {
  writeFileSync(join(notOurs, 'guichet.db'), 'no database');
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterAll(() => other.close());

test.each([
  ['a port that is taken', () => ({ PORT: String((other.address() as AddressInfo).port) }), /EADDRINUSE/],
  ['a folder in which nothing can be made', () => ({ DATA_DIR: '/proc/guichet' }), /ENOENT.*\/proc\/guichet/],
  ['a file that is no database', () => ({ DATA_DIR: notOurs }), /file is not a database/],
])('%s ends the start at once, with a line that says where to ask', async (_what, settings, reason) => {
  const { code, says } = await start(settings());
  expect(says).toMatch(reason);
  expect(says.trim().split('\n')).toHaveLength(2);
  expect(says).toMatch(/\nnpm run doctor says what to do about it\.\n$/);
  expect(code).toBe(1);
});
