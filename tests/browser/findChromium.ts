import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The browser to test with: CHROMIUM_PATH, the system's, or the one that playwright downloaded; undefined when none. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM_PATH'], ...SYSTEM, ...playwrights()].find((path) => path && existsSync(path));
}

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function playwrights(): string[] {
  const caches = [join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright')];
  return caches
    .filter((cache) => existsSync(cache))
    .flatMap((cache) =>
      readdirSync(cache)
        .filter((name) => name.startsWith('chromium'))
        .map((name) => join(cache, name)),
    )
    .flatMap((folder) => [
      join(folder, 'chrome-linux/chrome'),
      join(folder, 'chrome-linux/headless_shell'),
      join(folder, 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'),
    ]);
}
