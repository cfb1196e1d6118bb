import { figure, percentile } from './report.ts';
import { pause } from './guichet.ts';
import { World } from './world.ts';

jest.setTimeout(3 * 60_000);

const SECONDS = 20;

test('while mail server and webhook hang, customers are answered as quickly as before', async () => {
  const world = await World.open();
  await world.guichet.up();
  world.populate(3);
  await pause(3_000);
  /** Milliseconds that acknowledgements take from now on. */
  const measure = async (): Promise<number[]> => {
    const from = world.history.said().length;
    await pause(SECONDS * 1_000);
    const invoked = new Map<string, number>();
    return world.history
      .said()
      .slice(from)
      .flatMap(({ phase, key, time }) => {
        if (phase === 'invoke') invoked.set(key, time);
        const began = invoked.get(key);
        return phase === 'ok' && began !== undefined ? [time - began] : [];
      });
  };
  const before = await measure();
  world.mail.mood = 'hangs';
  world.sink.answer = () => 'hangs';
  const during = await measure();
  world.mail.mood = 'takes';
  world.sink.answer = () => ({ status: 200 });
  await world.guichet.kill();
  await world.guichet.up();
  expect(await world.rest()).toEqual([]);
  await world.close();
  const told = (values: number[]): string =>
    `${percentile(values, 50).toFixed(0)} ms (p99 ${percentile(values, 99).toFixed(0)} ms, ${values.length} messages)`;
  figure(
    'chat while SMTP and webhook hang',
    `an acknowledgement takes ${told(before)} before, ${told(during)} meanwhile`,
  );
  expect(percentile(during, 50)).toBeLessThan(percentile(before, 50) * 1.2 + 5);
});
