import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { readConfig, readEnvironment } from './config.ts';
import { openDataFolder } from './dataFolder.ts';

/** Errors whose message says all: what is wrong, and what to do. By name, for their files are not to be loaded yet. */
const EXPECTED = new Set(['ConfigError', 'KnowledgeError', 'DatabaseError', 'DatabaseInUseError']);

/**
 * The only entry. The configuration comes before all else is loaded: its mistakes are told at once, and it names the folder
 * where compiled code is kept. Without that every start compiles two thousand files, which takes as long as the rest of it.
 */
async function main(): Promise<void> {
  const config = readConfig(readEnvironment());
  openDataFolder(config.DATA_DIR);
  enableCompileCache(join(config.DATA_DIR, 'compiled'));
  const { serve } = await import('./serve.ts');
  await serve(config);
  // Now and not at the end: a process that is killed would keep nothing.
  flushCompileCache();
}

/** What is printed of an error that stops the start: a stack only where the reader can do nothing with less. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (EXPECTED.has(error.name)) return error.message;
  // The machine refused (a port that is taken, a folder that cannot be written), or SQLite (a file that is no database).
  if ('syscall' in error || ('code' in error && error.code === 'ERR_SQLITE_ERROR'))
    return `${error.message}\nnpm run doctor says what to do about it.`;
  return error.stack ?? error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`${told(error)}\n`);
  process.exit(1);
});
