import type { Handoff, Ticket } from '../../bot/store.ts';
import { handoff, later, NOW, store, ticket, turn } from './opened.ts';

/** What agents see and do: tickets, handoffs, notes, presence, ratings. */
export function deskRules(): void {
  test('tickets come back as they were written, by reference, by conversation and in pages', async () => {
    const tickets = ['A', 'B', 'C'].map((letter, i) =>
      ticket(`SUP-22222${letter}`, new Date(NOW.getTime() + i * 60_000)),
    );
    await store.commitTurn(turn(0, { tickets }));
    expect(await store.ticket('SUP-22222B')).toEqual(tickets[1]);
    expect(await store.ticketsOf('c')).toEqual(tickets);
    const page = await store.tickets({ limit: 2 });
    expect(page.tickets).toEqual(tickets.slice(0, 2));
    const rest = await store.tickets({ limit: 2, cursor: page.nextCursor! });
    expect(rest).toEqual({ tickets: tickets.slice(2) });
    expect((await store.tickets({ since: tickets[1]!.updatedAt })).tickets).toEqual(tickets.slice(1));
    expect((await store.tickets({ status: 'closed' })).tickets).toEqual([]);
  });

  test('the tickets of all conversations of a customer, and of no other', async () => {
    await store.openConversation({ id: 'd', channel: 'test', userId: 'u', now: NOW });
    await store.openConversation({ id: 'e', channel: 'test', userId: 'other', now: NOW });
    const first = ticket('SUP-22222A', NOW);
    const second = { ...ticket('SUP-22222B', new Date(NOW.getTime() + 60_000)), linkedTo: first.reference };
    await store.commitTurn(turn(0, { tickets: [first] }));
    await store.commitTurn(turn(0, { conversationId: 'd', tickets: [{ ...second, conversationId: 'd' }] }));
    await store.commitTurn(
      turn(0, { conversationId: 'e', tickets: [{ ...ticket('SUP-22222C', NOW), conversationId: 'e' }] }),
    );
    expect(await store.ticketsOfCustomer('u')).toEqual([first, { ...second, conversationId: 'd' }]);
  });

  test('a ticket is changed by a turn; one that is not there is not made', async () => {
    const kept = ticket('SUP-222222', NOW);
    await store.commitTurn(turn(0, { tickets: [kept] }));
    const closed: Ticket = { ...kept, status: 'closed', closedAt: later(1), updatedAt: later(1) };
    await store.commitTurn(turn(1, { updatedTickets: [closed, { ...closed, reference: 'SUP-333333' }] }));
    expect(await store.ticket('SUP-222222')).toEqual(closed);
    expect(await store.ticket('SUP-333333')).toBeUndefined();
  });

  test('a handoff is written with its turn, lives until it ends, and keeps its history', async () => {
    await store.commitTurn(turn(0, { handoff }));
    expect(await store.desk.live('c')).toEqual(handoff);
    const owner = { id: 'a', name: 'Anne' };
    const active: Handoff = {
      ...handoff,
      state: 'active',
      owner,
      acceptedAt: later(1),
      answeredAt: later(2),
    };
    await store.commitTurn(turn(1, { handoff: active }));
    expect(await store.desk.live('c')).toEqual(active);
    await store.commitTurn(turn(2, { handoff: { ...active, state: 'closed', endedAt: later(3) } }));
    expect(await store.desk.live('c')).toBeUndefined();
    expect(await store.desk.handoff('h')).toMatchObject({ state: 'closed', owner, endedAt: later(3) });
    expect(await store.records.handoffs({ from: NOW, to: later(1) })).toHaveLength(1);
    expect(await store.records.handoffs({ from: later(1), to: later(2) })).toEqual([]);
  });

  test('live handoffs come in the order in which they are to be taken: urgent ones, then the longest waits', async () => {
    const others = [
      { ...handoff, id: 'late', queuedAt: later(5) },
      { ...handoff, id: 'urgent', priority: 'urgent' as const, queuedAt: later(9) },
      { ...handoff, id: 'early', queuedAt: later(1) },
    ];
    for (const [version, each] of others.entries()) await store.commitTurn(turn(version, { handoff: each }));
    expect((await store.desk.allLive()).map(({ id }) => id)).toEqual(['urgent', 'early', 'late']);
  });

  test('notes come back in their order, each once', async () => {
    const note = { conversationId: 'c', afterSeq: 2, at: NOW, agentId: 'a', agentName: 'Anne', text: 't' };
    await store.desk.addNote({ ...note, id: '1', at: later(1) });
    await store.desk.addNote({ ...note, id: '2' });
    await store.desk.addNote({ ...note, id: '2', text: 'again' });
    const notes = await store.desk.notes('c');
    expect(notes.map(({ id, text }) => [id, text])).toEqual([
      ['2', 't'],
      ['1', 't'],
    ]);
  });

  test('a text may hold any character, as long as it is one', async () => {
    const text = 'a\u0000b \ud83d\ude00 \u202e';
    await store.desk.addNote({
      id: '1',
      conversationId: 'c',
      afterSeq: 0,
      at: NOW,
      agentId: 'a',
      agentName: 'Anne',
      text,
    });
    expect((await store.desk.notes('c'))[0]!.text.replace('\ufffd', '\0')).toBe(text);
  });

  test('presence is of those who may sign in; silence keeps the status', async () => {
    for (const id of ['anne', 'bob'])
      await store.agents.add({ id, email: `${id}@shop.fr`, name: id, passwordHash: 'h', role: 'agent' });
    await store.desk.setPresence('anne', 'away', NOW);
    expect(await store.desk.presences()).toEqual([
      { id: 'anne', name: 'anne', status: 'away', seenAt: NOW },
      { id: 'bob', name: 'bob', status: 'offline', seenAt: new Date(0) },
    ]);
    const bob = (await store.agents.byId('bob'))!;
    await store.agents.update({ ...bob, disabledAt: NOW, totpSecret: 'S', totpStep: 7 });
    expect(await store.desk.presences()).toHaveLength(1);
    expect(await store.agents.byId('bob')).toMatchObject({ totpSecret: 'S', totpStep: 7, disabledAt: NOW });
  });

  test('a rating is one for a handoff, its comment coming later', async () => {
    const rating = { handoffId: 'h', conversationId: 'c', score: 4, at: NOW };
    await store.commitTurn(turn(0, { ratings: [rating] }));
    await store.commitTurn(turn(1, { ratings: [{ ...rating, comment: 'bien' }] }));
    expect(await store.records.ratings({ from: NOW, to: later(1) })).toEqual([
      { ...rating, comment: 'bien' },
    ]);
  });

  test('what redaction recognised late leaves the sentences to label too', async () => {
    await store.commitTurn(turn(0, { misunderstood: [{ seq: 1, text: '5555 5555', at: NOW }] }));
    await store.commitTurn(turn(1, { rewritten: [{ seq: 1, text: '[carte]' }] }));
    expect(await store.records.misunderstood({ labelled: false, limit: 9 })).toMatchObject([
      { id: 'c.1', text: '[carte]' },
    ]);
  });
}
