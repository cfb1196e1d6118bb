import { handoff, later, NOW, store, ticket, turn, upload } from './opened.ts';

/** Whose data a store holds, how it is erased, and who did what with it. */
export function erasureRules(): void {
  test('a customer’s conversations are found by user id, by addresses given and vouched for, whatever the case', async () => {
    const vouched = { customer: { id: 'shop-7', email: 'luc@exemple.fr' } };
    await store.commitTurn(
      turn(0, {
        activities: [
          {
            role: 'customer',
            at: NOW,
            activity: { type: 'message', text: 'à paul@exemple.fr', channelData: vouched },
          },
        ],
        tickets: [{ ...ticket('SUP-222222', NOW), customerEmail: 'Marie_1@exemple.fr' }],
        state: { known: { email: 'anne@exemple.fr' } },
      }),
    );
    await store.openConversation({ id: 'd', channel: 'test', userId: 'other', now: NOW });
    for (const subject of [
      { conversation: 'c' },
      { user: 'u' },
      { user: 'shop-7' },
      { email: 'LUC@exemple.fr' },
      { email: 'marie_1@exemple.fr' },
      { email: 'anne@exemple.fr' },
    ])
      expect(await store.privacy.conversationsOf(subject)).toEqual(['c']);
    for (const subject of [{ user: 'shop' }, { email: 'marie%1@exemple.fr' }, { email: 'paul@exemple.fr' }])
      expect(await store.privacy.conversationsOf(subject)).toEqual([]);
    expect(await store.privacy.mentionsOf('paul@exemple.fr')).toEqual(['c']);
  });

  test('what is overdue is erased only while nobody writes to it; a turn may forget all before it', async () => {
    await store.commitTurn(turn(0));
    const later = new Date('2027-01-01T00:00:00Z');
    const [overdue] = await store.privacy.overdue({ chats: later, tickets: later }, 10);
    expect(overdue).toEqual({ id: 'c', version: 1 });
    expect(await store.privacy.overdue({ chats: NOW, tickets: NOW }, 10)).toEqual([]);
    await store.commitTurn(turn(1, { forget: true, key: 'k' }));
    expect((await store.activities('c')).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(await store.answeredBefore('c', 'k')).toHaveLength(2);
    expect(await store.privacy.eraseIfUnchanged(overdue!)).toBe(false);
    expect(await store.privacy.eraseIfUnchanged({ id: 'c', version: 2 })).toBe(true);
    expect(await store.conversation('c')).toBeUndefined();
  });

  test('an erased conversation leaves nothing behind, and the others stay', async () => {
    await store.openConversation({ id: 'd', channel: 'test', userId: 'u', now: NOW });
    const row = (reference: string) => ({
      id: `o-${reference}`,
      kind: 'ticket_created',
      payload: { reference },
      createdAt: NOW,
    });
    const tickets = [ticket('SUP-222222', NOW)];
    await store.commitTurn(turn(0, { key: 'k', tickets, outbox: [row('SUP-222222')], uploads: [upload] }));
    await store.commitTurn(turn(0, { conversationId: 'd', outbox: [row('SUP-333333')] }));
    await store.eraseConversation('c');
    expect(await store.conversation('c')).toBeUndefined();
    expect(await store.activities('c')).toEqual([]);
    expect(await store.answeredBefore('c', 'k')).toBeUndefined();
    expect(await store.ticket('SUP-222222')).toBeUndefined();
    expect(await store.upload('f')).toBeUndefined();
    expect(await store.outbox(10)).toEqual([row('SUP-333333')]);
    expect(await store.activities('d')).toHaveLength(2);
  });

  test('of an erased conversation the desk keeps nothing', async () => {
    await store.commitTurn(
      turn(0, {
        handoff,
        ratings: [{ handoffId: 'h', conversationId: 'c', score: 4, at: NOW }],
        misunderstood: [{ seq: 1, text: 'x', at: NOW }],
        timers: [{ key: 'k', kind: 'idle', dueAt: NOW, payload: { conversationId: 'c' } }],
      }),
    );
    await store.desk.addNote({
      id: '1',
      conversationId: 'c',
      afterSeq: 1,
      at: NOW,
      agentId: 'a',
      agentName: 'Anne',
      text: 't',
    });
    await store.eraseConversation('c');
    expect(await store.desk.handoff('h')).toBeUndefined();
    expect(await store.desk.notes('c')).toEqual([]);
    expect(await store.records.ratings({ from: NOW, to: later(1) })).toEqual([]);
    expect(await store.records.misunderstood({ labelled: false, limit: 9 })).toEqual([]);
    expect(await store.timers.all(9)).toEqual([]);
  });

  test('the audit log gives the newest first, and forgets', async () => {
    const entry = { actor: 'lea', action: 'viewed', subject: 'ticket SUP-4T7K2M' } as const;
    const later = new Date(NOW.getTime() + 1000);
    await store.audit.add({ ...entry, at: NOW });
    await store.audit.add({ ...entry, at: later });
    expect((await store.audit.latest(1))[0]).toEqual({ ...entry, at: later });
    await store.audit.forget(later);
    expect(await store.audit.latest(9)).toHaveLength(1);
  });
}
