import type { Request, Response, Server } from 'restify';
import { Refusal } from '../http.ts';
import type { ForAgents } from './sessions.ts';

/** What changed; pages read again what they show. Nothing of what was said goes by here. */
export type Event =
  /** What changed is unknown. */
  | { type: 'hello' }
  | { type: 'conversation'; conversationId: string }
  | { type: 'typing'; conversationId: string; who: string };

/** Milliseconds. Proxies cut a silent line, commonly after a minute. */
const KEEP_ALIVE = 20_000;
/** Bytes kept for a page that stopped reading. */
const MAX_BUFFERED = 64 * 1024;

/** Tells the agents' open pages that something has changed, by server-sent events. */
export class News {
  private readonly lines = new Set<Response>();
  private readonly keepAlive = setInterval(() => this.write(':\n\n'), KEEP_ALIVE).unref();
  private readonly elsewhere: (event: Event) => void;

  /** @param elsewhere is told everything too, for the pages of other processes */
  constructor(elsewhere: (event: Event) => void = () => undefined) {
    this.elsewhere = elsewhere;
  }

  /** Tells every page, here and at other processes. */
  tell(event: Event): void {
    this.hear(event);
    this.elsewhere(event);
  }

  /** Tells the pages here. */
  hear(event: Event): void {
    this.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Ends every line; the pages come back by themselves. */
  close(): void {
    clearInterval(this.keepAlive);
    for (const line of this.lines) line.end();
  }

  /** How many pages are listening. */
  count(): number {
    return this.lines.size;
  }

  /** Keeps the response open as a line of events, until the page or we end it. */
  listen(response: Response): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    // What changed while the line was down is unknown, so a page that comes back reads everything again.
    response.write('retry: 1000\ndata: {"type":"hello"}\n\n');
    this.lines.add(response);
    response.on('close', () => this.lines.delete(response));
  }

  private write(text: string): void {
    for (const line of this.lines) {
      if (line.writableLength > MAX_BUFFERED) line.destroy();
      else line.write(text);
    }
  }
}

/** The route of the news, for signed-in agents. */
export function newsRoute(server: Server, news: News, agents: ForAgents): void {
  server.get('/console/api/news', async (request: Request, response: Response) => {
    try {
      await agents.of(request);
      news.listen(response);
    } catch (error) {
      response.send(error instanceof Refusal ? error.status : 503);
    }
  });
}
