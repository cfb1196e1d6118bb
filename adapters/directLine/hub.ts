import type { StoredActivity } from '../../bot/store.ts';

export interface Listener {
  committed(activities: readonly StoredActivity[]): void;
  /** Someone of that name is writing to the customer. Never stored. */
  typing(name: string): void;
  /** The conversation was erased: there is nothing more to hear. */
  erased(): void;
}

/** Tells the open sockets of a conversation what was committed. */
export class Hub {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly typingElsewhere: (conversationId: string) => void;

  /** @param typingElsewhere is told of writing agents too, for customers who have no socket */
  constructor(typingElsewhere: (conversationId: string) => void = () => undefined) {
    this.typingElsewhere = typingElsewhere;
  }

  /** @returns the way to stop listening. */
  subscribe(conversationId: string, listener: Listener): () => void {
    const those = this.listeners.get(conversationId) ?? new Set();
    this.listeners.set(conversationId, those.add(listener));
    return () => {
      those.delete(listener);
      if (those.size === 0) this.listeners.delete(conversationId);
    };
  }

  publish(activities: readonly StoredActivity[]): void {
    for (const listener of this.of(activities[0]?.conversationId)) listener.committed(activities);
  }

  typing(conversationId: string, name: string): void {
    for (const listener of this.of(conversationId)) listener.typing(name);
    this.typingElsewhere(conversationId);
  }

  erased(conversationId: string): void {
    for (const listener of this.of(conversationId)) listener.erased();
  }

  private of(conversationId = ''): readonly Listener[] {
    return [...(this.listeners.get(conversationId) ?? [])];
  }
}
