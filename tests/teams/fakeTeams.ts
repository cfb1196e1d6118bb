import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import { AppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Cloud } from '../../adapters/teams/authentication.ts';

export const APP_ID = '8a1b2c3d-1111-4222-8333-444455556666';
export const TENANT = '9a1b2c3d-1111-4222-8333-444455556666';
export const ISSUER = 'https://api.botframework.com';

/** What the bot asked of the connector. */
export interface Call {
  method: string;
  /** The conversation; '' where one is opened. */
  conversation: string;
  /** The activity that is replaced. */
  replaces?: string;
  activity: Partial<Activity>;
  body: Record<string, unknown>;
  authorization?: string;
}

/** What the connector answers in place of success. */
export type Failure = { status: number; headers?: Record<string, string> } | 'hangs';

const pairs: Record<string, ReturnType<typeof generateKeyPair>> = {};

/** Microsoft's part of a Teams bot, on loopback: keys and their metadata, tokens, the connector, files. */
export class FakeTeams {
  readonly calls: Call[] = [];
  /** Failures, used up one by one; or a rule. */
  failures: (Failure | undefined)[] = [];
  fails: (call: Call) => Failure | undefined = () => undefined;
  /** Calls for activities, those that failed too. */
  attempts = 0;
  members = 3;
  readonly files = new Map<string, Buffer>();
  keysAsked = 0;
  tokensAsked = 0;
  down = false;
  private readonly server: Server;
  private readonly keys = new Map<string, { key: CryptoKey; jwk: JWK & { endorsements?: string[] } }>();
  private readonly hanging: ServerResponse[] = [];
  private nextId = 1_000;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<FakeTeams> {
    const fake = new FakeTeams();
    await fake.addKey('teams-key', ['msteams', 'webchat']);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.origin}/fr/`;
  }

  get cloud(): Cloud {
    return {
      issuer: ISSUER,
      openIdMetadata: `${this.origin}/openid`,
      // A second of the tests holds many.
      pace: { inSecond: 1_000, inHalfMinute: 10_000 },
      credentials: new FakeCredentialsFactory(`${this.origin}/token`),
    };
  }

  /** The connections that hang are cut. */
  dropHanging(): void {
    for (const response of this.hanging.splice(0)) response.destroy();
  }

  /** Publishes a key, with the channels that may sign by it. */
  async addKey(kid: string, endorsements: string[] | undefined, published = true): Promise<void> {
    // Keys take long to make, so that those of one name are the same in all of a file's tests.
    const { publicKey, privateKey } = await (pairs[kid] ??= generateKeyPair('RS256', { extractable: true }));
    const jwk = { ...(await exportJWK(publicKey)), kid, ...(endorsements && { endorsements }) };
    this.keys.set(kid, { key: privateKey, jwk: published ? jwk : { kty: 'RSA', kid: `not-${kid}` } });
  }

  privateKey(kid = 'teams-key'): CryptoKey {
    return this.keys.get(kid)!.key;
  }

  publicKey(kid = 'teams-key'): JWK {
    return this.keys.get(kid)!.jwk;
  }

  /** A token as the channel signs it; what differs is given. */
  token(
    differences: JWTPayload = {},
    header: Record<string, string> = {},
    kid = 'teams-key',
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = {
      iss: ISSUER,
      aud: APP_ID,
      nbf: now - 10,
      exp: now + 3600,
      serviceurl: this.serviceUrl,
      ...differences,
    };
    const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
    return new SignJWT(kept)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
      .sign(this.privateKey(kid));
  }

  /** What was sent or changed, in order. */
  sent(conversation?: string): Call[] {
    return this.calls.filter(
      (call) =>
        call.activity.type === 'message' &&
        (conversation === undefined || call.conversation === conversation),
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const path = new URL(request.url ?? '/', this.origin).pathname;
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (path === '/openid') {
      this.keysAsked += 1;
      return send(this.down ? 503 : 200, { issuer: ISSUER, jwks_uri: `${this.origin}/jwks` });
    }
    if (path === '/jwks') return send(200, { keys: [...this.keys.values()].map(({ jwk }) => jwk) });
    if (path === '/token') {
      this.tokensAsked += 1;
      return send(200, { access_token: 'token-of-the-bot', expires_in: 3600 });
    }
    const file = this.files.get(path);
    if (file) {
      const known = request.headers.authorization === 'Bearer token-of-the-bot';
      response.statusCode = known ? 200 : 401;
      response.end(known ? file : undefined);
      return;
    }
    if (path.endsWith('/pagedmembers')) {
      return send(200, { members: Array.from({ length: this.members }, (_, i) => ({ id: `29:${i}` })) });
    }
    const body = JSON.parse(Buffer.concat(parts).toString() || '{}') as Record<string, unknown>;
    const [, conversation = '', replaces] =
      /\/v3\/conversations\/([^/]+)\/activities(?:\/(.+))?$/.exec(decodeURIComponent(path)) ?? [];
    const call: Call = {
      method: request.method ?? '',
      conversation,
      ...(replaces !== undefined && { replaces }),
      activity: conversation === '' ? (body['activity'] ?? {}) : body,
      body,
      ...(request.headers.authorization && { authorization: request.headers.authorization }),
    };
    this.attempts += 1;
    const failure = this.failures.shift() ?? this.fails(call);
    if (failure === 'hangs') {
      this.hanging.push(response);
      return;
    }
    if (failure) return send(failure.status, { error: { code: 'No', message: 'no' } }, failure.headers);
    this.calls.push(call);
    const id = String((this.nextId += 1));
    if (conversation !== '') return send(200, { id });
    const opened = body['isGroup'] ? `19:agents@thread.tacv2;messageid=${id}` : `a:private-${id}`;
    return send(201, { id: opened, activityId: id });
  }
}

/** The bot's credentials, of which only the token endpoint is another than Microsoft's. */
class FakeCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly endpoint: string;

  constructor(endpoint: string) {
    super();
    this.endpoint = endpoint;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === APP_ID;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(appId: string): Promise<AppCredentials> {
    return new FakeCredentials(appId, this.endpoint);
  }
}

class FakeCredentials extends AppCredentials {
  private readonly endpoint: string;

  constructor(appId: string, endpoint: string) {
    super(appId);
    this.endpoint = endpoint;
  }

  protected override async refreshToken(): ReturnType<AppCredentials['refreshToken']> {
    const response = await fetch(this.endpoint, { method: 'POST' });
    const { access_token } = (await response.json()) as { access_token: string };
    return { accessToken: access_token, expiresOn: new Date(Date.now() + 3_600_000) };
  }
}
