import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '../freePort.ts';
import { TestServer } from '../server.ts';

jest.setTimeout(60_000);

let provider: ChildProcess;
let server: TestServer;
let issuer: string;

beforeAll(async () => {
  const [providerPort, port] = [await freePort(), await freePort()];
  issuer = `http://127.0.0.1:${providerPort}`;
  const publicUrl = `http://localhost:${port}`;
  provider = spawn(
    process.execPath,
    ['tests/openIdProvider.ts', String(providerPort), `${publicUrl}/console/openid/callback`],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    let told = '';
    provider.stderr!.on('data', (data: Buffer) => (told += data.toString()));
    provider.stdout!.on('data', (data: Buffer) => data.includes('ready') && resolve());
    provider.once('exit', () => reject(new Error(told)));
  });
  server = await TestServer.start({
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'guichet',
    OIDC_CLIENT_SECRET: 'secret-of-guichet',
  });
  for (const id of ['lea', 'gone', 'unverified']) {
    await server.store.agents.add({
      id,
      email: `${id}@boutique.fr`,
      name: id,
      passwordHash: 'none',
      role: 'agent',
    });
  }
  const gone = (await server.store.agents.byId('gone'))!;
  await server.store.agents.update({ ...gone, disabledAt: new Date() });
});
afterAll(async () => {
  provider?.kill();
  await server?.stop();
});

/** A browser as far as this needs one: follows redirects by hand and keeps cookies, those of each host apart. */
class Walker {
  private readonly jars = new Map<string, Map<string, string>>();

  cookies(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    return jar;
  }

  async step(url: string, form?: Record<string, string>): Promise<{ response: Response; next?: string }> {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { Cookie: [...this.cookies(url)].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      this.cookies(url).set(name!, value!);
    }
    const location = response.headers.get('location');
    return { response, ...(location && { next: new URL(location, url).href }) };
  }

  /** Signs in at the provider as someone; gives where our callback sends the browser. */
  async signIn(name: string): Promise<string> {
    let { next } = await this.step(`${server.url}/console/openid`);
    for (let steps = 0; steps < 12; steps += 1) {
      if (next!.startsWith(`${server.url}/console`) && !next!.includes('/callback')) return next!;
      const { response, next: further } = await this.step(next!);
      if (further !== undefined) {
        next = further;
        continue;
      }
      // A page of the provider: its form signs in, then consents.
      const page = await response.text();
      const action = new URL(/action="([^"]+)"/.exec(page)![1]!, next).href;
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)![1]!;
      ({ next } = await this.step(action, { prompt, login: name, password: 'x' }));
    }
    throw new Error('The sign-in goes round in circles.');
  }

  async me(): Promise<number> {
    const url = `${server.url}/console/api/me`;
    return (await this.step(url)).response.status;
  }
}

test('the sign-in page offers it', async () => {
  expect((await server.ask('GET', '/console/api/sign-in')).body).toEqual({ openId: true });
});

test('an agent whose account a supervisor made signs in by the company’s provider', async () => {
  const walker = new Walker();
  expect(await walker.signIn('lea')).toBe(`${server.url}/console`);
  expect(await walker.me()).toBe(200);
});

test.each(['stranger', 'gone', 'unverified'])('%s does not get in, and is told', async (name) => {
  const walker = new Walker();
  expect(await walker.signIn(name)).toBe(`${server.url}/console?connexion=inconnu`);
  expect(await walker.me()).toBe(401);
});

test('a callback that was not asked for, or with another state, opens nothing', async () => {
  const url = `${server.url}/console/openid/callback?code=x&state=y`;
  expect((await new Walker().step(url)).response.status).toBe(400);
  const walker = new Walker();
  await walker.step(`${server.url}/console/openid`);
  expect((await walker.step(url)).next).toBe(`${server.url}/console?connexion=inconnu`);
  expect(await walker.me()).toBe(401);
});
