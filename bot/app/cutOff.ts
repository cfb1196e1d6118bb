import type { Server } from 'node:http';

/** Milliseconds. What has not ended by then is left: rows of the outbox are delivered after the next start. */
const LONGEST_STOP_MS = 7_000;
/** Milliseconds between two looks for connections that have nothing more to answer. */
const LOOK_FOR_IDLE_MS = 50;

/** Waits until all has finished, 7 s at most; then no connection is left. */
export async function orCutOff(server: Server, finished: Promise<void>): Promise<void> {
  // A client that keeps its connection open for the next request would keep the server from closing.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_FOR_IDLE_MS);
  await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, LONGEST_STOP_MS).unref())]);
  clearInterval(idle);
  server.closeAllConnections();
}
