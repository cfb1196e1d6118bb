import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'botframework-webchat';
const VERSION = '4.18.1';
const SHA512 = '7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';

/**
 * The official Web Chat as one script, fetched once and kept in the user's cache: installed as a dependency it would weigh
 * 549 MB on every `npm ci`, of which this is 4.
 * @returns its path, or why it could not be had.
 */
export function webChatBundle(): { path: string } | { missing: string } {
  const cache = join(homedir(), '.cache', 'guichet');
  const path = join(cache, `webchat-${VERSION}.js`);
  if (existsSync(path)) return { path };
  const folder = mkdtempSync(join(tmpdir(), 'guichet-webchat-'));
  const packed = spawnSync(
    'npm',
    ['pack', `${PACKAGE}@${VERSION}`, '--silent', '--pack-destination', folder],
    {
      timeout: 60_000,
    },
  );
  const archive = join(folder, `${PACKAGE}-${VERSION}.tgz`);
  if (packed.status !== 0 || !existsSync(archive))
    return { missing: `npm pack ${PACKAGE}@${VERSION} failed` };
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== SHA512) {
    return { missing: `${PACKAGE}@${VERSION} is not the package that was looked at` };
  }
  const inside = 'package/dist/webchat.js';
  const unpacked = spawnSync('tar', ['-xzf', archive, '-C', folder, inside]);
  if (unpacked.status !== 0) return { missing: `${inside} could not be unpacked` };
  mkdirSync(cache, { recursive: true });
  // Copied beside and moved, so that a test that runs at the same time never reads half of it.
  const whole = `${path}.${process.pid}`;
  copyFileSync(join(folder, inside), whole);
  renameSync(whole, path);
  rmSync(folder, { recursive: true });
  return { path };
}
