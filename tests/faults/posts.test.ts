import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomFrom } from '../../knowledge/classifier/random.ts';
import { check } from './checker.ts';
import { Customer, Tab } from './customer.ts';
import { Guichet } from './guichet.ts';
import { History } from './history.ts';
import { figure, LONG, seedOf } from './report.ts';
import { readStored } from './stored.ts';

jest.setTimeout(LONG ? 10 * 60_000 : 60_000);

const POSTS = LONG ? 50_000 : 600;
const CONVERSATIONS = LONG ? 100 : 4;
/** New messages that a customer's program sends at once, and how often it sends each. */
const [AT_ONCE, COPIES] = [4, 2];

let guichet: Guichet;
let proxy: Server;
let through: string;
const random = randomFrom(seedOf('posts'));
beforeAll(async () => {
  guichet = await Guichet.start();
  // Hands on what it gets; of the answers it loses a half, and says 502 for them.
  proxy = createServer((request, response) => {
    void request.toArray().then(async (chunks: Buffer[]) => {
      const answer = await fetch(`${guichet.url}${request.url}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: request.headers.authorization! },
        body: Buffer.concat(chunks),
      });
      response.statusCode = random() < 0.5 ? 502 : answer.status;
      response.end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await guichet.kill();
});

test('messages posted twice, at once, out of order, and again after a 502: each is there once, answered once, shown once', async () => {
  const history = new History();
  const each = Math.ceil(POSTS / CONVERSATIONS);
  const customers = Array.from(
    { length: CONVERSATIONS },
    (_, i) => new Customer(`c${i}`, guichet.url, history),
  );
  await Promise.all(customers.map((customer) => customer.begin()));
  const tabs = customers.flatMap((customer) => [new Tab(customer, 'phone'), new Tab(customer, 'desktop')]);
  await Promise.all(customers.map((customer) => posts(customer, each)));
  const stored = readStored(guichet.folder);
  for (const [i, tab] of tabs.entries()) {
    const lines = stored.conversations.get(customers[Math.floor(i / 2)]!.conversationId)!;
    await tab.sees(lines.length, () => false);
    expect(tab.watermark).toBe(lines.length);
    await tab.leave();
  }
  expect(check(history, stored)).toEqual([]);
  const invoked = history.said().filter(({ phase }) => phase === 'invoke').length;
  expect(invoked).toBeGreaterThanOrEqual(POSTS);
  const lost = history.said().filter(({ phase }) => phase === 'info').length;
  const messages = new Set(history.said().map(({ key }) => key)).size;
  figure(
    'duplicated, parallel, out-of-order posts; 502 after the commit',
    `${invoked} posts of ${messages} messages, ${lost} answers lost to a 502: 0 stored, answered or shown twice, in two tabs each`,
  );
});

/** A careless program: each message several times at once, with older ones among them, in any order. */
async function posts(customer: Customer, count: number): Promise<void> {
  const old: string[] = [];
  for (let posted = 0; posted < count;) {
    const fresh = Array.from({ length: AT_ONCE }, () => customer.newKey());
    const batch = [...fresh, old[Math.floor(random() * old.length)] ?? fresh[0]!].flatMap((key) =>
      Array.from({ length: COPIES }, () => ({ key, place: random() })),
    );
    batch.sort((a, b) => a.place - b.place);
    const acknowledged = await Promise.all(
      batch.map(async ({ key, place }) => {
        const url = place < 0.4 ? through : guichet.url;
        return (await customer.tries(`menu ${key}`, key, url)) ? [key] : [];
      }),
    );
    posted += batch.length;
    const there = new Set(acknowledged.flat());
    // As a client does that was never told.
    for (const key of fresh.filter((one) => !there.has(one))) {
      await customer.tries(`menu ${key}`, key);
      posted += 1;
    }
    old.push(...fresh);
  }
}
