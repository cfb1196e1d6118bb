import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Drop } from '../../adapters/directLine/drops.ts';
import { FileAddresses } from '../../adapters/directLine/fileAddresses.ts';
import { Hub } from '../../adapters/directLine/hub.ts';
import { Origins } from '../../adapters/directLine/origins.ts';
import { Streams } from '../../adapters/directLine/stream.ts';
import { Tokens } from '../../adapters/directLine/tokens.ts';
import type { StoredActivity } from '../../bot/store.ts';
import { pino } from 'pino';
import { TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { TcpProxy } from '../tcpProxy.ts';

const ROOT = '/v3/directline/conversations';
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ MESSAGES_PER_CONVERSATION: '100000' });
});
afterAll(() => server.stop());

interface Wire {
  id: string;
  text: string;
  from: { role: string };
  replyToId?: string;
}
async function read(chat: { id: string; token: string }): Promise<Wire[]> {
  const { body } = await server.ask('GET', `${ROOT}/${chat.id}/activities`, chat.token);
  return body['activities'] as Wire[];
}

test('of bursts of repeated, parallel and shuffled posts each message is there once, with one answer', async () => {
  const chat = await server.converse();
  const keys = Array.from({ length: 40 }, (_, i) => `m${i}`);
  const posts = [...keys, ...keys, ...keys].sort((a, b) => (a + '1' < b + '2' ? 1 : -1));
  const answers = await Promise.all(posts.map((key) => chat.says(`menu ${key}`, key)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const said = await read(chat);
  const own = said.filter(({ from }) => from.role === 'user');
  expect(own.map(({ text }) => text).sort()).toEqual(keys.map((key) => `menu ${key}`).sort());
  expect(said.filter(({ from }) => from.role === 'bot')).toHaveLength(1 + own.length);
  expect(said.map(({ id }) => id)).toEqual(said.map(({ id }) => id).sort());
});

test('a proxy that answers 502 after the message was stored costs no message and repeats none', async () => {
  const chat = await server.converse();
  let lost = 0;
  const proxy = createServer((request, response) => {
    void request.toArray().then(async (chunks: Buffer[]) => {
      const forwarded = await fetch(`${server.url}${request.url}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: request.headers.authorization! },
        body: Buffer.concat(chunks),
      });
      lost += 1;
      response.statusCode = lost % 3 === 0 ? forwarded.status : 502;
      response.end(await forwarded.text());
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${ROOT}/${chat.id}/activities`;
  for (const text of ['menu un', 'menu deux', 'menu trois']) {
    for (let status = 0; status !== 200;) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { Authorization: `Bearer ${chat.token}` },
        body: JSON.stringify({ type: 'message', text, channelData: { clientActivityID: text } }),
      });
      ({ status } = answer);
    }
  }
  proxy.close();
  expect(lost).toBe(9);
  const own = (await read(chat)).filter(({ from }) => from.role === 'user');
  expect(own.map(({ text }) => text)).toEqual(['menu un', 'menu deux', 'menu trois']);
});

describe('a stream', () => {
  let http: Server;
  let hub: Hub;
  let streams: Streams;
  let port: number;
  let drops: Drop[];
  const tokens = new Tokens(
    'secret',
    { useOnce: (...given) => server.store.useOnce(...given) },
    () => new Date(),
  );

  beforeEach(async () => {
    // Only the clock of the pings is set by the tests; sockets run as they do.
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
    http = createServer();
    hub = new Hub();
    drops = [];
    streams = new Streams(http, {
      store: server.store,
      hub,
      tokens,
      origins: new Origins([], pino({ level: 'silent' })),
      files: new FileAddresses('secret', () => new Date()),
      log: pino({ level: 'silent' }),
      trustedProxies: 0,
      socketsPerAddress: 10,
      dropped: (reason) => drops.push(reason),
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    port = (http.address() as AddressInfo).port;
  });
  afterEach(() => {
    streams.close();
    http.closeAllConnections();
    http.close();
    jest.useRealTimers();
  });

  async function open(conversationId: string, at = port): Promise<WebSocket> {
    const t = await tokens.stream({ conversationId, userId: 'u' });
    const socket = new WebSocket(`ws://127.0.0.1:${at}${ROOT}/${conversationId}/stream?t=${t}`);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return socket;
  }
  const closing = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => socket.once('close', (code: number) => resolve(code)));
  /** Lets what is on its way arrive. */
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
  const activity = (seq: number, text: string): StoredActivity => ({
    conversationId: 'c',
    seq,
    id: `c|${seq}`,
    role: 'bot',
    at: new Date(),
    activity: { type: 'message', text },
  });

  test.each(['to the client', 'to the server'] as const)(
    'whose line went silent %s is noticed by the server within 30 seconds, and only that one',
    async (direction) => {
      const proxy = await TcpProxy.to(port);
      const [frozen, sound] = [await open('c', proxy.port), await open('c')];
      await settle();
      let gone = false;
      void closing(frozen).then(() => (gone = true));
      proxy.freeze(direction);
      jest.advanceTimersByTime(12_000);
      await settle();
      expect(gone).toBe(false);
      jest.advanceTimersByTime(12_000);
      await settle();
      // The proxy hears of the end; the client behind the frozen direction may not.
      const heard = new Promise<string>((resolve) =>
        sound.once('message', (data: Buffer) => resolve(data.toString())),
      );
      hub.publish([activity(1, 'encore là')]);
      expect(await heard).toContain('encore là');
      expect(streams.count('c')).toBe(1);
      expect(drops).toEqual(['dead_link']);
      proxy.close();
      sound.close();
    },
  );

  test('whose reader stopped is closed at 1 MB, while the others are served', async () => {
    const [slow, quick] = [await open('c'), await open('c')];
    await settle();
    slow.pause();
    let received = 0;
    quick.on('message', () => (received += 1));
    const text = 'x'.repeat(200_000);
    // Ten times what the operating system keeps by itself.
    for (let seq = 1; seq <= 200; seq += 1) {
      hub.publish([activity(seq, text)]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settle();
    expect(received).toBe(200);
    expect(streams.count('c')).toBe(1);
    expect(drops).toEqual(['slow_reader']);
    const closed = closing(slow);
    slow.resume();
    await closed;
    quick.close();
  });

  test('that begins far behind gets everything in pages, in order and once', async () => {
    await server.store.openConversation({ id: 'long', channel: 'directline', userId: 'u', now: new Date() });
    const lines = Array.from({ length: 1_050 }, (_, i) => ({
      role: 'bot' as const,
      at: new Date(),
      activity: { type: 'message', text: `ligne ${i + 1}` },
    }));
    await keepTurn(server.store, 'long', { activities: lines });
    const t = await tokens.stream({ conversationId: 'long', userId: 'u' });
    const socket = new WebSocket(`ws://127.0.0.1:${port}${ROOT}/long/stream?watermark=50&t=${t}`);
    const texts: string[] = [];
    await new Promise<void>((resolve) =>
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as { activities: Wire[]; watermark: string };
        texts.push(...frame.activities.map(({ text }) => text));
        if (frame.watermark === '1050') resolve();
      }),
    );
    expect(texts).toEqual(lines.slice(50).map(({ activity: { text } }) => text));
    socket.close();
  });

  test('whose client floods it is closed; one that keeps itself alive is not', async () => {
    const [flood, calm] = [await open('c'), await open('c')];
    const closed = closing(flood);
    for (let i = 0; i < 500; i += 1) flood.send('');
    for (let i = 0; i < 60; i += 1) calm.send('');
    await closed;
    await settle();
    // Frames are counted between two pings.
    jest.advanceTimersByTime(12_000);
    await settle();
    for (let i = 0; i < 60; i += 1) calm.send('');
    await settle();
    expect(streams.count('c')).toBe(1);
    expect(drops).toEqual(['flood']);
    calm.close();
  });

  test('of an erased conversation ends', async () => {
    const socket = await open('c');
    await settle();
    const closed = closing(socket);
    hub.erased('c');
    expect(await closed).toBe(1000);
    expect(drops).toEqual([]);
  });

  test('that cannot be read from the store is sent back to come again', async () => {
    jest.spyOn(server.store, 'activities').mockRejectedValueOnce(new Error('away'));
    const socket = await open('c');
    expect(await closing(socket)).toBe(1011);
    expect(drops).toEqual(['unreadable_store']);
  });
});
