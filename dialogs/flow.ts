import type { Message, Slot, Values } from './slots.ts';

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
  /** When the support opens next; undefined while it is open. */
  nextOpening?: Date;
}

/** Something worked out from what the customer said, for agents: a search window, a recipe. */
export interface Derived {
  name: string;
  label: string;
  value: string;
  shown: string;
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
  /** What the guide advises, naming its section; with what is known, so that nobody is told to do what they did. */
  advice(values: Values): string;
  /** Short names of the advice given, for agents. */
  advised: readonly string[];
  slots: readonly Slot[];
  /** Names that slots had in earlier releases, old to new: open conversations keep what they hold. */
  renamed?: Readonly<Record<string, string>>;
  /** The advice alone may settle it, so the first question also asks whether it did. */
  mayBeSolvedByAdvice: boolean;
  priority: 'urgent' | 'normal';
  /** Things to offer beside the open question, each a command that the customer may type. */
  offers?(values: Values, now: Date): readonly string[];
  promises?(values: Values, clock: PromiseClock): TimePromise[];
  derived?(values: Values, at: Pick<Message, 'now' | 'find'>): Derived[];
}
