import { hashPassword } from '../adapters/console/agents.ts';
import type { AgentRecord } from '../bot/store.ts';
import type { Asked, TestServer } from './server.ts';

export const PASSWORD = 'un mot de passe de test';
let hash: Promise<string> | undefined;

/** An agent with an account, signed in. */
export class ConsoleClient {
  readonly agent: AgentRecord;
  private readonly server: TestServer;
  cookie = '';

  private constructor(server: TestServer, agent: AgentRecord) {
    this.server = server;
    this.agent = agent;
  }

  static async of(
    server: TestServer,
    name: string,
    role: AgentRecord['role'] = 'agent',
  ): Promise<ConsoleClient> {
    const id = name.toLowerCase();
    const passwordHash = await (hash ??= hashPassword(PASSWORD));
    const agent = { id, name, email: `${id}@boutique.fr`, passwordHash, role };
    await server.store.agents.add(agent);
    const client = new ConsoleClient(server, agent);
    const signedIn = await client.signIn();
    client.cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
    await client.post('presence', {});
    return client;
  }

  signIn(password = PASSWORD, code?: string): Promise<Asked> {
    const body = { email: this.agent.email, password, ...(code !== undefined && { code }) };
    return this.server.ask('POST', '/console/api/session', undefined, body);
  }

  get(path: string): Promise<Asked> {
    return this.server.ask('GET', `/console/api/${path}`, undefined, undefined, { Cookie: this.cookie });
  }

  post(path: string, body: unknown): Promise<Asked> {
    return this.server.ask('POST', `/console/api/${path}`, undefined, body, { Cookie: this.cookie });
  }

  /** A file as it is downloaded. */
  async download(path: string): Promise<{ status: number; headers: Headers; body: string }> {
    const response = await fetch(`${this.server.url}/console/api/${path}`, {
      headers: { Cookie: this.cookie },
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }
}
