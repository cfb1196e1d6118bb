import { WebSocket } from 'ws';
import { type Asked, SECRET, TestServer } from '../server.ts';

let server: TestServer;
afterEach(() => server.stop());

const ROOT = '/v3/directline/conversations';

function expectTooMany(answer: Asked): void {
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.body.error).toMatchObject({ code: 'TooManyRequests', message: expect.any(String) as string });
}

test('a conversation that floods is asked to wait, and the others go on', async () => {
  server = await TestServer.start({ MESSAGES_PER_CONVERSATION: '3' });
  const [flood, calm] = [await server.converse(), await server.converse()];
  for (let i = 0; i < 3; i += 1) expect((await flood.says('menu')).status).toBe(200);
  expectTooMany(await flood.says('menu'));
  expect((await calm.says('menu')).status).toBe(200);
});

test('an address that floods over many conversations is asked to wait', async () => {
  server = await TestServer.start({ MESSAGES_PER_ADDRESS: '2' });
  for (let i = 0; i < 2; i += 1) expect((await (await server.converse()).says('menu')).status).toBe(200);
  expectTooMany(await (await server.converse()).says('menu'));
});

test.each([
  ['without a trusted proxy a client cannot choose its address', '0', 429],
  ['behind one, the address that it saw counts', '1', 200],
])('%s', async (_rule, proxies, status) => {
  server = await TestServer.start({ MESSAGES_PER_ADDRESS: '1', TRUSTED_PROXIES: proxies });
  const chat = await server.converse();
  const post = (forwarded: string): Promise<Asked> =>
    server.ask(
      'POST',
      `${ROOT}/${chat.id}/activities`,
      chat.token,
      { type: 'message', text: 'menu' },
      { 'X-Forwarded-For': forwarded },
    );
  expect((await post('192.0.2.1')).status).toBe(200);
  expect((await post('192.0.2.2')).status).toBe(status);
  // What stands before the proxy's own word is made up.
  expect((await post('198.51.100.9, 192.0.2.2')).status).toBe(429);
});

test('new conversations are bounded by address; one that is kept may always come back', async () => {
  server = await TestServer.start({ CONVERSATIONS_PER_ADDRESS: '1' });
  const { body } = await server.ask('POST', '/widget/token', undefined, {});
  expectTooMany(await server.ask('POST', '/widget/token', undefined, {}));
  expect((await server.ask('POST', '/widget/token', undefined, { resume: body['resume'] })).status).toBe(200);
});

test('sockets are bounded by address, and a closed one makes room', async () => {
  server = await TestServer.start({ SOCKETS_PER_ADDRESS: '1' });
  const chat = await server.converse();
  const open = async (): Promise<WebSocket> => {
    const { body } = await server.ask('GET', `${ROOT}/${chat.id}?watermark=0`, chat.token);
    const socket = new WebSocket(body['streamUrl'] as string);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return socket;
  };
  const first = await open();
  await expect(open()).rejects.toThrow('429');
  const closed = new Promise((resolve) => first.once('close', resolve));
  first.close();
  await closed;
  // The server hears of it a moment later.
  for (let tries = 0; ; tries += 1) {
    const second = await open().catch(() => undefined);
    if (second) return second.close();
    expect(tries).toBeLessThan(50);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('a page that is not listed gets no token, no stream and no message through', async () => {
  server = await TestServer.start({ ALLOWED_ORIGINS: 'https://boutique.example' });
  const chat = await server.converse();
  const tries = (Origin: string): Promise<Asked>[] => [
    server.ask('POST', '/widget/token', undefined, {}, { Origin }),
    server.ask('POST', ROOT, chat.token, undefined, { Origin }),
    server.ask('POST', '/v3/directline/tokens/generate', SECRET, {}, { Origin }),
    server.ask('POST', '/v3/directline/tokens/refresh', chat.token, undefined, { Origin }),
    server.ask(
      'POST',
      `${ROOT}/${chat.id}/activities`,
      chat.token,
      { type: 'message', text: 'a' },
      { Origin },
    ),
  ];
  const statuses = async (origin: string): Promise<number[]> =>
    (await Promise.all(tries(origin))).map(({ status }) => status);
  expect(await statuses('https://evil.example')).toEqual([401, 401, 401, 401, 401]);
  expect(await statuses('null')).toEqual([401, 401, 401, 401, 401]);
  expect(await statuses('https://boutique.example')).toEqual([200, 200, 200, 200, 200]);
});

test('a compressed body, which unpacks to more than it says, is refused', async () => {
  server = await TestServer.start();
  const chat = await server.converse();
  const answer = await server.ask('POST', `${ROOT}/${chat.id}/activities`, chat.token, '{}', {
    'Content-Encoding': 'gzip',
  });
  expect(answer.status).toBe(415);
});
