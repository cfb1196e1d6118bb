/// <reference lib="dom" />
import { CONVERSATION, keep, kept } from '../storage.ts';

/** A conversation and the token to speak in it. */
export interface Grant {
  conversationId: string;
  token: string;
  /** Signed, for 30 days; gives a new token for the same conversation. */
  resume: string;
  /** Seconds. */
  expires_in: number;
  /** The version of what the customer was told of the data; it goes along with each message. */
  notice: string;
  /** Whether the conversation was begun on another page, or before a reload. */
  resumed: boolean;
}

const REQUEST_MS = 10_000;

/** Keeps a good token for the conversation: the one that was kept, or a new one. */
export class Session {
  private readonly server: string;
  private readonly identity: () => string | undefined;
  private readonly onRenewed: () => void;
  private grant: Grant | undefined;
  private goodUntil = 0;
  private asking: Promise<Grant> | undefined;

  /** `onRenewed` is told when the kept conversation was refused, before a new one begins. */
  constructor(server: string, identity: () => string | undefined, onRenewed: () => void) {
    this.server = server;
    this.identity = identity;
    this.onRenewed = onRenewed;
  }

  /** @throws what fetch throws without a network; Error when the server refuses. */
  async open(): Promise<Grant> {
    if (this.grant && Date.now() < this.goodUntil) return this.grant;
    // Once for all who ask meanwhile: two requests would begin two conversations.
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** The server took the token no more; the next `open` gets another. */
  refused(): void {
    this.goodUntil = 0;
  }

  private async ask(): Promise<Grant> {
    // The page's own first: another tab may have begun another conversation meanwhile.
    const resume = this.grant?.resume ?? kept(CONVERSATION);
    const identity = this.identity();
    let resumed = this.grant?.resumed ?? resume !== undefined;
    let response = await this.request({ resume, identity });
    // A word of the shop that the server does not take must not keep a customer from the support.
    if (response.status === 400 && identity !== undefined) {
      console.warn('guichet: the identity was refused,', await response.text());
      response = await this.request({ resume });
    }
    if ((response.status === 401 || response.status === 403) && resume !== undefined) {
      response = await this.request({ identity });
      if (response.ok) {
        resumed = false;
        this.onRenewed();
      }
    }
    if (!response.ok) throw new Error(`No token: ${response.status}`);
    const given = (await response.json()) as Omit<Grant, 'resumed'>;
    if (resume !== undefined && conversationOf(resume) !== given.conversationId) resumed = false;
    this.grant = { ...given, resumed };
    // Two thirds of its life: a clock that is a little wrong does no harm.
    this.goodUntil = Date.now() + (given.expires_in * 1000 * 2) / 3;
    keep(CONVERSATION, given.resume);
    return this.grant;
  }

  private request(body: { resume?: string | undefined; identity?: string | undefined }): Promise<Response> {
    return fetch(`${this.server}/widget/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    });
  }
}

/** The conversation that a token is for; nothing for what is no token. */
export function conversationOf(token: string): string | undefined {
  try {
    const payload = atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'));
    return (JSON.parse(payload) as { conv?: string }).conv;
  } catch {
    return undefined;
  }
}
