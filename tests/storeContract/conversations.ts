import { NOW, store, turn, upload } from './opened.ts';

/** Conversations and the turns that are written to them. */
export function conversationRules(): void {
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

  test('a file is written with its turn, and comes back as it was', async () => {
    expect(await store.upload('f')).toBeUndefined();
    await store.commitTurn(turn(0, { uploads: [upload] }));
    const kept = await store.upload('f');
    expect({ ...kept, bytes: new Uint8Array(kept!.bytes) }).toEqual({ ...upload, conversationId: 'c' });
  });
}
