import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { Store } from '../bot/store.ts';
import { type Answer, route } from './http.ts';

/** Milliseconds. A database that takes longer to write a row can take no messages. */
const LONGEST_MS = 2_000;
/** Milliseconds. Whoever asks more often gets the last answer: the question costs a write. */
const FRESH_MS = 1_000;

export interface HealthParts {
  store: Pick<Store, 'checkWritable'>;
  log: Logger;
  stopping: () => boolean;
}

/**
 * GET /healthz: the process lives. GET /readyz: it can take messages, or 503 with the reason: it is stopping, or the
 * database takes no writes. The model is loaded before the server listens. Neither needs a sign-in, and neither tells more.
 */
export function healthRoutes(server: Server, parts: HealthParts): void {
  const { store, log, stopping } = parts;
  let asked = { at: -Infinity, writable: Promise.resolve(false) };

  const writable = (): Promise<boolean> => {
    const at = performance.now();
    if (at - asked.at > FRESH_MS) asked = { at, writable: within(LONGEST_MS, store.checkWritable(), log) };
    return asked.writable;
  };

  const respond = (path: string, handler: () => Promise<Answer> | Answer): void =>
    route(server, log, 'get', path, async () => {
      const { headers, ...answer } = await handler();
      return { ...answer, headers: { 'Cache-Control': 'no-store', ...headers } };
    });
  const notReady = (status: string): Answer => ({
    status: 503,
    body: { status },
    headers: { 'Retry-After': '2' },
  });

  respond('/healthz', () => ({ body: { status: 'alive' } }));
  respond('/readyz', async () => {
    if (stopping()) return notReady('stopping');
    if (!(await writable())) return notReady('the database cannot be written');
    return { body: { status: 'ready' } };
  });
}

async function within(ms: number, work: Promise<void>, log: Logger): Promise<boolean> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`The database took longer than ${ms} ms.`)), ms).unref();
  });
  try {
    await Promise.race([work, late]);
    return true;
  } catch (error) {
    log.error({ err: error }, 'the database cannot be written');
    return false;
  }
}
