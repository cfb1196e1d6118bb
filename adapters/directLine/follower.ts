import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import type { Store, StoredActivity } from '../../bot/store.ts';
import type { ActivitySet } from './activities.ts';
import type { Drop } from './drops.ts';

/** Activities in one frame while a client catches up. */
const PAGE = 200;
/** Bytes kept for a client that stopped reading. */
const MAX_BUFFERED = 1024 * 1024;

export interface FollowerParts {
  store: Pick<Store, 'activities'>;
  conversationId: string;
  /** Where the client was. */
  watermark: number;
  /** The frame that says these, the last of them being at `sent`. */
  frame(activities: readonly StoredActivity[], sent: number): ActivitySet;
  log: Logger;
  /** Called when the socket is given up. */
  dropped(reason: Drop): void;
}

/**
 * Sends one client what its conversation holds after its watermark: in order, each once, nothing left out, whatever order
 * the news of it come in. What was committed here is sent as it comes; where something is missing before it, because another
 * process wrote that, it is read.
 */
export class Follower {
  private readonly socket: WebSocket;
  private readonly parts: FollowerParts;
  private sentUpTo: number;
  /** How far the conversation is known to be. */
  private known: number;
  private reading = false;

  constructor(socket: WebSocket, parts: FollowerParts) {
    this.socket = socket;
    this.parts = parts;
    this.sentUpTo = this.known = parts.watermark;
  }

  /** The place of the last activity that was sent. */
  get sent(): number {
    return this.sentUpTo;
  }

  /** These were committed, in this process. */
  committed(activities: readonly StoredActivity[]): void {
    this.known = Math.max(this.known, activities.at(-1)!.seq);
    if (activities[0]!.seq > this.sentUpTo + 1) void this.catchUp();
    else if (!this.reading) void this.send(activities);
  }

  /** There is something up to this place. */
  stored(seq: number): void {
    this.known = Math.max(this.known, seq);
    if (this.sentUpTo < this.known) void this.catchUp();
  }

  /** Sends all that is stored and was not sent. */
  async catchUp(): Promise<void> {
    const { store, conversationId, log } = this.parts;
    if (this.reading) return;
    this.reading = true;
    try {
      for (let more = true; more && this.socket.readyState === WebSocket.OPEN;) {
        const before = this.known;
        const missed = await store.activities(conversationId, this.sentUpTo, PAGE);
        // The next page is read when this one has left, so that a long history is never in memory whole.
        await this.send(missed);
        const behind = this.sentUpTo < this.known;
        more = missed.length === PAGE || (behind && (missed.length > 0 || this.known > before));
      }
    } catch (error) {
      log.error({ err: error, conversationId }, 'a stream could not be caught up; the client will come back');
      this.parts.dropped('unreadable_store');
      this.socket.close(1011, 'try again');
    } finally {
      this.reading = false;
    }
  }

  /** Resolves when it has left. */
  private send(activities: readonly StoredActivity[]): Promise<void> {
    return new Promise((resolve) => {
      const fresh = activities.filter(({ seq }) => seq > this.sentUpTo);
      if (fresh.length === 0 || this.socket.readyState !== WebSocket.OPEN) return resolve();
      // Whoever stopped reading comes back by watermark; what waits for them is memory of all the others.
      if (this.socket.bufferedAmount > MAX_BUFFERED) {
        this.parts.dropped('slow_reader');
        this.socket.terminate();
        return resolve();
      }
      this.sentUpTo = fresh.at(-1)!.seq;
      this.socket.send(JSON.stringify(this.parts.frame(fresh, this.sentUpTo)), () => resolve());
    });
  }
}
