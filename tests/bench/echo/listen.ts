import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port of loopback, and says which. */
export function listen(server: Pick<HttpServer, 'listen'> & { server?: unknown; address(): unknown }): void {
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`);
  });
}
