import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import pg from 'pg';
import type { News } from '../console/news.ts';
import type { Hub } from '../directLine/hub.ts';
import type { Signal } from '../signals.ts';
import { connectionTo } from './postgres.ts';

const CHANNEL = 'guichet';
/** Milliseconds between two looks at what is stored: a net under the signals, and the line's own sign of life. */
const LOOK_EVERY = 5_000;
const ANSWER_WITHIN = 5_000;
const RETRY_AFTER = 500;

/** Who tells this process's own clients: customers' sockets and agents' pages. */
export interface Here {
  hub: Pick<Hub, 'hear' | 'watched'>;
  news: Pick<News, 'hear'>;
}

/**
 * The other processes on the same PostgreSQL database. One connection listens, notifies and looks. Signals are gathered and
 * sent by NOTIFY after the commit, in a transaction of their own: inside that of a turn, turns would wait for one another.
 * Of notifications some are lost (the line breaks, a process dies between commit and NOTIFY), so the line listens first,
 * then looks at what is stored, and looks again every 5 s.
 */
export class Peers {
  private readonly url: string;
  private readonly log: Logger;
  /** Tells our own signals, which come back, from those of others. */
  private readonly me = randomUUID();
  private readonly waiting = new Map<string, Signal>();
  private readonly ending = new AbortController();
  private client: pg.Client | undefined;
  private sending = false;
  private line = Promise.resolve();

  constructor(url: string, log: Logger) {
    this.url = url;
    this.log = log;
  }

  /** Opens the line, and opens it again whenever it breaks. */
  listen(here: Here): void {
    this.line = this.stay(here);
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.line;
  }

  /** Tells the others soon. While the line is broken nothing is told: they look by themselves. */
  tell(signal: Signal): void {
    if (!this.client) return;
    // Of several signals of one kind on one conversation the last is enough.
    const about = signal.kind === 'news' ? JSON.stringify(signal.event) : signal.conversationId;
    this.waiting.set(`${signal.kind} ${about}`, signal);
    if (!this.sending) void this.send(this.client);
  }

  private async send(client: pg.Client): Promise<void> {
    this.sending = true;
    try {
      while (this.waiting.size > 0) {
        const payloads = [...this.waiting.values()].map((signal) =>
          JSON.stringify({ ...signal, from: this.me }),
        );
        this.waiting.clear();
        await client.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
          CHANNEL,
          payloads,
        ]);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'the other processes could not be told; they look by themselves');
    } finally {
      this.sending = false;
    }
  }

  private async stay(here: Here): Promise<void> {
    const { signal: ending } = this.ending;
    while (!ending.aborted) {
      await this.connected(here).catch((error: unknown) => {
        if (!ending.aborted)
          this.log.warn({ err: error }, 'the line to the other processes broke; it is opened again');
      });
      if (!ending.aborted) await setTimeout(RETRY_AFTER);
    }
  }

  /** Listens until the line breaks, which it throws, or the process ends. */
  private async connected(here: Here): Promise<void> {
    const client = new pg.Client({
      ...connectionTo(this.url),
      application_name: 'guichet line',
      query_timeout: ANSWER_WITHIN,
    });
    const broken = new AbortController();
    client.on('error', (error) => broken.abort(error));
    client.on('end', () => broken.abort(new Error('The database closed the connection.')));
    client.on('notification', ({ payload = '' }) => this.read(payload, here));
    const over = AbortSignal.any([broken.signal, this.ending.signal]);
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.client = client;
      // What was told while there was no line is unknown.
      here.news.hear({ type: 'hello' });
      while (!over.aborted) {
        await look(client, here);
        await setTimeout(LOOK_EVERY, undefined, { signal: over, ref: false });
      }
    } finally {
      this.client = undefined;
      this.waiting.clear();
      // Not waited for: the other end may be gone.
      client.end().catch((error: unknown) => this.log.debug({ err: error }, 'a broken line was closed'));
    }
  }

  private read(payload: string, here: Here): void {
    const { from, ...signal } = JSON.parse(payload) as Signal & { from: string };
    if (from === this.me) return;
    if (signal.kind === 'news') return here.news.hear(signal.event);
    here.hub.hear(signal);
    if (signal.kind === 'committed')
      here.news.hear({ type: 'conversation', conversationId: signal.conversationId });
  }
}

/** Tells the sockets of every conversation how far it is. */
async function look(client: pg.Client, { hub }: Here): Promise<void> {
  const { rows } = await client.query<{ id: string; last_seq: number }>(
    'select id, last_seq from conversations where id = any($1)',
    [hub.watched()],
  );
  for (const { id, last_seq } of rows) hub.hear({ kind: 'committed', conversationId: id, seq: last_seq });
}
