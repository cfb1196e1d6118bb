import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './findChromium.ts';

/** Before the tests: the browser ones need a Chromium. Installs Debian's where it may; otherwise says what to do. */
if (findChromium() === undefined) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    process.stdout.write(
      'No Chromium was found; installing the Debian package "chromium" for the browser tests.\n',
    );
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (findChromium() === undefined) {
    process.stderr.write(
      'The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), ' +
        'or set CHROMIUM_PATH to the program.\n',
    );
    process.exit(1);
  }
}
