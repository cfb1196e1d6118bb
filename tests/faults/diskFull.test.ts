import { Customer } from './customer.ts';
import { pause } from './guichet.ts';
import { figure, LONG } from './report.ts';
import { SmallDisk } from './smallDisk.ts';
import { World } from './world.ts';

jest.setTimeout(120_000);

if (!SmallDisk.possible) process.stdout.write('Skipped: a small disk is mounted by root, on Linux, alone.\n');

(SmallDisk.possible ? test : test.skip)(
  'a full disk: what cannot be stored is refused at once, nothing is said falsely to be stored, and all is well when there is space',
  async () => {
    const disk = SmallDisk.mount(24);
    const world = await World.open({ folder: disk.folder });
    try {
      await fillAndFree(world, disk);
    } finally {
      await world.close();
      disk.unmount();
    }
  },
);

async function fillAndFree(world: World, disk: SmallDisk): Promise<void> {
  const { guichet, history } = world;
  await guichet.up();
  world.populate(LONG ? 8 : 2);
  const once = new Customer('once', guichet.url, history);
  await once.begin();
  const [refusals, recoveries]: number[][] = [[], []];
  let refused = 0;
  for (let round = 0; round < (LONG ? 5 : 1); round += 1) {
    while (world.acknowledged < 20 * (round + 1)) await pause(20);
    disk.fill();
    // Said once, and not again: what was refused must never appear.
    for (let i = 0; i < 10;) {
      const began = performance.now();
      if (await once.tries(`menu ${i}`, once.newKey())) continue;
      refusals!.push(performance.now() - began);
      expect(once.lastRefusal).toEqual({ status: 503, retryAfter: '2' });
      i += 1;
    }
    // The answer is as fresh as a second.
    const asked = performance.now();
    while (await guichet.isReady()) await pause(20);
    expect(performance.now() - asked).toBeLessThan(3_000);
    refused += history.said().filter(({ phase }) => phase === 'fail').length;
    disk.free();
    const freed = performance.now();
    while (!(await once.tries('menu', once.newKey()))) await pause(20);
    recoveries!.push(performance.now() - freed);
    while (!(await guichet.isReady())) await pause(20);
  }
  expect(Math.max(...refusals!)).toBeLessThan(1_000);
  expect(Math.max(...recoveries!)).toBeLessThan(10_000);
  expect(guichet.output).toContain('database or disk is full');
  // A process that dies then finds its database as it was acknowledged.
  disk.fill();
  await once.tries('menu', once.newKey());
  await guichet.kill();
  disk.free();
  await guichet.up();
  expect(await world.rest()).toEqual([]);
  figure(
    'disk full (tmpfs)',
    `${refused} posts refused with 503 and Retry-After, the slowest after ${Math.round(Math.max(...refusals!))} ms; 0 false 200 among ${world.acknowledged}; well ${Math.round(Math.max(...recoveries!))} ms after space returned`,
  );
}
