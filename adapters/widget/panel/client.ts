/// <reference lib="dom" />
import { Delivery } from './delivery.ts';
import { Requests } from './requests.ts';
import { Session } from './session.ts';
import { listen } from './socket.ts';
import type { Failure, Frame, Link, Outgoing, Wire } from './wire.ts';

/**
 * Our own small Direct Line client. Unlike the official one it sends again until acknowledged (delivery.ts), notices a dead
 * link by heartbeats that want an answer (socket.ts), and comes back by watermark.
 */

export interface ClientEvents {
  /** Each activity once, in the server's order; `past` when it was said before this page was opened. */
  activity(activity: Wire, past: boolean): void;
  link(state: Link): void;
  /** A message's fate; one that failed may be sent again under the same key. */
  sent(key: string, failure?: Failure): void;
  /** The kept conversation is gone (expired or unknown); a new one begins. */
  renewed(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;
const POLL_MS = 2_000;
/** How often the other side hears that the customer is still writing. */
const SIGN_MS = 3_000;
/** The server tells a long past in frames of so many. */
const PAGE = 200;
/** How long plain requests are used before a WebSocket is tried again. */
const POLL_FOR_MS = 5 * 60_000;

/**
 * The widget's own Direct Line client: sends until it is acknowledged, shows each activity once and in order, and comes back
 * by watermark whenever the link breaks.
 */
export class DirectLineClient {
  private readonly events: ClientEvents;
  private readonly session: Session;
  private readonly requests: Requests;
  private readonly delivery: Delivery;
  private readonly stopping = new AbortController();
  private watermark = '';
  private readonly seen = new Set<string>();
  /** In a row: connections that failed, and WebSockets that did not open. */
  private failures = 0;
  private socketFailures = 0;
  private wasOnline = false;
  /** When the last sign of typing was sent. */
  private signedAt = 0;
  /** Looks at once whether the link lives, or ends the pause before the next try. */
  private nudge: (() => void) | undefined;
  /** Leaves the present connection. */
  private leave: (() => void) | undefined;

  constructor(server: string, identity: () => string | undefined, events: ClientEvents) {
    this.events = events;
    this.session = new Session(server, identity, () => {
      this.watermark = '';
      this.seen.clear();
      events.renewed();
      this.leave?.();
    });
    this.requests = new Requests(server, this.session);
    this.delivery = new Delivery({
      post: (message, patience) => this.requests.post(message, patience),
      done: (key, failure) => events.sent(key, failure),
    });
    const { signal } = this.stopping;
    addEventListener('online', () => this.nudge?.(), { signal });
    addEventListener('offline', () => this.leave?.(), { signal });
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') this.nudge?.();
    };
    document.addEventListener('visibilitychange', onVisible, { signal });
  }

  /** Connects, and stays connected until it is stopped or the page goes. */
  async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.connect();
      } catch {
        this.failures += 1;
      }
      if (signal.aborted) return;
      // A first try that failed is no loss yet: it may be the WebSocket, which the next ones do without.
      const lost = this.wasOnline || this.failures > 1;
      this.events.link(!navigator.onLine ? 'offline' : lost ? 'lost' : 'connecting');
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS);
      // Not all at the same moment when a server comes back.
      await this.pause(longest * (0.5 + Math.random() / 2));
    }
  }

  /** Leaves for good. */
  stop(): void {
    this.stopping.abort();
    this.delivery.stop();
    this.leave?.();
    this.nudge?.();
  }

  send(message: Outgoing): void {
    this.delivery.send(message);
  }

  /** Tells that the customer is writing; a sign that is lost is not missed. */
  signTyping(): void {
    if (Date.now() - this.signedAt < SIGN_MS) return;
    this.signedAt = Date.now();
    const sign = async (): Promise<void> => {
      const { conversationId } = await this.session.open();
      await this.requests.send('POST', `/${conversationId}/activities`, JSON.stringify({ type: 'typing' }));
    };
    sign().catch(() => undefined);
  }

  /** Erases the conversation at the server. @returns whether that is done. */
  async erase(): Promise<boolean> {
    try {
      const { conversationId } = await this.session.open();
      return (await this.requests.send('DELETE', `/${conversationId}`)).ok;
    } catch {
      return false;
    }
  }

  private async connect(): Promise<void> {
    const { conversationId, resumed } = await this.session.open();
    const first = this.watermark === '';
    const response = first
      ? await this.requests.send('POST', '')
      : await this.requests.send('GET', `/${conversationId}?watermark=${this.watermark}`);
    if (!response.ok) throw new Error(`No stream: ${response.status}`);
    const { streamUrl } = (await response.json()) as { streamUrl: string };
    if (this.stopping.signal.aborted) return;
    // A network that lets no WebSocket through is asked by plain requests instead.
    if (this.socketFailures >= 2) await this.poll(conversationId, first && resumed);
    else await this.stream(streamUrl, first && resumed);
  }

  /** Until the socket closes or stops answering. `past`: the first frames are what was said before. */
  private async stream(url: string, past: boolean): Promise<void> {
    const onOpen = (): void => {
      this.socketFailures = 0;
      this.online();
    };
    // Until it has opened it counts as one that did not: some browsers refuse to make one at all.
    this.socketFailures += 1;
    const socket = listen(url, onOpen, (frame) => {
      this.take(frame, past);
      past &&= frame.activities.length >= PAGE;
    });
    this.nudge = () => socket.beat();
    this.leave = () => socket.leave();
    await socket.ended;
    this.nudge = this.leave = undefined;
  }

  private async poll(conversationId: string, past: boolean): Promise<void> {
    const until = Date.now() + POLL_FOR_MS;
    let left = false;
    this.leave = () => (left = true);
    while (!left && (await this.session.open()).conversationId === conversationId) {
      const response = await this.requests.send(
        'GET',
        `/${conversationId}/activities?watermark=${this.watermark}`,
      );
      if (!response.ok) throw new Error(`No activities: ${response.status}`);
      if (left) return;
      this.online();
      this.take((await response.json()) as Frame, past);
      past = false;
      if (Date.now() > until) this.socketFailures = 1;
      if (this.socketFailures < 2) return;
      await this.pause(POLL_MS);
    }
  }

  private online(): void {
    this.failures = 0;
    this.wasOnline = true;
    this.events.link('online');
  }

  private take({ activities, watermark }: Frame, past: boolean): void {
    for (const activity of activities) {
      // What was not stored (typing) has no place in the conversation, and may come again.
      if (activity.type !== 'typing') {
        if (this.seen.has(activity.id)) continue;
        this.seen.add(activity.id);
      }
      this.events.activity(activity, past);
    }
    if (watermark) this.watermark = watermark;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.nudge = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.nudge = end;
    });
  }
}
