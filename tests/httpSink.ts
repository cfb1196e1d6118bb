import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the sink answers; "hangs" never does. */
export type SinkAnswer = { status: number; headers?: Record<string, string>; body?: unknown } | 'hangs';

/** A real HTTP server on loopback that keeps what it was sent and answers as it is told. */
export class HttpSink {
  readonly taken: Taken[] = [];
  answer: (request: Taken) => SinkAnswer = () => ({ status: 200 });
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const taken = { method, path: url, headers, body: Buffer.concat(parts).toString() };
        this.taken.push(taken);
        const answer = this.answer(taken);
        if (answer === 'hangs') return;
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(answer.body === undefined ? '{}' : JSON.stringify(answer.body));
      });
    });
  }

  static async start(): Promise<HttpSink> {
    const sink = new HttpSink();
    await new Promise<void>((resolve) => sink.server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
