import type { Logger } from 'pino';

/** Origins that are told of; more would be a flood. */
const MOST_TOLD = 20;

/** Which web pages may speak to us: our own, and those in ALLOWED_ORIGINS. Programs send no origin. */
export class Origins {
  private readonly list: ReadonlySet<string>;
  private readonly log: Logger;
  private readonly told = new Set<string>();

  constructor(list: readonly string[], log: Logger) {
    this.list = new Set(list);
    this.log = log;
  }

  /** Whether a page of this origin may speak to us; `host` is the one that it asked. */
  allowed(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    const allowed = this.list.has(origin) || (URL.canParse(origin) && new URL(origin).host === host);
    if (!allowed) this.tell(origin.slice(0, 200));
    return allowed;
  }

  /** Once for each: the browser does not let the page itself read why it was refused. */
  private tell(origin: string): void {
    if (this.told.has(origin) || this.told.size >= MOST_TOLD) return;
    this.told.add(origin);
    this.log.warn(
      { origin },
      'a page of another origin was refused; to let it show the widget, name its origin in ALLOWED_ORIGINS',
    );
  }

  /** Headers that let an allowed page of another origin read the answer. */
  cors(origin: string | undefined): Record<string, string> {
    if (origin === undefined || !this.list.has(origin)) return {};
    return {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
      'Access-Control-Allow-Headers':
        'authorization, content-type, idempotency-key, x-ms-bot-agent, x-requested-with',
      'Access-Control-Expose-Headers': 'retry-after',
      'Access-Control-Max-Age': '600',
      Vary: 'Origin',
    };
  }
}
