import type { CrashPoint } from './crashPoint.ts';
import { pause } from './guichet.ts';
import { figure, LONG } from './report.ts';
import { World } from './world.ts';

jest.setTimeout(LONG ? 10 * 60_000 : 60_000);

const MARK = '^update "outbox".*"delivered_at" =';
const points: [string, CrashPoint][] = [
  ['after the commit, before the 200', { following: 'into "turns"', statement: '^commit', when: 'after' }],
  ['after the webhook’s 2xx, before the mark', { statement: MARK, value: ':webhook', when: 'before' }],
  ['after the mail server’s 250, before the mark', { statement: MARK, value: '_email', when: 'before' }],
  [
    'in the middle of a turn: the state is read, nothing is written',
    { statement: 'from "activities".* desc', when: 'after' },
  ],
  [
    'after the state is written, before the message is',
    { statement: 'update "conversations"', when: 'after' },
  ],
  ['after the message is inserted', { statement: 'into "activities"', when: 'after' }],
  ['after the key is inserted', { statement: 'into "turns"', when: 'after' }],
  ['after the ticket is inserted', { statement: 'into "tickets"', when: 'after' }],
  ['after the outbox’s row is inserted', { statement: 'into "outbox"', when: 'after' }],
  ['at the commit', { following: 'into "turns"', statement: '^commit', when: 'before' }],
  ['after the commit of a ticket', { following: 'into "tickets"', statement: '^commit', when: 'after' }],
  [
    'after a delivery is claimed, before it is made',
    { statement: '^update "outbox" set "claimed_until"', when: 'after' },
  ],
  [
    'after an event is marked, before the rows that it gives rise to',
    { statement: MARK, value: 'ticket-created', when: 'after' },
  ],
  ['after a delivery’s mark, at its commit', { following: MARK, statement: '^commit', when: 'before' }],
  ['after a delivery’s mark is committed', { following: MARK, statement: '^commit', when: 'after' }],
];

test('kill -9 at named points: what was acknowledged is there and answered once, what is due leaves', async () => {
  const world = await World.open({ preload: './tests/faults/crashPoint.ts' });
  const { guichet } = world;
  await guichet.up();
  world.populate(2);
  const chosen = LONG ? points : points.slice(0, 2);
  for (const [name, point] of chosen) {
    await guichet.tell(point);
    const end = await Promise.race([guichet.gone(), pause(60_000)]);
    // A point that is never reached proves nothing.
    expect([name, end]).toEqual([name, { code: null, signal: 'SIGKILL' }]);
    await guichet.up();
  }
  expect(await world.rest()).toEqual([]);
  const repeated =
    world.history.delivered().length - new Set(world.history.delivered().map(({ id }) => id)).size;
  await world.close();
  // The other side was told, and the process died before it knew: only a second delivery can follow.
  expect(repeated).toBeGreaterThan(0);
  figure(
    'kill -9 at named points',
    `${chosen.length} kills, each at a point of its own; ${world.acknowledged} messages acknowledged, 0 lost, 0 answered twice; ${repeated} deliveries made twice, each under its one id`,
  );
});
