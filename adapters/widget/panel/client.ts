/// <reference lib="dom" />

/**
 * Our own small Direct Line client. Unlike the official one it sends again until acknowledged (the same key, so that the
 * server answers once), notices a dead link by an answered heartbeat, and comes back by watermark.
 */

export interface Wire {
  id: string;
  type: string;
  timestamp: string;
  text?: string;
  from: { role: 'user' | 'bot' };
  suggestedActions?: { actions: { title: string; value: string }[] };
  channelData?: {
    clientActivityID?: string;
    reply?: {
      text: string;
      facts: { title: string; items: { label: string; value: string; missing?: boolean }[] };
      after?: string;
    };
  };
}

export type Link = 'connecting' | 'online' | 'offline';

export interface ClientEvents {
  activity(activity: Wire): void;
  link(state: Link): void;
  /** A message's fate: false when it could not be sent for a while; the customer may try again. */
  sent(key: string, acknowledged: boolean): void;
  /** The kept conversation is gone (expired or unknown); a new one begins. */
  renewed(): void;
}

interface Session {
  conversationId: string;
  token: string;
  resume: string;
  expires_in: number;
}

const KEY = 'guichet-conversation';
const HEARTBEAT_MS = 10_000;
const GIVE_UP_MS = 15_000;
const LONGEST_PAUSE_MS = 8_000;
const POLL_MS = 2_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class DirectLineClient {
  private readonly server: string;
  private readonly events: ClientEvents;
  private session: Session | undefined;
  private tokenUntil = 0;
  private watermark = '';
  private readonly seen = new Set<string>();
  private failures = 0;
  private socketFailures = 0;
  private wake: (() => void) | undefined;
  /** Sends are one after the other, so that a message cannot overtake the one before. */
  private outgoing: Promise<unknown> = Promise.resolve();

  constructor(server: string, events: ClientEvents) {
    this.server = server;
    this.events = events;
    addEventListener('online', () => this.wake?.());
    document.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && this.wake?.(),
    );
  }

  /** Connects, and stays connected until the page goes. */
  async run(): Promise<never> {
    for (;;) {
      try {
        this.events.link(this.failures === 0 ? 'connecting' : 'offline');
        await this.connect();
      } catch {
        this.failures += 1;
      }
      this.events.link('offline');
      await this.pause(Math.min(500 * 2 ** this.failures, LONGEST_PAUSE_MS));
    }
  }

  /** Sends a message until it is acknowledged; tells when that takes long, and goes on. */
  send(text: string, key: string): void {
    const began = Date.now();
    const attempt = async (): Promise<void> => {
      for (let tries = 0; ; tries += 1) {
        try {
          const session = await this.open();
          const response = await this.fetch(
            `/v3/directline/conversations/${session.conversationId}/activities`,
            {
              type: 'message',
              text,
              channelData: { clientActivityID: key },
            },
          );
          if (response.ok) return this.events.sent(key, true);
          if (response.status === 401 || response.status === 403) this.tokenUntil = 0;
          else if (response.status < 500 && response.status !== 429) return this.events.sent(key, false);
        } catch {
          // No network: the same as a server that could not store it.
        }
        if (Date.now() - began > GIVE_UP_MS) return this.events.sent(key, false);
        await wait(Math.min(400 * 2 ** tries, 3_000));
      }
    };
    this.outgoing = this.outgoing.then(attempt);
  }

  private async connect(): Promise<void> {
    const session = await this.open();
    const known = await this.fetch(`/v3/directline/conversations`, {});
    if (!known.ok) throw new Error(String(known.status));
    const response = await this.fetch(
      `/v3/directline/conversations/${session.conversationId}?watermark=${this.watermark}`,
    );
    if (!response.ok) throw new Error(String(response.status));
    const { streamUrl } = (await response.json()) as { streamUrl: string };
    // A network that lets no WebSocket through is asked by plain requests instead.
    if (this.socketFailures >= 2) return this.poll(session);
    await this.stream(streamUrl);
  }

  private stream(url: string): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(url);
      let answered = true;
      let opened = false;
      const heartbeat = setInterval(() => {
        if (!answered) socket.close();
        answered = false;
        if (socket.readyState === WebSocket.OPEN) socket.send('');
      }, HEARTBEAT_MS);
      socket.onopen = () => {
        opened = true;
        this.failures = 0;
        this.socketFailures = 0;
        this.events.link('online');
      };
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        answered = true;
        if (data) this.take(JSON.parse(data) as { activities: Wire[]; watermark: string });
      };
      const end = (): void => {
        clearInterval(heartbeat);
        if (!opened) this.socketFailures += 1;
        resolve();
      };
      socket.onclose = end;
      // close() on a dead link may take minutes to be noticed by the browser; we do not wait for it.
      this.wake = () => {
        if (answered) return;
        socket.close();
        end();
      };
    });
  }

  private async poll(session: Session): Promise<void> {
    for (;;) {
      const response = await this.fetch(
        `/v3/directline/conversations/${session.conversationId}/activities?watermark=${this.watermark}`,
      );
      if (!response.ok) throw new Error(String(response.status));
      this.failures = 0;
      this.events.link('online');
      this.take((await response.json()) as { activities: Wire[]; watermark: string });
      await this.pause(POLL_MS);
      if (Date.now() > this.tokenUntil) return;
    }
  }

  private take({ activities, watermark }: { activities: Wire[]; watermark: string }): void {
    for (const activity of activities) {
      if (this.seen.has(activity.id)) continue;
      this.seen.add(activity.id);
      this.events.activity(activity);
    }
    if (watermark) this.watermark = watermark;
  }

  /** The conversation with a token that is still good: kept, renewed, or new. */
  private async open(): Promise<Session> {
    if (this.session && Date.now() < this.tokenUntil) return this.session;
    const resume = this.session?.resume ?? localStorage.getItem(KEY);
    const response = await fetch(`${this.server}/widget/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(resume ? { resume } : {}),
    });
    if ((response.status === 401 || response.status === 403) && resume) {
      localStorage.removeItem(KEY);
      this.session = undefined;
      this.watermark = '';
      this.seen.clear();
      this.events.renewed();
      return this.open();
    }
    if (!response.ok) throw new Error(String(response.status));
    this.session = (await response.json()) as Session;
    // Two thirds of its life: a clock that is a little wrong does no harm.
    this.tokenUntil = Date.now() + (this.session.expires_in * 1000 * 2) / 3;
    localStorage.setItem(KEY, this.session.resume);
    return this.session;
  }

  private fetch(path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.server}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${this.session!.token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
