import { later, NOW, store } from './opened.ts';

/** Accounts and their sessions, and what is made or used once. */
export function agentRules(): void {
  test('a session ends when it expires or is closed', async () => {
    await store.agents.add({
      id: 'a',
      email: 'Anne@Shop.fr',
      name: 'Anne',
      passwordHash: 'h',
      role: 'agent',
    });
    expect(await store.agents.byEmail(' anne@shop.FR ')).toMatchObject({ id: 'a' });
    await store.agents.openSession({
      tokenHash: 't',
      agentId: 'a',
      expiresAt: new Date(NOW.getTime() + 1000),
    });
    expect(await store.agents.bySession('t', NOW)).toMatchObject({ id: 'a' });
    expect(await store.agents.bySession('t', new Date(NOW.getTime() + 1000))).toBeUndefined();
    await store.agents.closeSession('t');
    expect(await store.agents.bySession('t', NOW)).toBeUndefined();
  });

  test('of two accounts with one address the second is not made', async () => {
    const anne = { name: 'Anne', passwordHash: 'h', role: 'agent' as const };
    const added = await Promise.all(
      ['a', 'b'].map((id) => store.agents.add({ ...anne, id, email: 'anne@shop.fr' })),
    );
    expect(added.sort()).toEqual([false, true]);
    expect(await store.agents.count()).toBe(1);
  });

  test('a code is taken once, and none that is older than the last', async () => {
    await store.agents.add({ id: 'a', email: 'a@shop.fr', name: 'a', passwordHash: 'h', role: 'agent' });
    const taken = await Promise.all([7, 7, 7].map((step) => store.agents.takeStep('a', step)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect([await store.agents.takeStep('a', 6), await store.agents.takeStep('a', 8)]).toEqual([false, true]);
  });

  test('a secret is made once', async () => {
    expect(await store.secret('key', () => 'one')).toBe('one');
    expect(await store.secret('key', () => 'two')).toBe('one');
    const names = ['one', 'two', 'three'];
    expect(new Set(await Promise.all(names.map((name) => store.secret('other', () => name)))).size).toBe(1);
  });

  test('what may be used once is used once, and forgotten when it would be refused anyway', async () => {
    const times = { now: NOW, until: later(1) };
    const used = await Promise.all(['x', 'x', 'x', 'y'].map((id) => store.useOnce(id, times)));
    expect(used.filter(Boolean)).toHaveLength(2);
    expect(await store.useOnce('x', { now: later(2), until: later(3) })).toBe(true);
  });
}
