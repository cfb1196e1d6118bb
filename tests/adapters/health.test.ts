import { TestServer } from '../server.ts';

/* What a load balancer and a supervisor ask. That a full disk and a stop are told is in tests/faults. */

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});

test('a server that can take messages says so, to anyone, and tells nothing more', async () => {
  expect(await server.ask('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
  const ready = await server.ask('GET', '/readyz');
  expect(ready).toMatchObject({ status: 200, body: { status: 'ready' } });
  expect(ready.headers.get('cache-control')).toBe('no-store');
  await server.stop();
});

test('a server whose database is out of reach lives and is not ready', async () => {
  await server.store.close();
  expect(await server.ask('GET', '/healthz')).toMatchObject({ status: 200 });
  const answer = await server.ask('GET', '/readyz');
  expect(answer).toMatchObject({ status: 503, body: { status: 'the database cannot be written' } });
  expect(answer.headers.get('retry-after')).toBe('2');
});
