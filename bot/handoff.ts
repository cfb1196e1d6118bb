import { toCustomer } from './envelope.ts';
import type { ConversationRecord, Handoff, HandoffState, Person, TurnCommit } from './store.ts';

/** What may happen to a handoff. */
export type HandoffStep =
  /** An agent takes it; another one takes it over. */
  | 'accept'
  /** An agent speaks to the customer. */
  | 'speak'
  /** Its agent has gone or puts it back: it waits again. */
  | 'release'
  /** The customer or the agent ends it, and the bot goes on. */
  | 'return'
  /** The agent has settled it. */
  | 'close'
  /** Nobody came, or nobody spoke any more. */
  | 'expire';

/**
 * The life of a handoff, as one table: from each state, what may happen and where it leads. "bot" is the time before
 * there is one; the last three states are ends, after which a new one may begin.
 */
export const transitions: Readonly<
  Record<HandoffState | 'bot', Readonly<Partial<Record<HandoffStep | 'request', HandoffState>>>>
> = {
  bot: { request: 'queued' },
  queued: { accept: 'accepted', return: 'returned', close: 'closed', expire: 'expired' },
  accepted: {
    accept: 'accepted',
    speak: 'active',
    release: 'queued',
    return: 'returned',
    close: 'closed',
    expire: 'expired',
  },
  active: {
    accept: 'accepted',
    speak: 'active',
    release: 'queued',
    return: 'returned',
    close: 'closed',
    expire: 'expired',
  },
  returned: {},
  closed: {},
  expired: {},
};

/** The states in which a human is in charge, so that the bot keeps silent. */
export function humanInCharge({ state }: Handoff): boolean {
  return state === 'accepted' || state === 'active';
}

/**
 * The handoff after a step; undefined when the step is not possible in its state.
 * @param owner who accepts it; needed for `accept` alone
 */
export function move(handoff: Handoff, step: HandoffStep, at: Date, owner?: Person): Handoff | undefined {
  const state = transitions[handoff.state][step];
  if (state === undefined) return undefined;
  const { owner: before, ...rest } = handoff;
  const next = { ...rest, state };
  switch (step) {
    case 'accept':
      return { ...next, ...(owner && { owner }), acceptedAt: handoff.acceptedAt ?? at };
    case 'speak':
      return { ...next, ...(before && { owner: before }), answeredAt: handoff.answeredAt ?? at };
    case 'release':
      // Its place in the queue is that of the customer's wish, so it goes to the front.
      return next;
    default:
      return { ...next, ...(before && { owner: before }), endedAt: at };
  }
}

type Entry = TurnCommit['activities'][number];

/**
 * The Bot Framework's `handoff.status` event, as an activity of the conversation.
 * @param text for transcripts, in French; empty where there is nothing to tell people
 */
export function statusEvent(
  handoff: Handoff,
  text: string,
  conversation: ConversationRecord,
  at: Date,
): Entry {
  return {
    role: 'bot',
    at,
    activity: {
      type: 'event',
      name: 'handoff.status',
      ...toCustomer(conversation, at),
      text,
      value: {
        // The protocol knows accepted, completed and failed; ours is the finer word.
        state: PROTOCOL_STATES[handoff.state],
        status: handoff.state,
        ...(handoff.owner && { agent: handoff.owner.name }),
      },
    },
  };
}

const PROTOCOL_STATES: Record<HandoffState, string> = {
  queued: 'queued',
  accepted: 'accepted',
  active: 'accepted',
  returned: 'completed',
  closed: 'completed',
  expired: 'failed',
};

/** The places of those that wait, by their id; 1 is the next to be taken. */
export function placesInQueue(live: readonly Handoff[]): Map<string, number> {
  return new Map(live.filter(({ state }) => state === 'queued').map(({ id }, i) => [id, i + 1]));
}

/** The place of a waiting handoff among those that are live, in their order; 1 is the next to be taken. */
export function placeInQueue(handoff: Handoff, live: readonly Handoff[]): number {
  const waiting = live.filter(({ state }) => state === 'queued');
  const at = waiting.findIndex(({ id }) => id === handoff.id);
  if (at >= 0) return at + 1;
  // Not written yet: urgent ones go before those that are not.
  return 1 + waiting.filter(({ priority }) => handoff.priority === 'normal' || priority === 'urgent').length;
}
