import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import type { Store } from '../../bot/store.ts';
import { addressOf, Refusal } from '../http.ts';
import { activitySet, readWatermark } from './activities.ts';
import type { Drop } from './drops.ts';
import type { FileAddresses } from './fileAddresses.ts';
import { Follower } from './follower.ts';
import type { Hub } from './hub.ts';
import type { Origins } from './origins.ts';
import { baseOf, ROOT } from './routes.ts';
import type { Tokens } from './tokens.ts';

const PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
/** Milliseconds. A link that answers neither of two pings is dead, so it is noticed within 30 s. */
const PING_EVERY = 12_000;
const MAX_FRAME = 64 * 1024;
/** Frames of a client between two pings; its keep-alives are a few. */
const MAX_FRAMES = 100;
/** Milliseconds that a client has to take note of the end. */
const FAREWELL_MS = 2_000;
/** Tabs and devices of one customer. */
const MAX_IN_CONVERSATION = 20;

export interface StreamParts {
  store: Store;
  hub: Hub;
  tokens: Tokens;
  origins: Origins;
  files: FileAddresses;
  log: Logger;
  publicUrl?: string;
  trustedProxies: number;
  /** Sockets that one address may hold open. */
  socketsPerAddress: number;
  /** Called when a socket is given up or not let in. */
  dropped?(reason: Drop): void;
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
  /** Open sockets, by conversation and by address. */
  private readonly open = new Map<string, number>();
  private closing = false;

  constructor(http: HttpServer, parts: StreamParts) {
    this.parts = parts;
    http.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
    this.pings = setInterval(() => this.ping(), PING_EVERY).unref();
  }

  /** How many sockets are open. */
  size(): number {
    return this.sockets.clients.size;
  }

  /** How many sockets of a conversation are open. */
  count(conversationId: string): number {
    return this.open.get(`conversation ${conversationId}`) ?? 0;
  }

  /** Sends every client away with "going away"; they come back by watermark. */
  close(): void {
    clearInterval(this.pings);
    this.closing = true;
    for (const socket of this.sockets.clients) socket.close(1001, 'restarting');
    setTimeout(() => {
      for (const socket of this.sockets.clients) socket.terminate();
    }, FAREWELL_MS).unref();
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const url = URL.parse(request.url ?? '/', 'http://localhost');
      const conversationId = decoded(PATH.exec(url?.pathname ?? '')?.[1] ?? '');
      if (!url || !conversationId) throw new Refusal(404, 'NotFound', 'There is no such stream.');
      if (!this.parts.origins.allowed(request.headers.origin, request.headers.host)) {
        throw new Refusal(401, 'Unauthorized', 'This origin may not connect; add it to ALLOWED_ORIGINS.');
      }
      const grant = await this.parts.tokens.read(url.searchParams.get('t') ?? undefined, 'stream');
      if (grant.conversationId !== conversationId)
        throw new Refusal(401, 'Unauthorized', 'The stream is of another conversation.');
      const watermark = readWatermark(url.searchParams.get('watermark'));
      // A stream that was about to open would be told of no end.
      if (this.closing) throw unavailable();
      const leave = this.enter(conversationId, addressOf(request, this.parts.trustedProxies));
      socket.once('close', leave);
      const base = `${baseOf(request.headers.host, this.parts.publicUrl)}${ROOT}`;
      this.sockets.handleUpgrade(
        request,
        socket,
        head,
        (open) => void this.serve(open, conversationId, watermark, base),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) this.parts.log.error({ err: error }, 'a stream could not be opened');
      refuse(socket, error instanceof Refusal ? error : unavailable());
    }
  }

  /**
   * Counts a socket; @returns the way to count it out.
   * @throws Refusal 429 when its conversation or its address has too many.
   */
  private enter(conversationId: string, address: string): () => void {
    const places = [
      { key: `conversation ${conversationId}`, most: MAX_IN_CONVERSATION },
      { key: `address ${address}`, most: this.parts.socketsPerAddress },
    ];
    if (places.some(({ key, most }) => (this.open.get(key) ?? 0) >= most)) {
      this.parts.dropped?.('too_many');
      throw new Refusal(429, 'TooManyRequests', 'Too many streams are open; close one first.', {
        'Retry-After': '10',
      });
    }
    for (const { key } of places) this.open.set(key, (this.open.get(key) ?? 0) + 1);
    return () => {
      for (const { key } of places) {
        const left = this.open.get(key)! - 1;
        if (left === 0) this.open.delete(key);
        else this.open.set(key, left);
      }
    };
  }

  private async serve(
    socket: WebSocket,
    conversationId: string,
    watermark: number,
    base: string,
  ): Promise<void> {
    const { store, hub, files, log } = this.parts;
    const drop = (reason: Drop): void => {
      this.parts.dropped?.(reason);
      socket.terminate();
    };
    const follower = new Follower(socket, {
      store,
      conversationId,
      watermark,
      frame: (activities, sent) => activitySet(activities, sent, (id) => `${base}${files.of(id)}`),
      log,
      dropped: (reason) => this.parts.dropped?.(reason),
    });
    // Listen first and read after, so that nothing falls between the two.
    const unsubscribe = hub.subscribe(conversationId, {
      committed: (activities) => follower.committed(activities),
      stored: (seq) => follower.stored(seq),
      typing: (name) => {
        if (socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > 0) return;
        const typing = { type: 'typing', from: { id: 'agent', name, role: 'bot' } };
        // The watermark stays where it is: typing is never replayed.
        socket.send(JSON.stringify({ activities: [typing], watermark: String(follower.sent) }));
      },
      erased: () => socket.close(1000, 'erased'),
    });
    socket.on('close', unsubscribe);
    socket.on('error', () => drop('bad_frame'));
    let frames = 0;
    socket.on('pong', () => {
      this.alive.add(socket);
      frames = 0;
    });
    // An empty frame asks "are you there?"; official clients ignore the answer, ours counts on it.
    socket.on('message', (data: Buffer) => {
      // What was on its way when the socket was given up.
      if (socket.readyState !== WebSocket.OPEN) return;
      frames += 1;
      if (frames > MAX_FRAMES) return drop('flood');
      this.alive.add(socket);
      if (data.length === 0 && socket.bufferedAmount === 0) socket.send('');
    });
    this.alive.add(socket);
    await follower.catchUp();
  }

  private ping(): void {
    for (const socket of this.sockets.clients) {
      if (this.alive.delete(socket)) socket.ping();
      else {
        this.parts.dropped?.('dead_link');
        socket.terminate();
      }
    }
  }
}

/** A part of a path as it was meant; nothing when it is malformed. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

const REASONS: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

function unavailable(): Refusal {
  return new Refusal(503, 'ServiceUnavailable', 'Try again in a few seconds.', { 'Retry-After': '2' });
}

/** A refusal in the shape of all others, on a socket that has not become a WebSocket. */
function refuse(socket: Duplex, { status, code, message, headers }: Refusal): void {
  const body = JSON.stringify({ error: { code, message } });
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
