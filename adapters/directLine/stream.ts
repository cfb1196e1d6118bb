import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import type { Store, StoredActivity } from '../../bot/store.ts';
import { Refusal } from '../http.ts';
import { activitySet, readWatermark } from './activities.ts';
import type { Hub } from './hub.ts';
import type { Origins } from './origins.ts';
import type { Tokens } from './tokens.ts';

const PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
/** Milliseconds. A link that answers neither of two pings is dead, so it is noticed within 30 s. */
const PING_EVERY = 12_000;
/** Bytes kept for a client that stopped reading. */
const MAX_BUFFERED = 1024 * 1024;
const MAX_FRAME = 64 * 1024;

export interface StreamParts {
  store: Store;
  hub: Hub;
  tokens: Tokens;
  origins: Origins;
  log: Logger;
}

/** The WebSocket side of Direct Line: what was missed since the watermark, then what is committed, in order. */
export class Streams {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME,
    perMessageDeflate: false,
  });
  private readonly parts: StreamParts;
  private readonly pings: NodeJS.Timeout;
  private readonly alive = new WeakSet<WebSocket>();

  constructor(http: HttpServer, parts: StreamParts) {
    this.parts = parts;
    http.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
    this.pings = setInterval(() => this.ping(), PING_EVERY).unref();
  }

  /** Sends every client away with "going away"; they come back by watermark. */
  close(): void {
    clearInterval(this.pings);
    for (const socket of this.sockets.clients) socket.close(1001, 'restarting');
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const conversationId = decodeURIComponent(PATH.exec(url.pathname)?.[1] ?? '');
      if (!conversationId) throw new Refusal(404, 'NotFound', 'There is no such stream.');
      if (!this.parts.origins.allowed(request.headers.origin, request.headers.host)) {
        throw new Refusal(401, 'Unauthorized', 'This origin may not connect; add it to ALLOWED_ORIGINS.');
      }
      const grant = await this.parts.tokens.read(url.searchParams.get('t') ?? undefined, 'stream');
      if (grant.conversationId !== conversationId)
        throw new Refusal(401, 'Unauthorized', 'The stream is of another conversation.');
      const watermark = readWatermark(url.searchParams.get('watermark'));
      this.sockets.handleUpgrade(
        request,
        socket,
        head,
        (open) => void this.serve(open, conversationId, watermark),
      );
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 503;
      if (!(error instanceof Refusal)) this.parts.log.error({ err: error }, 'a stream could not be opened');
      socket.end(
        `HTTP/1.1 ${status} ${status === 503 ? 'Service Unavailable' : 'Refused'}\r\nConnection: close\r\n\r\n`,
      );
    }
  }

  private async serve(socket: WebSocket, conversationId: string, watermark: number): Promise<void> {
    const { store, hub, log } = this.parts;
    let sent = watermark;
    let waiting: StoredActivity[] | undefined = [];
    const send = (activities: readonly StoredActivity[]): void => {
      const fresh = activities.filter((entry) => entry.seq > sent);
      if (fresh.length === 0 || socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED) return socket.terminate();
      sent = fresh.at(-1)!.seq;
      socket.send(JSON.stringify(activitySet(fresh, sent)));
    };
    // Listen first and read after, so that nothing falls between the two.
    const unsubscribe = hub.subscribe(conversationId, (activities) => {
      if (waiting) waiting.push(...activities);
      else send(activities);
    });
    socket.on('close', unsubscribe);
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => this.alive.add(socket));
    // An empty frame asks "are you there?"; official clients ignore the answer, ours counts on it.
    socket.on('message', (data: Buffer) => {
      this.alive.add(socket);
      if (data.length === 0 && socket.bufferedAmount === 0) socket.send('');
    });
    this.alive.add(socket);
    try {
      send(await store.activities(conversationId, watermark));
      send(waiting);
      waiting = undefined;
    } catch (error) {
      log.error({ err: error, conversationId }, 'a stream could not be caught up; the client will come back');
      socket.close(1011, 'try again');
    }
  }

  private ping(): void {
    for (const socket of this.sockets.clients) {
      if (!this.alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }
}
