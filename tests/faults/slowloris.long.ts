import { connect, type Socket } from 'node:net';
import { Customer } from './customer.ts';
import { Guichet, pause } from './guichet.ts';
import { History } from './history.ts';
import { figure } from './report.ts';

jest.setTimeout(180_000);

let guichet: Guichet;
beforeAll(async () => {
  guichet = await Guichet.start();
});
afterAll(() => guichet.kill());

test('connections that send their headers by drops are cut within a minute, and keep nobody out meanwhile', async () => {
  const began = performance.now();
  const cut: number[] = [];
  const sockets = Array.from({ length: 200 }, (): Socket => {
    const socket = connect(guichet.port, '127.0.0.1');
    socket.write('POST /widget/token HTTP/1.1\r\nHost: a\r\n');
    socket.on('error', () => undefined);
    socket.on('close', () => cut.push((performance.now() - began) / 1000));
    return socket;
  });
  const customer = new Customer('patient', guichet.url, new History());
  await customer.begin();
  let said = 0;
  while (cut.length < sockets.length && performance.now() - began < 90_000) {
    await pause(2_000);
    for (const socket of sockets) if (socket.writable) socket.write('X-Drop: 1\r\n');
    await customer.says('menu');
    said += 1;
  }
  for (const socket of sockets) socket.destroy();
  expect(cut).toHaveLength(sockets.length);
  expect(Math.max(...cut)).toBeLessThan(60);
  figure(
    'slowloris',
    `200 connections that send a header line every 2 s: the last cut after ${Math.round(Math.max(...cut))} s; ${said} messages of a customer answered meanwhile`,
  );
});
