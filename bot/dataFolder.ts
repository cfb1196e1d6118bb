import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Makes the folder of the data where it is absent, and tries to write there.
 * @throws the system's error: no right, no room, no folder that could be one
 */
export function openDataFolder(folder: string): void {
  make(resolve(folder));
  const probe = join(folder, `.probe-${process.pid}`);
  writeFileSync(probe, '');
  rmSync(probe);
}

/** One folder after the other: where nothing can be made, as below /proc, mkdir's `recursive` tries for ever. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  make(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process that starts now was faster.
    if (!existsSync(folder)) throw error;
  }
}
