import { WebSocket } from 'ws';
import { pause, SECRET } from './guichet.ts';
import type { History } from './history.ts';

const ROOT = '/v3/directline';
/** Milliseconds a client waits for an answer before it tries again. */
const PATIENCE_MS = 10_000;

/** A customer who says one thing after the other over HTTP, and each again under its key until it is acknowledged. */
export class Customer {
  readonly name: string;
  readonly url: string;
  readonly history: History;
  /** Waits until a message that failed is to be sent again. */
  beforeRetry = (): Promise<void> => pause(50);
  /** The most tries that a message needed. */
  mostTries = 0;
  /** How the last post was refused. */
  lastRefusal: { status: number; retryAfter: string | null } | undefined;
  conversationId = '';
  token = '';
  private said = 0;

  constructor(name: string, url: string, history: History) {
    this.name = name;
    this.url = url;
    this.history = history;
  }

  /** Begins a new conversation, trying until the server is there. */
  async begin(): Promise<void> {
    const generated = await this.insist('POST', '/tokens/generate', SECRET, {
      user: { id: `dl_${this.name}` },
    });
    const opened = await this.insist('POST', '/conversations', generated['token'] as string, {});
    this.conversationId = opened['conversationId'] as string;
    this.token = opened['token'] as string;
  }

  /** Takes up its conversation by the secret, as a shop's own program may. */
  async comesBack(): Promise<void> {
    const path = `/conversations/${this.conversationId}`;
    this.token = (await this.ask('GET', path, SECRET))!['token'] as string;
  }

  /** Says a text until it is acknowledged. */
  async says(text: string): Promise<void> {
    const key = this.newKey();
    for (let tries = 1; ; tries += 1) {
      this.mostTries = Math.max(tries, this.mostTries);
      if (await this.tries(text, key)) return;
      await this.beforeRetry();
    }
  }

  newKey(): string {
    this.said += 1;
    return `${this.name}-${this.conversationId.slice(0, 8)}-${this.said}`;
  }

  /**
   * Sends a message once. @returns whether it was acknowledged
   * @param note what the client notes on its message beside the key
   */
  async tries(text: string, key: string, url = this.url, note: object = {}): Promise<boolean> {
    const event = { operation: 'say', client: this.name, conversation: this.conversationId, key } as const;
    this.history.add({ ...event, phase: 'invoke' });
    try {
      const response = await fetch(`${url}${ROOT}/conversations/${this.conversationId}/activities`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ type: 'message', text, channelData: { ...note, clientActivityID: key } }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const body = (await response.json()) as { id?: string };
      if (response.ok) this.history.add({ ...event, phase: 'ok', id: body.id! });
      // A 503 of the server itself says that nothing was stored; what a proxy says, it does not know.
      else this.history.add({ ...event, phase: response.status === 502 ? 'info' : 'fail' });
      this.lastRefusal = response.ok
        ? undefined
        : { status: response.status, retryAfter: response.headers.get('retry-after') };
      return response.ok;
    } catch {
      this.history.add({ ...event, phase: 'info' });
      return false;
    }
  }

  /** The address of a new stream from a watermark on; undefined while the server is not there. */
  async streamUrl(watermark: number): Promise<string | undefined> {
    const path = `/conversations/${this.conversationId}?watermark=${watermark}`;
    const answer = await this.ask('GET', path, this.token);
    return answer?.['streamUrl'] as string | undefined;
  }

  private async insist(method: string, path: string, token: string, body: unknown): Promise<Answer> {
    for (;;) {
      const answer = await this.ask(method, path, token, body);
      if (answer) return answer;
      await this.beforeRetry();
    }
  }

  private async ask(
    method: string,
    path: string,
    token: string,
    body?: unknown,
  ): Promise<Answer | undefined> {
    try {
      const response = await fetch(`${this.url}${ROOT}${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const answer = (await response.json()) as Answer;
      return response.ok ? answer : undefined;
    } catch {
      // Not there: whoever asked tries again.
      return undefined;
    }
  }
}

type Answer = Record<string, unknown>;

interface Wire {
  type: string;
  id: string;
  text?: string;
  from: { role: string };
  replyToId?: string;
  channelData?: { clientActivityID?: string };
}

/** A tab that shows a customer's conversation: it listens to the stream, and comes back by watermark when that ends. */
export class Tab {
  watermark = 0;
  /** The codes with which its open streams were closed. */
  readonly closed: number[] = [];
  private readonly customer: Customer;
  private readonly name: string;
  private socket: WebSocket | undefined;
  private left = false;
  private readonly listening: Promise<void>;

  constructor(customer: Customer, name: string) {
    this.customer = customer;
    this.name = `${customer.name} ${name}`;
    this.listening = this.listen();
  }

  get conversationId(): string {
    return this.customer.conversationId;
  }

  /** Whether its customer has not left it. */
  get open(): boolean {
    return !this.left;
  }

  get listens(): boolean {
    return !this.left && this.socket?.readyState === WebSocket.OPEN;
  }

  /** Resolves when it has seen everything up to a place, or when 20 s have passed since the world came to rest. */
  async sees(seq: number, going: () => boolean): Promise<void> {
    for (let end = Infinity; this.watermark < seq && Date.now() < end;) {
      await pause(20);
      if (!going() && end === Infinity) end = Date.now() + 20_000;
    }
  }

  async leave(): Promise<void> {
    this.left = true;
    this.socket?.terminate();
    await this.listening;
  }

  private async listen(): Promise<void> {
    while (!this.left) {
      const url = await this.customer.streamUrl(this.watermark);
      if (url !== undefined) await this.follow(url);
      if (!this.left) await this.customer.beforeRetry();
    }
  }

  private follow(url: string): Promise<void> {
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.read(data.toString()));
    socket.on('error', () => socket.terminate());
    socket.once('open', () => socket.once('close', (code: number) => this.closed.push(code)));
    return new Promise((resolve) => socket.once('close', () => resolve()));
  }

  private read(frame: string): void {
    if (frame === '') return;
    const { activities, watermark } = JSON.parse(frame) as { activities: Wire[]; watermark: string };
    for (const { id, text = '', from, replyToId, channelData } of activities) {
      const key = channelData?.clientActivityID;
      this.customer.history.add({
        operation: 'see',
        client: this.name,
        conversation: this.customer.conversationId,
        seq: Number(id.split('|')[1]),
        id,
        role: from.role,
        text,
        ...(key !== undefined && { key }),
        ...(replyToId !== undefined && { replyToId }),
      });
    }
    this.watermark = Number(watermark);
  }
}
