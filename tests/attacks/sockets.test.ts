import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { TestServer } from '../server.ts';

/* Floods, slow readers and dead links stand in tests/adapters/directLineFaults and directLineLimits. */

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

/** Sends bytes as they are, and gives all that comes back until the server hangs up. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
const upgrade = (path: string, more: Record<string, string> = {}): string =>
  [
    `GET ${path} HTTP/1.1`,
    ...Object.entries({
      Host: new URL(server.url).host,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
      ...more,
    }).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

async function streamUrl(): Promise<URL> {
  const chat = await server.converse();
  const { body } = await server.ask('GET', `/v3/directline/conversations/${chat.id}`, chat.token);
  return new URL(body['streamUrl'] as string);
}

test.each([
  ['/', 404],
  ['/v3/directline/conversations/%ff/stream', 404],
  ['/v3/directline/conversations/x/stream', 401],
  ['/v3/directline/conversations/x/stream?t=a&t=b', 401],
  ['//evil.example/v3/directline/conversations/x/stream?t=a', 401],
  ['http://[/v3', 404],
])('a WebSocket to %s is refused with %i, and the connection ends', async (path, status) => {
  const answer = await raw(upgrade(path));
  expect(statusOf(answer)).toBe(status);
  expect(answer).toContain('"error"');
});

test.each([
  'null',
  'https://evil.example',
  'http://localhost.evil.example',
  'http://LOCALHOST@evil.example',
  'file://',
  'chrome-extension://abc',
])('a page at %s opens no stream with a ticket that it stole', async (Origin) => {
  const { pathname, search } = await streamUrl();
  expect(statusOf(await raw(upgrade(pathname + search, { Origin })))).toBe(401);
});

test('nothing is compressed on a stream, so nothing can be a bomb', async () => {
  const socket = new WebSocket(await streamUrl(), { perMessageDeflate: true });
  await new Promise((resolve) => socket.once('open', resolve));
  expect(socket.extensions).toBe('');
  socket.close();
});

test('a frame over 64 kB ends the stream, whether whole or in pieces', async () => {
  for (const pieces of [1, 100]) {
    const socket = new WebSocket(await streamUrl(), { perMessageDeflate: false });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const size = Math.ceil((65 * 1024) / pieces);
    for (let piece = 1; piece <= pieces; piece += 1)
      socket.send(Buffer.alloc(size), { fin: piece === pieces });
    expect(await closed).toBe(1009);
  }
});

test.each([
  [
    'two lengths',
    'POST /widget/token HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    400,
  ],
  [
    'a length and chunks',
    'POST /widget/token HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a folded header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n', 400],
  ['a header name with a space', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['headers over 16 kB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
])(
  'a request with %s is refused, and the connection ends: no second one is smuggled in',
  async (_what, text, status) => {
    const answer = await raw(text);
    expect(statusOf(answer)).toBe(status);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  },
);

test.each(['PUT', 'PATCH', 'TRACE', 'PROPFIND'])('%s is no method of any route', async (method) => {
  const host = `Host: ${new URL(server.url).host}`;
  const status = statusOf(
    await raw(`${method} /console/api/me HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`),
  );
  expect([404, 405]).toContain(status);
});

test('200 connections that send their request by drops keep nobody else out', async () => {
  const { port, host } = new URL(server.url);
  const slow: Socket[] = [];
  for (let i = 0; i < 200; i += 1) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const body = i % 2 === 0 ? `Host: ${host}\r\nX-Drop: ` : `Host: ${host}\r\nContent-Length: 99\r\n\r\n{"`;
    socket.write(`POST /widget/token HTTP/1.1\r\n${body}`);
    slow.push(socket);
  }
  await Promise.all(
    slow.map(
      (socket) =>
        new Promise((resolve) => (socket.connecting ? socket.once('connect', resolve) : resolve(0))),
    ),
  );
  const chat = await server.converse();
  expect((await chat.says('bonjour')).status).toBe(200);
  for (const socket of slow) socket.destroy();
});
