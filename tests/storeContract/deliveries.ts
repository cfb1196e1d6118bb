import { later, NOW, store, turn } from './opened.ts';

/** What leaves later: the outbox and the timers. */
export function deliveryRules(): void {
  test('what is to be delivered is written with the turn', async () => {
    const row = { id: 'o1', kind: 'ticket_created', payload: { reference: 'SUP-222222' }, createdAt: NOW };
    await store.commitTurn(turn(0, { outbox: [row] }));
    expect(await store.outbox(10)).toEqual([row]);
  });

  test('a row that was delivered keeps what the other side calls it', async () => {
    await store.commitTurn(turn(0, { outbox: [{ id: 'row', kind: 'k', payload: {}, createdAt: NOW }] }));
    expect(await store.deliveries.theirId('row')).toBeUndefined();
    await store.deliveries.settle('row', { outcome: 'delivered', at: NOW, next: [], theirId: 'theirs' });
    expect(await store.deliveries.theirId('row')).toBe('theirs');
  });

  test('the backlog says by kind what waits, since when, and what was given up', async () => {
    const row = (id: string, kind: string, minute: number) => ({
      id,
      kind,
      payload: {},
      createdAt: new Date(NOW.getTime() + minute * 60_000),
    });
    expect(await store.deliveries.backlog()).toEqual([]);
    await store.commitTurn(
      turn(0, {
        outbox: [row('a', 'mail', 0), row('b', 'mail', 1), row('c', 'hook', 2), row('d', 'x', 3)],
      }),
    );
    await store.deliveries.settle('a', { outcome: 'dead', at: NOW, reason: 'refused' });
    await store.deliveries.settle('c', { outcome: 'dead', at: NOW, reason: 'refused' });
    await store.deliveries.settle('d', { outcome: 'delivered', at: NOW, next: [] });
    const backlog = await store.deliveries.backlog();
    expect(backlog.sort((one, other) => one.kind.localeCompare(other.kind))).toEqual([
      { kind: 'hook', waiting: 0, dead: 1 },
      { kind: 'mail', waiting: 1, oldest: new Date(NOW.getTime() + 60_000), dead: 1 },
    ]);
  });

  test('timers are set and cancelled with the turn', async () => {
    const dueAt = new Date(NOW.getTime() + 60_000);
    const timer = { key: 'idle:c', kind: 'idle', dueAt, payload: { conversationId: 'c' } };
    await store.commitTurn(turn(0, { timers: [timer, { ...timer, key: 'other' }] }));
    await store.commitTurn(turn(1, { timers: [{ key: 'other', cancel: true }] }));
    expect(await store.timers.all(10)).toEqual([timer]);
    const until = new Date(dueAt.getTime() + 60_000);
    expect(await store.timers.claim({ now: NOW, until, limit: 10 })).toEqual([]);
    expect(await store.timers.claim({ now: dueAt, until, limit: 10 })).toEqual([{ ...timer, attempts: 0 }]);
    expect(await store.timers.claim({ now: dueAt, until, limit: 10 })).toEqual([]);
  });

  test('what is due is claimed by one caller, and again by another when its time is over', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `row-${String(i).padStart(2, '0')}`);
    await store.commitTurn(
      turn(0, {
        outbox: ids.map((id) => ({ id, kind: 'k', payload: {}, createdAt: NOW })),
        timers: ids.map((key) => ({ key, kind: 'k', dueAt: NOW, payload: {} })),
      }),
    );
    const claim = { now: NOW, until: later(1), limit: 5 };
    const rows = await Promise.all([1, 2, 3, 4].map(() => store.deliveries.claim('k', claim)));
    expect(rows.flatMap((those) => those.map(({ id }) => id)).sort()).toEqual(ids);
    const timers = await Promise.all([1, 2, 3, 4].map(() => store.timers.claim(claim)));
    expect(timers.flatMap((those) => those.map(({ key }) => key)).sort()).toEqual(ids);
    expect(await store.deliveries.claim('k', claim)).toEqual([]);
    const again = { now: later(1), until: later(2), limit: 12 };
    expect((await store.deliveries.claim('k', again)).map(({ id }) => id)).toEqual(ids);
  });
}
