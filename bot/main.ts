import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { readConfig, readEnvironment } from './config.ts';

/** Errors whose message says all: what is wrong, and what to do. By name, for their files are not to be loaded yet. */
const EXPECTED = new Set(['ConfigError', 'KnowledgeError', 'DatabaseError', 'DatabaseInUseError']);

/**
 * The only entry. The configuration comes before all else is loaded: its mistakes are told at once, and it names the folder
 * where compiled code is kept. Without that every start compiles two thousand files, which takes as long as the rest of it.
 */
async function main(): Promise<void> {
  const config = readConfig(readEnvironment());
  enableCompileCache(join(config.DATA_DIR, 'compiled'));
  const { serve } = await import('./serve.ts');
  await serve(config);
  // Now and not at the end: a process that is killed would keep nothing.
  flushCompileCache();
}

main().catch((error: unknown) => {
  const expected =
    error instanceof Error &&
    (EXPECTED.has(error.name) ||
      ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')));
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
