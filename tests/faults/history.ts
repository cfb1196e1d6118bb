/*
 * What clients of a test did and saw, as a history in the manner of Jepsen: each operation is invoked, and then it is known
 * to have happened (ok), known not to have (fail), or nobody knows (info: the line was cut, or no answer came).
 */

export type Phase = 'invoke' | 'ok' | 'fail' | 'info';

/** One try of a customer to say something. The same key is the same message, however often it is tried. */
export interface Said {
  /** Milliseconds since the history began. */
  time: number;
  client: string;
  operation: 'say';
  conversation: string;
  key: string;
  phase: Phase;
  /** The activity's id, of `ok`. */
  id?: string;
}

/** One activity as an observer got it: a customer's tab, the API for the shop's systems, an export. */
export interface Seen {
  time: number;
  client: string;
  operation: 'see';
  conversation: string;
  seq: number;
  id: string;
  role: string;
  text: string;
  /** The customer's own key, of what a customer said. */
  key?: string;
  replyToId?: string;
}

/** Something that left for the outside, by the id that the other side got. */
export interface Delivered {
  time: number;
  operation: 'deliver';
  id: string;
}

export type Event = Said | Seen | Delivered;
type WithoutTime<T> = T extends unknown ? Omit<T, 'time'> : never;

export class History {
  readonly events: Event[] = [];
  private readonly began = performance.now();

  add(event: WithoutTime<Event>): void {
    this.events.push({ time: performance.now() - this.began, ...event });
  }

  said(): Said[] {
    return this.events.filter((event) => event.operation === 'say');
  }

  seen(): Seen[] {
    return this.events.filter((event) => event.operation === 'see');
  }

  delivered(): Delivered[] {
    return this.events.filter((event) => event.operation === 'deliver');
  }
}
