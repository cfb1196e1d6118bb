import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { openStore } from '../adapters/storage/open.ts';
import { hashPassword } from '../adapters/console/agents.ts';
import type { Cloud } from '../adapters/teams/authentication.ts';
import { createApp, type App } from '../bot/app.ts';
import { type Config, readConfig } from '../bot/config.ts';
import { createClock, type Now } from '../bot/clock.ts';
import { createBot, type Knowledge, loadKnowledge } from '../bot/createBot.ts';
import type { Store } from '../bot/store.ts';
import { WEDNESDAY } from './chat.ts';
import { MODEL_FOLDER } from './modelFolder.ts';

export const SECRET = 'direct-line-secret-of-the-tests';
export const API_TOKEN = 'api-token-of-the-tests';

const FIRST_PASSWORD = 'premier mot de passe';
let digest: Promise<string> | undefined;
let knowledge: Knowledge | undefined;

/** The real server with a real database, on a port of its own; `restart` is a new process as far as it can tell. */
export class TestServer {
  url = '';
  store!: Store;
  /** The first agent's password, where there was none yet. */
  password: string | undefined;
  private app!: App;
  private port = 0;
  readonly folder = mkdtempSync(join(tmpdir(), 'guichet-server-'));
  private readonly settings: Record<string, string>;
  private readonly parts: { teamsCloud?: Cloud; now?: Now; log?: Logger };

  private constructor(settings: Record<string, string>, parts: TestServer['parts']) {
    this.settings = settings;
    this.parts = parts;
  }

  /** @param parts a clock of the test's own, another cloud for Teams, a log that is read */
  static async start(
    settings: Record<string, string> = {},
    parts: TestServer['parts'] = {},
  ): Promise<TestServer> {
    const server = new TestServer(settings, parts);
    await server.up();
    return server;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.up();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.store.close();
  }

  /** Starts again after `stop`, over the same database and on the same port. */
  async up(): Promise<void> {
    const config: Config = readConfig({
      PORT: String(this.port),
      DATA_DIR: MODEL_FOLDER,
      DIRECT_LINE_SECRET: SECRET,
      API_TOKEN,
      GUICHET_NOW: WEDNESDAY,
      LOG_LEVEL: 'silent',
      // Every test comes from one address; the limits have tests of their own.
      MESSAGES_PER_ADDRESS: '100000',
      CONVERSATIONS_PER_ADDRESS: '100000',
      ...this.settings,
    });
    this.store = await openStore({ ...config, DATA_DIR: this.folder });
    const bot = createBot(config, this.store, (knowledge ??= loadKnowledge(MODEL_FOLDER)));
    this.password = await this.firstAgent(config.AGENT_EMAIL);
    this.app = await createApp(config, {
      store: this.store,
      bot,
      now: createClock(config.GUICHET_NOW),
      log: pino({ level: config.LOG_LEVEL }),
      ...this.parts,
    });
    this.url = (await this.app.listen()).replace(/\/$/, '');
    this.port = Number(new URL(this.url).port);
  }

  /** The first agent with a password whose digest is made once: it takes a tenth of a second, as it must. */
  private async firstAgent(email: string): Promise<string | undefined> {
    if ((await this.store.agents.count()) > 0) return undefined;
    const passwordHash = await (digest ??= hashPassword(FIRST_PASSWORD));
    await this.store.agents.add({
      id: 'first',
      email,
      name: 'Premier agent',
      passwordHash,
      role: 'supervisor',
    });
    return FIRST_PASSWORD;
  }

  /** Every route that is registered: "GET /console/api/tickets/:reference". */
  routes(): string[] {
    const { routes } = this.app.server.getDebugInfo() as { routes: { method: string; path: string }[] };
    return routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  }

  /** A request with a JSON body; gives status, body and headers. */
  async ask(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Asked> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text ? JSON.parse(text) : {}) as Asked['body'],
    };
  }

  /** A conversation with a token of its own. */
  async converse(
    userId?: string,
  ): Promise<{ id: string; token: string; says(text: string, key?: string): Promise<Asked> }> {
    const { body } = await this.ask(
      'POST',
      '/v3/directline/tokens/generate',
      SECRET,
      userId ? { user: { id: userId } } : {},
    );
    const started = await this.ask('POST', '/v3/directline/conversations', body['token'] as string);
    const id = started.body['conversationId'] as string;
    const token = started.body['token'] as string;
    return {
      id,
      token,
      says: (text, key) =>
        this.ask('POST', `/v3/directline/conversations/${id}/activities`, token, {
          type: 'message',
          from: { id: 'whoever' },
          text,
          ...(key !== undefined && { channelData: { clientActivityID: key } }),
        }),
    };
  }
}

export interface Asked {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
}
