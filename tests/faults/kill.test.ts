import { randomFrom } from '../../knowledge/classifier/random.ts';
import { pause } from './guichet.ts';
import type { Violation } from './checker.ts';
import { figure, LONG, percentile, seedOf } from './report.ts';
import { World } from './world.ts';

jest.setTimeout(LONG ? 15 * 60_000 : 60_000);

test('kill -9 at random moments: nothing that was acknowledged is lost, nothing is answered or shown twice', async () => {
  const seed = seedOf('kill');
  // Several servers at once in the long form: most of the time is the start of processes.
  const lanes = await Promise.all(
    Array.from({ length: LONG ? 3 : 1 }, (_, lane) => killed(LONG ? 167 : 1, seed + lane)),
  );
  const ready = lanes.flatMap((lane) => lane.ready);
  const acknowledged = lanes.reduce((sum, lane) => sum + lane.acknowledged, 0);
  expect(lanes.flatMap(({ violations }) => violations)).toEqual([]);
  expect(acknowledged).toBeGreaterThan(0);
  figure(
    'kill -9 at random moments',
    `${ready.length} kills among ${acknowledged} acknowledged messages: 0 lost, 0 answered or shown twice; ready again after ${Math.round(percentile(ready, 50))} ms (median, ${lanes.length} servers at once)`,
  );
});

/** A server that is killed so many times while its customers go on, or as often as fits into 8 minutes. */
async function killed(
  times: number,
  seed: number,
): Promise<{ ready: number[]; acknowledged: number; violations: Violation[] }> {
  const random = randomFrom(seed);
  const world = await World.open();
  await world.guichet.up();
  world.populate(3);
  while (world.acknowledged === 0) await pause(10);
  const ready: number[] = [];
  for (const until = performance.now() + 8 * 60_000; ready.length < times && performance.now() < until;) {
    await pause(20 + random() * 600);
    await world.guichet.kill();
    ready.push(await world.guichet.up());
  }
  const violations = await world.rest();
  await world.close();
  return { ready, acknowledged: world.acknowledged, violations };
}
