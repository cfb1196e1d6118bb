/** Which web pages may speak to us: our own, and those in ALLOWED_ORIGINS. Programs send no origin. */
export class Origins {
  private readonly list: ReadonlySet<string>;

  constructor(list: readonly string[]) {
    this.list = new Set(list);
  }

  /** Whether a page of this origin may speak to us; `host` is the one that it asked. */
  allowed(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    return this.list.has(origin) || (URL.canParse(origin) && new URL(origin).host === host);
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
