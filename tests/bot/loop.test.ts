import { setImmediate as turns } from 'node:timers/promises';
import { pino } from 'pino';
import { Loop } from '../../bot/loop.ts';

const NEVER_MS = 3_600_000;
let passes: number;
/** Ends the pass under way. */
let end: (error?: Error) => void;
let loop: Loop;
beforeEach(() => {
  passes = 0;
  const pass = (): Promise<void> => {
    passes += 1;
    return new Promise((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())));
  };
  loop = new Loop(pass, NEVER_MS, pino({ level: 'silent' }));
});
afterEach(async () => {
  const stopped = loop.stop();
  end();
  await stopped;
});

test('what comes while a pass runs gets one pass of its own, after it', async () => {
  loop.wake();
  loop.wake();
  loop.wake();
  expect(passes).toBe(1);
  end();
  await turns();
  expect(passes).toBe(2);
  end();
  await turns();
  expect(passes).toBe(2);
});

test('a pass that failed is tried again at the next look, not at once', async () => {
  loop.wake();
  loop.wake();
  end(new Error('away'));
  await turns();
  expect(passes).toBe(1);
  loop.wake();
  expect(passes).toBe(2);
});

test('no pass begins after the end, and the end waits for the one under way', async () => {
  loop.wake();
  loop.wake();
  let ended = false;
  const stopped = loop.stop().then(() => (ended = true));
  await turns();
  expect(ended).toBe(false);
  end();
  await stopped;
  loop.wake();
  expect(passes).toBe(1);
});
