import type { Slot, Values } from './slots.ts';

/** Something promised in time, kept on the ticket and recalled later. Instants in UTC. */
export interface TimePromise {
  kind: 'reset_link_expires' | 'account_unlocks' | 'carrier_inquiry' | 'support_opens';
  /** As said to the customer, in French. */
  text: string;
  /** When it is due at the latest. */
  dueAt: Date;
  /** When it may be fulfilled at the earliest, for a span. */
  from?: Date;
}

/** What a flow needs to know of time to make its promises. */
export interface PromiseClock {
  now: Date;
  /** The end of the n-th working day after `from`: Monday to Friday, public holidays skipped. */
  addWorkingDays(from: Date, days: number): Date;
}

/** How one subject of the guide is treated, as data: what is said, what is asked and in which order. */
export interface Flow {
  /** The intent that opens it, and its name in stored state. */
  intent: string;
  /** Section of the guide that it follows. */
  section: number;
  /** What agents read as the ticket's subject. */
  title: string;
  /** As in "Revenons à …". */
  about: string;
  /** One warm line that shows the problem was understood. */
  opening: string;
  /** What the guide advises, naming its section. */
  advice(values: Values): string;
  /** Short names of the advice given, for agents. */
  advised: readonly string[];
  slots: readonly Slot[];
  /** The advice alone may settle it, so "C’est réglé" is offered with the first question. */
  mayBeSolvedByAdvice: boolean;
  priority: 'urgent' | 'normal';
  promises?(values: Values, clock: PromiseClock): TimePromise[];
}
