import type { Handoff, Store, Ticket, TurnCommit } from '../bot/store.ts';

const NOW = new Date('2026-03-18T13:30:00Z');

/** What every engine must answer alike. */
export function storeContract(engine: string, open: () => Promise<Store>): void {
  describe(`the store on ${engine}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.openConversation({ id: 'c', channel: 'test', userId: 'u', now: NOW });
    });
    afterEach(() => store.close());

    const turn = (version: number, changes: Partial<TurnCommit> = {}): TurnCommit => ({
      conversationId: 'c',
      version,
      activities: [
        { role: 'customer', at: NOW, activity: { type: 'message', text: `question ${version}` } },
        { role: 'bot', at: NOW, activity: { type: 'message', text: `answer ${version}` } },
      ],
      rewritten: [],
      state: { version },
      tickets: [],
      outbox: [],
      ...changes,
    });

    test('a conversation is opened once', async () => {
      const again = await store.openConversation({ id: 'c', channel: 'test', userId: 'other', now: NOW });
      expect(again.created).toBe(false);
      expect(await store.conversation('c')).toMatchObject({ userId: 'u', version: 0, lastSeq: 0 });
      expect(await store.conversation('unknown')).toBeUndefined();
    });

    test('a turn is written whole, with consecutive sequence numbers and answers that point at the message', async () => {
      await store.commitTurn(turn(0));
      await store.commitTurn(turn(1));
      const stored = await store.activities('c');
      expect(stored.map((entry) => [entry.seq, entry.role, entry.activity.text])).toEqual([
        [1, 'customer', 'question 0'],
        [2, 'bot', 'answer 0'],
        [3, 'customer', 'question 1'],
        [4, 'bot', 'answer 1'],
      ]);
      expect(stored[3]!.activity.replyToId).toBe(stored[2]!.id);
      expect(stored[3]!.activity.channelData).toMatchObject({ 'webchat:sequence-id': 4 });
      expect(await store.conversation('c')).toMatchObject({ lastSeq: 4, version: 2, state: { version: 1 } });
    });

    test('a turn that read an older version conflicts and leaves nothing', async () => {
      await store.commitTurn(turn(0));
      expect(await store.commitTurn(turn(0, { key: 'k' }))).toEqual({ outcome: 'conflict' });
      expect(await store.activities('c')).toHaveLength(2);
      expect(await store.answeredBefore('c', 'k')).toBeUndefined();
    });

    test('what a message with a key gave is found by it', async () => {
      const first = await store.commitTurn(turn(0, { key: 'k' }));
      const found = await store.answeredBefore('c', 'k');
      expect(found).toEqual(first.outcome === 'committed' && first.activities);
      expect(await store.answeredBefore('c', 'another')).toBeUndefined();
    });

    test('a message with two keys is found by either', async () => {
      await store.commitTurn(turn(0, { key: 'id', alsoKey: 'content' }));
      for (const key of ['id', 'content']) expect(await store.answeredBefore('c', key)).toHaveLength(2);
    });

    test('a key is written once: a commit that did not look for it leaves nothing', async () => {
      await store.commitTurn(turn(0, { key: 'k' }));
      await expect(store.commitTurn(turn(1, { key: 'k' }))).rejects.toThrow();
      expect(await store.activities('c')).toHaveLength(2);
      expect(await store.conversation('c')).toMatchObject({ lastSeq: 2, version: 1 });
    });

    test('a turn looks back on what was said last, as it is stored', async () => {
      for (let version = 0; version < 14; version += 1) {
        await store.commitTurn(turn(version));
        expect(await store.lastActivities('c', 3)).toEqual((await store.activities('c')).slice(-3));
      }
      expect(await store.lastActivities('c', 24)).toEqual((await store.activities('c')).slice(-24));
      expect(await store.lastActivities('none', 24)).toEqual([]);
    });

    test('what is rewritten late is what is read from then on', async () => {
      await store.commitTurn(turn(0));
      expect((await store.lastActivities('c', 2))[0]!.activity.text).toBe('question 0');
      await store.commitTurn(turn(1, { rewritten: [{ seq: 1, text: 'taken out' }] }));
      expect((await store.lastActivities('c', 4))[0]!.activity.text).toBe('taken out');
    });

    test('without a state the stored one stays', async () => {
      await store.commitTurn(turn(0, { state: { kept: true } }));
      await store.commitTurn({ ...turn(1), state: undefined });
      expect(await store.conversation('c')).toMatchObject({ version: 2, state: { kept: true } });
    });

    test('what is done to a state that was read is not done to the stored one', async () => {
      await store.commitTurn(turn(0, { state: { list: [1] } }));
      const read = (await store.conversation('c'))!.state as { list: number[] };
      read.list.push(2);
      expect((await store.conversation('c'))!.state).toEqual({ list: [1] });
    });

    test('how a conversation is reached is kept as it was last told', async () => {
      const reach = { shared: true, address: { serviceUrl: 'https://x.example' } };
      await store.openConversation({ id: 'd', channel: 'test', userId: 'u', now: NOW, reach });
      expect((await store.conversation('d'))?.reach).toEqual(reach);
      await store.setReach('d', { ...reach, refused: true });
      expect((await store.conversation('d'))?.reach).toEqual({ ...reach, refused: true });
      expect((await store.conversation('c'))?.reach).toBeUndefined();
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

    test('keys of different conversations do not meet', async () => {
      await store.openConversation({ id: 'd', channel: 'test', userId: 'u', now: NOW });
      await store.commitTurn(turn(0, { key: 'k' }));
      const other = await store.commitTurn(turn(0, { key: 'k', conversationId: 'd' }));
      expect(other.outcome).toBe('committed');
    });

    test('activities are read after a watermark, and from the end', async () => {
      for (let version = 0; version < 3; version += 1) await store.commitTurn(turn(version));
      expect((await store.activities('c', 4)).map((entry) => entry.seq)).toEqual([5, 6]);
      expect((await store.activities('c', 1, 2)).map((entry) => entry.seq)).toEqual([2, 3]);
      expect((await store.lastActivities('c', 3)).map((entry) => entry.seq)).toEqual([4, 5, 6]);
    });

    test('an earlier text can be rewritten by a later turn', async () => {
      await store.commitTurn(turn(0));
      await store.commitTurn(turn(1, { rewritten: [{ seq: 1, text: '[carte]' }] }));
      const [first] = await store.activities('c');
      expect(first!.activity.text).toBe('[carte]');
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

    test('what is to be delivered is written with the turn', async () => {
      const row = { id: 'o1', kind: 'ticket_created', payload: { reference: 'SUP-222222' }, createdAt: NOW };
      await store.commitTurn(turn(0, { outbox: [row] }));
      expect(await store.outbox(10)).toEqual([row]);
    });

    const upload = {
      id: 'f',
      name: 'écran.png',
      contentType: 'image/png',
      bytes: new Uint8Array([1, 0, 255]),
    };

    test('a file is written with its turn, and comes back as it was', async () => {
      expect(await store.upload('f')).toBeUndefined();
      await store.commitTurn(turn(0, { uploads: [upload] }));
      const kept = await store.upload('f');
      expect({ ...kept, bytes: new Uint8Array(kept!.bytes) }).toEqual({ ...upload, conversationId: 'c' });
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

    const handoff: Handoff = {
      id: 'h',
      conversationId: 'c',
      reference: 'SUP-222222',
      state: 'queued',
      priority: 'normal',
      queuedAt: NOW,
    };
    const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

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
      for (const [version, each] of others.entries())
        await store.commitTurn(turn(version, { handoff: each }));
      expect((await store.desk.allLive()).map(({ id }) => id)).toEqual(['urgent', 'early', 'late']);
    });

    test('a ticket is changed by a turn; one that is not there is not made', async () => {
      const kept = ticket('SUP-222222', NOW);
      await store.commitTurn(turn(0, { tickets: [kept] }));
      const closed: Ticket = { ...kept, status: 'closed', closedAt: later(1), updatedAt: later(1) };
      await store.commitTurn(turn(1, { updatedTickets: [closed, { ...closed, reference: 'SUP-333333' }] }));
      expect(await store.ticket('SUP-222222')).toEqual(closed);
      expect(await store.ticket('SUP-333333')).toBeUndefined();
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

    test('the audit log gives the newest first, and forgets', async () => {
      const entry = { actor: 'lea', action: 'viewed', subject: 'ticket SUP-4T7K2M' } as const;
      const later = new Date(NOW.getTime() + 1000);
      await store.audit.add({ ...entry, at: NOW });
      await store.audit.add({ ...entry, at: later });
      expect((await store.audit.latest(1))[0]).toEqual({ ...entry, at: later });
      await store.audit.forget(later);
      expect(await store.audit.latest(9)).toHaveLength(1);
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
      expect([await store.agents.takeStep('a', 6), await store.agents.takeStep('a', 8)]).toEqual([
        false,
        true,
      ]);
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
  });
}

function ticket(reference: string, at: Date): Ticket {
  return {
    reference,
    conversationId: 'c',
    channel: 'test',
    intent: 'lost_parcel',
    section: 6,
    subject: 'Problème de livraison',
    status: 'open',
    priority: 'normal',
    createdAt: at,
    updatedAt: at,
    advice: ['voisins'],
    details: [
      {
        name: 'orderNumber',
        label: 'Numéro de commande',
        value: '100245',
        shown: '100245',
        required: true,
        givenBy: 'customer',
        source: 'spotted',
      },
    ],
    promises: [{ kind: 'carrier_inquiry', text: '…', dueAt: at, from: at }],
  };
}
