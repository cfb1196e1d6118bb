import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A line between a client and the server that can go silent without being cut, as a mobile network's does. */
export class TcpProxy {
  private readonly server: Server;
  /** Resolves when the server has closed a connection. */
  readonly serverLeft: Promise<void>;
  private leave!: () => void;
  private readonly pairs: { client: Socket; upstream: Socket }[] = [];

  private constructor(server: Server) {
    this.server = server;
    this.serverLeft = new Promise((resolve) => (this.leave = resolve));
  }

  static async to(port: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server);
    server.on('connection', (client) => {
      const upstream = connect(port, '127.0.0.1');
      proxy.pairs.push({ client, upstream });
      upstream.once('close', () => proxy.leave());
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        from.pipe(to);
        from.on('error', () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on nothing of the open connections arrives on one side; both stay open. */
  freeze(direction: 'to the client' | 'to the server'): void {
    for (const { client, upstream } of this.pairs) {
      // What comes is swallowed, so that the proxy itself still hears of the connection's end.
      if (direction === 'to the client') upstream.unpipe(client).resume();
      else client.unpipe(upstream).resume();
    }
  }

  close(): void {
    this.server.close();
    for (const { client, upstream } of this.pairs) {
      client.destroy();
      upstream.destroy();
    }
  }
}
