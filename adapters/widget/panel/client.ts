/// <reference lib="dom" />
import { Session } from './session.ts';
import type { Frame, Link, Wire } from './wire.ts';

/**
 * Our own small Direct Line client. Unlike the official one it sends again until acknowledged (under the same key, so that
 * the server answers once), notices a dead link by heartbeats that want an answer, and comes back by watermark.
 */

export interface ClientEvents {
  /** Each activity once, in the server's order; `past` when it was said before this page was opened. */
  activity(activity: Wire, past: boolean): void;
  link(state: Link): void;
  /** A message's fate: false when it could not be sent; the customer may send it again under the same key. */
  sent(key: string, acknowledged: boolean): void;
  /** The kept conversation is gone (expired or unknown); a new one begins. */
  renewed(): void;
}

const ROOT = '/v3/directline/conversations';
const HEARTBEAT_MS = 10_000;
const REQUEST_MS = 10_000;
const GIVE_UP_MS = 15_000;
/** However late it is, a message gets one honest try. */
const SHORTEST_TRY_MS = 3_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
const POLL_MS = 2_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class DirectLineClient {
  private readonly server: string;
  private readonly events: ClientEvents;
  private readonly session: Session;
  private watermark = '';
  private readonly seen = new Set<string>();
  /** In a row: connections that failed, and WebSockets that did not open. */
  private failures = 0;
  private socketFailures = 0;
  /** Looks at once whether the link lives, or ends the pause before the next try. */
  private nudge: (() => void) | undefined;
  /** Leaves the present connection. */
  private leave: (() => void) | undefined;
  /** Sends are one after the other, so that a message cannot overtake the one before. */
  private outgoing: Promise<void> = Promise.resolve();

  constructor(server: string, events: ClientEvents) {
    this.server = server;
    this.events = events;
    this.session = new Session(server, () => {
      this.watermark = '';
      this.seen.clear();
      events.renewed();
      this.leave?.();
    });
    addEventListener('online', () => this.nudge?.());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.nudge?.();
    });
  }

  /** Connects, and stays connected until the page goes. */
  async run(): Promise<never> {
    for (;;) {
      try {
        await this.connect();
      } catch {
        this.failures += 1;
      }
      this.events.link('offline');
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS);
      // Not all at the same moment when a server comes back.
      await this.pause(longest * (0.5 + Math.random() / 2));
    }
  }

  /** Sends a message until it is acknowledged, or for 15 seconds; `events.sent` tells which. */
  send(text: string, key: string): void {
    const deadline = Date.now() + GIVE_UP_MS;
    const body = { type: 'message', text, channelData: { clientActivityID: key } };
    const deliver = async (): Promise<boolean> => {
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, 4_000)) {
        try {
          const { conversationId } = await this.session.open();
          const patience = Math.max(SHORTEST_TRY_MS, deadline - Date.now());
          const { ok, status } = await this.request(`/${conversationId}/activities`, body, patience);
          if (ok) return true;
          const worthAgain = status >= 500 || status === 429 || status === 401 || status === 403;
          if (!worthAgain) return false;
        } catch {
          // No network: the same as a server that could not store it.
        }
        if (Date.now() + pause > deadline) return false;
        await wait(pause);
      }
    };
    this.outgoing = this.outgoing.then(async () => this.events.sent(key, await deliver()));
  }

  private async connect(): Promise<void> {
    const { conversationId, resumed } = await this.session.open();
    const first = this.watermark === '';
    const response = first
      ? await this.request('', {})
      : await this.request(`/${conversationId}?watermark=${this.watermark}`);
    if (!response.ok) throw new Error(`No stream: ${response.status}`);
    const { streamUrl } = (await response.json()) as { streamUrl: string };
    // A network that lets no WebSocket through is asked by plain requests instead.
    if (this.socketFailures >= 2) await this.poll(conversationId, first && resumed);
    else await this.stream(streamUrl, first && resumed);
  }

  /** Until the socket closes or stops answering. `past`: the first frame is what was said before. */
  private stream(url: string, past: boolean): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(url);
      let opened = false;
      let heard = true;
      const beat = (): void => {
        if (!heard) return leave();
        heard = false;
        if (socket.readyState === WebSocket.OPEN) socket.send('');
      };
      const heartbeat = setInterval(beat, HEARTBEAT_MS);
      const leave = (): void => {
        clearInterval(heartbeat);
        // Browsers may take a minute to close a dead link; it is left behind, and may say nothing more.
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
        if (!opened) this.socketFailures += 1;
        this.nudge = this.leave = undefined;
        resolve();
      };
      socket.onopen = () => {
        opened = heard = true;
        this.online();
        this.socketFailures = 0;
      };
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        heard = true;
        if (data === '') return;
        this.take(JSON.parse(data) as Frame, past);
        past = false;
      };
      socket.onclose = leave;
      this.nudge = beat;
      this.leave = leave;
    });
  }

  private async poll(conversationId: string, past: boolean): Promise<void> {
    while ((await this.session.open()).conversationId === conversationId) {
      const response = await this.request(`/${conversationId}/activities?watermark=${this.watermark}`);
      if (!response.ok) throw new Error(`No activities: ${response.status}`);
      this.online();
      this.take((await response.json()) as Frame, past);
      past = false;
      await this.pause(POLL_MS);
    }
  }

  private online(): void {
    this.failures = 0;
    this.events.link('online');
  }

  private take({ activities, watermark }: Frame, past: boolean): void {
    for (const activity of activities) {
      if (this.seen.has(activity.id)) continue;
      this.seen.add(activity.id);
      this.events.activity(activity, past);
    }
    if (watermark) this.watermark = watermark;
  }

  /** A GET, or a POST of `body`, under the conversation's token. */
  private async request(path: string, body?: object, patience = REQUEST_MS): Promise<Response> {
    const { token } = await this.session.open();
    const response = await fetch(`${this.server}${ROOT}${path}`, {
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 401 || response.status === 403) this.session.refused();
    return response;
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
