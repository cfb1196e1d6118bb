import type { StoredActivity } from '../../bot/store.ts';

export type Listener = (activities: readonly StoredActivity[]) => void;

/** Tells the open sockets of a conversation what was committed. */
export class Hub {
  private readonly listeners = new Map<string, Set<Listener>>();

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
    const conversationId = activities[0]?.conversationId;
    for (const listener of this.listeners.get(conversationId ?? '') ?? []) listener(activities);
  }
}
