import { connect } from 'node:net';
import { pause } from './guichet.ts';
import { figure, LONG } from './report.ts';
import { World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
beforeEach(async () => {
  world = await World.open();
  await world.guichet.up();
});
afterEach(() => world.close());

/** The acknowledged messages reach a number. */
async function acknowledged(count: number): Promise<void> {
  while (world.acknowledged < count) await pause(20);
}

test('SIGTERM under load: turns finish, sockets are sent away, the end is clean, and one retry is enough', async () => {
  const { guichet } = world;
  const back = async (): Promise<void> => {
    for (let i = 0; i < 1_000 && !(await guichet.isReady()); i += 1) await pause(20);
  };
  world.populate(LONG ? 12 : 8, back);
  const times: number[] = [];
  for (let round = 1; round <= (LONG ? 5 : 1); round += 1) {
    // Long enough that whoever was cut off by one stop has been heard before the next.
    await acknowledged(world.acknowledged + (LONG ? 120 : 60));
    while (world.tabs.filter((tab) => tab.listens).length < 4) await pause(5);
    for (const tab of world.tabs) tab.closed.length = 0;
    const began = performance.now();
    guichet.signal('SIGTERM');
    expect(await guichet.gone()).toEqual({ code: 0, signal: null });
    times.push(performance.now() - began);
    // Tabs that a customer left by themselves have 1006; whoever was there was told, and reads it in a moment.
    const codes = (): number[] => world.tabs.filter((tab) => tab.open).flatMap((tab) => tab.closed);
    for (let i = 0; i < 250 && codes().length === 0; i += 1) await pause(20);
    expect(new Set(codes())).toEqual(new Set([1001]));
    await guichet.up();
  }
  expect(await world.rest()).toEqual([]);
  const tries = Math.max(...world.customers.map(({ mostTries }) => mostTries));
  expect(tries).toBeLessThanOrEqual(2);
  expect(Math.max(...times)).toBeLessThan(10_000);
  figure(
    'SIGTERM under load',
    `${times.length} stops among ${world.acknowledged} messages: the longest ${Math.round(Math.max(...times))} ms, exit code 0, sockets closed with 1001, no message needed more than one retry`,
  );
});

test('while it stops, what is asked of it is answered: it is not ready', async () => {
  const { guichet } = world;
  // A request that is half there when the signal comes.
  const socket = connect(guichet.port, '127.0.0.1');
  socket.write('GET /readyz HTTP/1.1\r\nHost: here\r\n');
  await guichet.isReady();
  guichet.signal('SIGTERM');
  while (await guichet.isReady()) await pause(5);
  socket.write('\r\n');
  const answer = await new Promise<string>((resolve) =>
    socket.once('data', (data: Buffer) => resolve(data.toString())),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toContain('{"status":"stopping"}');
  expect(await guichet.gone()).toEqual({ code: 0, signal: null });
});

test('a mail server that hangs does not keep it from stopping; a second signal ends it at once', async () => {
  world.mail.mood = 'hangs';
  world.populate(1);
  while (world.mail.seen === 0) await pause(20);
  const began = performance.now();
  world.guichet.signal('SIGTERM');
  // Let the first be taken before the second comes.
  while (await world.guichet.isReady()) await pause(5);
  if (!LONG) world.guichet.signal('SIGINT');
  expect(await world.guichet.gone()).toEqual({ code: LONG ? 0 : 1, signal: null });
  const took = performance.now() - began;
  expect(took).toBeLessThan(LONG ? 10_000 : 3_000);
  world.mail.mood = 'takes';
  await world.guichet.up();
  expect(await world.rest()).toEqual([]);
  if (LONG)
    figure(
      'SIGTERM while a mail server hangs',
      `${Math.round(took)} ms, exit code 0, the mail left after the start`,
    );
});
