import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { Customer } from './customer.ts';
import { Guichet, pause } from './guichet.ts';
import { History } from './history.ts';
import { figure, percentile } from './report.ts';

/* Two thousand sockets on the real process; tests/adapters/directLineFaults.test.ts tries the rule on two. */

jest.setTimeout(5 * 60_000);

const READERS = 1_900;
const SLOW = 100;
const IN_CONVERSATION = 20;
const SECONDS = 45;
/** Messages a second of those whose p99 is measured, and of those that fill the slow ones' buffers. */
const [POSTS, LARGE_POSTS] = [20, 40];

let guichet: Guichet;
beforeAll(async () => {
  guichet = await Guichet.start();
});
afterAll(() => guichet.kill());

const megabytes = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${guichet.pid}/status`, 'utf8'))![1]) / 1024;

async function conversations(count: number, name: string): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let i = 0; i < count; i += 1) {
    const customer = new Customer(`${name}${i}`, guichet.url, new History());
    await customer.begin();
    customers.push(customer);
  }
  return customers;
}

async function open(customer: Customer, onFrame: (text: string) => void): Promise<WebSocket> {
  const socket = new WebSocket((await customer.streamUrl(0))!);
  socket.on('message', (data: Buffer) => onFrame(data.toString()));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** So many times a second, whatever the answers take. */
async function steadily(perSecond: number, act: (i: number) => void): Promise<void> {
  const began = performance.now();
  for (let i = 0; i < perSecond * SECONDS; i += 1) {
    await pause(Math.max(0, began + (i * 1000) / perSecond - performance.now()));
    act(i);
  }
}

test('100 of 2,000 sockets stop reading: they are closed at 1 MB, and the others are served as before', async () => {
  const quick = await conversations(READERS / 2, 'quick');
  const heavy = await conversations(SLOW / IN_CONVERSATION, 'heavy');
  const sent = new Map<string, number>();
  let latencies: number[] = [];
  const arrived = (frame: string): void => {
    const now = performance.now();
    for (const [, key = ''] of frame.matchAll(/"clientActivityID":"([^"]+)"/g)) {
      const at = sent.get(key);
      if (at !== undefined) latencies.push(now - at);
    }
  };
  for (const customer of quick) {
    await open(customer, arrived);
    await open(customer, arrived);
  }

  const failed: Promise<boolean>[] = [];
  /** The same messages to all; @returns the p99 of the time until a message is on a screen, in milliseconds. */
  const load = async (phase: string): Promise<number> => {
    latencies = [];
    await Promise.all([
      steadily(POSTS, (i) => {
        const key = `${phase}-${i}`;
        sent.set(key, performance.now());
        failed.push(quick[i % quick.length]!.tries(`menu ${key}`, key));
      }),
      steadily(LARGE_POSTS, (i) => {
        const customer = heavy[i % heavy.length]!;
        failed.push(
          customer.tries(`${phase}-${i} ${'texte '.repeat(600)}`, `${phase}-${i}`, undefined, {
            note: 'n'.repeat(15_000),
          }),
        );
      }),
    ]);
    await pause(1_000);
    return percentile(latencies, 99);
  };
  const others = async (): Promise<WebSocket[]> => {
    const sockets: WebSocket[] = [];
    for (const customer of heavy)
      for (let i = 0; i < IN_CONVERSATION; i += 1) sockets.push(await open(customer, () => undefined));
    return sockets;
  };

  const reading = await others();
  const before = await load('reading');
  for (const socket of reading) socket.terminate();

  const slow = await others();
  for (const socket of slow) socket.pause();
  const memory = megabytes();
  let most = memory;
  const watching = setInterval(() => (most = Math.max(most, megabytes())), 250);
  const during = await load('stopped');
  clearInterval(watching);

  const closed = Promise.all(slow.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of slow) socket.resume();
  await Promise.race([closed, pause(10_000)]);
  expect(slow.filter(({ readyState }) => readyState === WebSocket.CLOSED)).toHaveLength(SLOW);
  expect((await Promise.all(failed)).filter((ok) => !ok)).toHaveLength(0);
  expect(most - memory).toBeLessThan(SLOW * 1.5);
  expect(during).toBeLessThan(before * 1.2 + 5);
  figure(
    'slow readers',
    `${SLOW} of ${READERS + SLOW} sockets stopped reading, all were closed; the process grew by ${Math.round(Math.max(0, most - memory))} MB meanwhile; p99 of the others until a message is on a screen: ${before.toFixed(0)} ms with all reading, ${during.toFixed(0)} ms with those stopped`,
  );
});
