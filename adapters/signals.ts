import type { Event } from './console/news.ts';

/**
 * What a process shows its own clients of a conversation, and the other processes on the same database theirs. A signal
 * carries nothing that was said, and it may be lost: what is stored is read, not what was told of it.
 */
export type Signal =
  /** There is something up to this place. */
  | { kind: 'committed'; conversationId: string; seq: number }
  /** An agent of that name is writing to the customer. */
  | { kind: 'typing'; conversationId: string; name: string }
  | { kind: 'erased'; conversationId: string }
  /** For the agents' pages. */
  | { kind: 'news'; event: Event };
