import type { StoredActivity } from '../../bot/store.ts';
import type { Signal } from '../signals.ts';

/** What an open socket is told of its conversation. */
export interface Listener {
  /** Activities as they were committed here, one after the other. */
  committed(activities: readonly StoredActivity[]): void;
  /** There is something up to this place, to be read. */
  stored(seq: number): void;
  /** Someone of that name is writing to the customer. Never stored. */
  typing(name: string): void;
  /** The conversation was erased: there is nothing more to hear. */
  /** The conversation is no more: its sockets are closed. */
  erased(): void;
}

/** Tells the open sockets of a conversation what was committed. */
export class Hub {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly elsewhere: (signal: Signal) => void;

  /** @param elsewhere is told everything too, for those who have no socket here */
  constructor(elsewhere: (signal: Signal) => void = () => undefined) {
    this.elsewhere = elsewhere;
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

  /** The conversations that have open sockets. */
  watched(): string[] {
    return [...this.listeners.keys()];
  }

  /** Activities of one conversation that were committed here, in their order. */
  publish(activities: readonly StoredActivity[]): void {
    const last = activities.at(-1);
    if (!last) return;
    const { conversationId, seq } = last;
    for (const listener of this.of(conversationId)) listener.committed(activities);
    this.elsewhere({ kind: 'committed', conversationId, seq });
  }

  /** An agent of that name is writing; told, and forgotten. */
  typing(conversationId: string, name: string): void {
    this.tell({ kind: 'typing', conversationId, name });
  }

  erased(conversationId: string): void {
    this.tell({ kind: 'erased', conversationId });
  }

  /** Tells the sockets here what happened in another process. */
  hear(signal: Exclude<Signal, { kind: 'news' }>): void {
    for (const listener of this.of(signal.conversationId)) {
      if (signal.kind === 'committed') listener.stored(signal.seq);
      else if (signal.kind === 'typing') listener.typing(signal.name);
      else listener.erased();
    }
  }

  private tell(signal: Exclude<Signal, { kind: 'news' }>): void {
    this.hear(signal);
    this.elsewhere(signal);
  }

  private of(conversationId: string): readonly Listener[] {
    return [...(this.listeners.get(conversationId) ?? [])];
  }
}
