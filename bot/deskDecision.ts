import type { Now } from './clock.ts';
import type { Case } from './deskChange.ts';
import type { Store, StoredActivity } from './store.ts';
import type { SupportHours } from './supportHours.ts';
import type { Change, Turns } from './turn.ts';

/** What an agent asked for is done, or why not, in words for the agent. */
export type DeskResult =
  | { outcome: 'done' }
  | { outcome: 'unknown' }
  | { outcome: 'refused'; reason: string }
  /** Others have spoken since what the agent had seen; nothing was sent. */
  | { outcome: 'stale'; newer: StoredActivity[] };

export interface DeskParts {
  store: Store;
  turns: Turns;
  hours: SupportHours;
  now: Now;
}

export const DONE: DeskResult = { outcome: 'done' };
export const refused = (reason: string): DeskResult => ({ outcome: 'refused', reason });

/** Decides on the ticket as it is inside its conversation's queue. */
export async function decide(
  { store, turns }: Pick<DeskParts, 'store' | 'turns'>,
  reference: string,
  how: (found: Case) => Promise<DeskResult | { change: Change }> | DeskResult | { change: Change },
  key?: string,
): Promise<DeskResult> {
  const known = await store.ticket(reference);
  if (!known) return { outcome: 'unknown' };
  let result: DeskResult = DONE;
  await turns.change(
    known.conversationId,
    async (conversation, at) => {
      const ticket = (await store.ticket(reference))!;
      const handoff = await store.desk.live(conversation.id);
      const decided = await how({
        ticket,
        handoff: handoff?.reference === reference ? handoff : undefined,
        conversation,
        at,
      });
      result = 'change' in decided ? DONE : decided;
      return 'change' in decided ? decided.change : undefined;
    },
    key,
  );
  return result;
}
