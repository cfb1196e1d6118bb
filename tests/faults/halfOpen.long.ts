import { listen } from '../../adapters/widget/panel/socket.ts';
import type { Frame } from '../../adapters/widget/panel/wire.ts';
import { TcpProxy } from '../tcpProxy.ts';
import { Customer } from './customer.ts';
import { Guichet, pause } from './guichet.ts';
import { History } from './history.ts';
import { figure } from './report.ts';

/* Real time, real pings, our widget's own socket; tests/adapters/directLineFaults.test.ts tries the same on a clock of its own. */

jest.setTimeout(120_000);

let guichet: Guichet;
beforeAll(async () => {
  guichet = await Guichet.start();
});
afterAll(() => guichet.kill());

/** A widget that follows its conversation over a line which goes silent; @returns seconds until each side noticed. */
async function overFrozenLine(direction: 'to the client' | 'to the server'): Promise<[number, number]> {
  const proxy = await TcpProxy.to(guichet.port);
  const customer = new Customer(direction.replaceAll(' ', '-'), guichet.url, new History());
  await customer.begin();
  const seen: string[] = [];
  let watermark = 0;
  const follow = async (): Promise<void> => {
    const url = new URL((await customer.streamUrl(watermark)) ?? '');
    url.port = String(proxy.port);
    const take = (frame: Frame): void => {
      seen.push(...frame.activities.map(({ id }) => id));
      watermark = Number(frame.watermark);
    };
    await new Promise<void>((resolve) => void listen(url.href, () => resolve(), take).ended.then(ended));
  };
  let ended = (): void => undefined;
  const clientNotices = new Promise<void>((resolve) => (ended = resolve));
  await follow();
  await customer.says('menu un');
  while (watermark < 3) await pause(10);

  proxy.freeze(direction);
  const frozen = performance.now();
  const since = (): number => (performance.now() - frozen) / 1000;
  const noticed = Promise.all([clientNotices.then(since), proxy.serverLeft.then(since)]);
  await customer.says('menu deux');
  const seconds = await noticed;
  // As the widget does: from where it was.
  await follow();
  while (watermark < 5) await pause(10);
  expect(seen.map((id) => Number(id.split('|')[1]))).toEqual([1, 2, 3, 4, 5]);
  proxy.close();
  return seconds;
}

test('a line that goes silent in one direction is noticed by both sides within 30 seconds, and nothing is missing after', async () => {
  const measured = await Promise.all([overFrozenLine('to the client'), overFrozenLine('to the server')]);
  for (const seconds of measured) expect(Math.max(...seconds)).toBeLessThan(30);
  const [[clientA, serverA], [clientB, serverB]] = measured;
  figure(
    'half-open link',
    `silent to the client: noticed by the widget after ${clientA.toFixed(0)} s, by the server after ${serverA.toFixed(0)} s; silent to the server: ${clientB.toFixed(0)} s and ${serverB.toFixed(0)} s; 0 missing`,
  );
});
