import { randomFrom } from '../../knowledge/classifier/random.ts';
import { pause } from './guichet.ts';
import { figure, LONG, seedOf } from './report.ts';
import { World } from './world.ts';

jest.setTimeout(LONG ? 15 * 60_000 : 60_000);

test('kill -9 at random moments: nothing that was acknowledged is lost, nothing is answered or shown twice', async () => {
  const kills = LONG ? 500 : 2;
  const random = randomFrom(seedOf('kill'));
  const world = await World.open();
  const ready: number[] = [await world.guichet.up()];
  world.populate(4);
  const until = performance.now() + (LONG ? 9 * 60_000 : 60_000);
  for (let i = 0; i < kills && performance.now() < until; i += 1) {
    await pause(20 + random() * 600);
    await world.guichet.kill();
    ready.push(await world.guichet.up());
  }
  const violations = await world.rest();
  await world.close();
  expect(violations).toEqual([]);
  expect(world.acknowledged).toBeGreaterThan(kills);
  figure(
    'kill -9 at random moments',
    `${ready.length - 1} kills, ${world.acknowledged} messages acknowledged`,
  );
});
