import type { Store, TurnCommit } from '../bot/store.ts';

/** A turn that writes what is given, and nothing else. */
export function turnOf(
  given: Partial<TurnCommit> & Pick<TurnCommit, 'conversationId' | 'version'>,
): TurnCommit {
  return { activities: [], rewritten: [], state: {}, tickets: [], outbox: [], ...given };
}

/** Writes such a turn after those that the conversation has. */
export async function keepTurn(
  store: Store,
  conversationId: string,
  given: Partial<TurnCommit>,
): Promise<void> {
  const { version } = (await store.conversation(conversationId))!;
  const { outcome } = await store.commitTurn(turnOf({ ...given, conversationId, version }));
  if (outcome !== 'committed') throw new Error(`The turn was not written: ${outcome}.`);
}
