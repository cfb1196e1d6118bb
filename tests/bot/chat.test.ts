import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_FOLDER } from '../modelFolder.ts';

test('npm run chat answers each line of a file, and ends with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-chat-'));
  const child = spawn(process.execPath, ['bot/cli/chat.ts'], {
    env: { PATH: process.env['PATH'], DATA_DIR: folder, MODEL_DIR: MODEL_FOLDER },
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (says += String(data)));
  child.stdin.end('bonjour\nmon colis est noté livré mais je n’ai rien reçu\n100245\n');
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(says).toMatch(/assistant automatique[^]*guide, section 6[^]*numéro de suivi/);
  expect(says).not.toMatch(/Error/);
  expect(code).toBe(0);
});
