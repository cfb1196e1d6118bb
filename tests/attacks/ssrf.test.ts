import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { isPublic, targetFetch } from '../../adapters/targetFetch.ts';
import { deliverersOf } from '../../adapters/targets.ts';
import { webhookTarget } from '../../adapters/webhook.ts';
import type { Store } from '../../bot/store.ts';
import { HttpSink } from '../httpSink.ts';
import { TestServer } from '../server.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
type Resolver = NonNullable<Parameters<typeof targetFetch>[1]>;
let sink: HttpSink;
let store: Store;
beforeEach(async () => {
  sink = await HttpSink.start();
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-ssrf-')));
  await keepTicketTurn(store, ticketOf({ createdAt: new Date() }));
});
afterEach(async () => {
  await store.close();
  await sink.stop();
});

/** Tells an address of the ticket; gives why it was not told, if so. */
async function tell(url: string, fetch = targetFetch([])): Promise<string | undefined> {
  const now = (): Date => new Date();
  const log = pino({ level: 'silent' });
  const target = webhookTarget({ url, secret: SECRET, fetch }, { store, now });
  await new Outbox({ store, now, log }, deliverersOf([target])).pass();
  return (await store.deliveries.dead(10))[0]?.reason;
}
const portOf = (): string => new URL(sink.url).port;

test.each([
  'http://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://017700000001:PORT/',
  'http://127.1:PORT/',
  'http://0.0.0.0:PORT/',
  'http://[::1]:PORT/',
  'http://[::]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'https://10.0.0.1/',
  'https://192.168.1.1/',
  'https://172.31.255.255/',
  'https://100.64.0.1/',
])('nothing is sent to %s, and the dead letter says what to do', async (address) => {
  const reason = await tell(address.replace('PORT', portOf()));
  expect(reason).toMatch(/private address .*add \S+ to PRIVATE_TARGETS/);
  expect(sink.taken).toEqual([]);
});

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['::127.0.0.1', false],
  ['fec0::1', false],
  ['224.0.0.1', false],
  ['198.18.0.1', false],
  ['240.0.0.1', false],
  ['no address', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

test('a host that the settings allow is reached, and no other', async () => {
  const fetch = targetFetch(['127.0.0.1']);
  expect(await tell(`${sink.url}/`, fetch)).toBeUndefined();
  expect(sink.taken).toHaveLength(1);
  await expect(fetch(`http://localhost:${portOf()}/`, {})).rejects.toThrow(/add localhost to/);
});

test('a name that leads outwards when it is looked at and inwards when it is connected to is refused', async () => {
  const answers = ['93.184.215.14', '127.0.0.1'];
  const rebinding: Resolver = (_host, _options, done) =>
    done(null, [{ address: answers.shift()!, family: 4 }]);
  // Whoever checks the name beforehand sees a public address.
  rebinding('rebinding.example', { all: true }, (_error, [first]) =>
    expect(isPublic(first!.address)).toBe(true),
  );
  const reason = await tell(`http://rebinding.example:${portOf()}/`, targetFetch([], rebinding));
  expect(reason).toMatch(/rebinding\.example is at the private address 127\.0\.0\.1/);
  expect(sink.taken).toEqual([]);
});

test('a name with a public and a private address is refused whole', async () => {
  const both = targetFetch([], (_host, _options, done) =>
    done(null, [
      { address: '93.184.215.14', family: 4 },
      { address: '::1', family: 6 },
    ]),
  );
  expect(await tell('http://both.example/', both)).toMatch(/private address ::1/);
});

test('a redirect inwards is not followed', async () => {
  const inside = await HttpSink.start();
  sink.answer = () => ({ status: 302, headers: { location: `${inside.url}/admin` } });
  await tell(`${sink.url}/`, targetFetch(['127.0.0.1']));
  expect([sink.taken.length, inside.taken.length]).toEqual([1, 0]);
  await inside.stop();
});

test('what a customer names is never fetched', async () => {
  let connections = 0;
  const trap: Server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const { port } = trap.address() as { port: number };
  const url = `http://127.0.0.1:${port}/secret`;
  const server = await TestServer.start();
  const chat = await server.converse();
  const root = `/v3/directline/conversations/${chat.id}/activities`;
  for (const text of [
    'une page s’affiche mal',
    url,
    `Firefox sur ${url}`,
    `![image](${url})`,
    `<img src="${url}">`,
  ])
    await chat.says(text);
  await server.ask('POST', root, chat.token, {
    type: 'message',
    text: 'voir la pièce jointe',
    attachments: [{ contentType: 'image/png', contentUrl: url, thumbnailUrl: url, name: 'a.png' }],
    serviceUrl: url,
    relatesTo: { serviceUrl: url },
    channelData: { callback: url, contentUrl: url },
    from: { id: url, name: url },
  });
  await server.stop();
  expect(connections).toBe(0);
  await new Promise((resolve) => trap.close(resolve));
});
