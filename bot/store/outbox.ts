/** Something to deliver to the outside once the turn is committed; at least once, with a stable id. */
export interface OutboxRow {
  id: string;
  /** Which deliverer takes it: "support_email"… */
  kind: string;
  payload: unknown;
  createdAt: Date;
  /** Rows of one lane leave one after the other, in the order of their writing; those without a lane do not wait. */
  lane?: string;
}

/** A row that is being delivered. */
export interface ClaimedRow extends OutboxRow {
  /** Deliveries tried before this one. */
  attempts: number;
}

/** A row that was given up, for a supervisor to look at and send again. */
export interface DeadLetter extends ClaimedRow {
  deadAt: Date;
  reason: string;
}

/**
 * How a delivery ended; `next` are rows that it gives rise to, written with its mark; `theirId` is what the other side
 * calls what it got.
 */
export type Settlement =
  | { outcome: 'delivered'; at: Date; next: readonly OutboxRow[]; theirId?: string }
  | { outcome: 'later'; dueAt: Date; reason: string }
  | { outcome: 'dead'; at: Date; reason: string };

/** The rows of one kind that the outside has not got. */
export interface Backlog {
  kind: string;
  waiting: number;
  /** When the oldest one that waits was written. */
  oldest?: Date;
  /** Dead letters. */
  dead: number;
}

/** The rows of the outbox, as those who deliver them see them. */
export interface Deliveries {
  /**
   * Rows of this kind whose time has come, the oldest first, for this caller alone until `until`. A row whose lane
   * has an earlier one still to be delivered is not among them.
   */
  claim(kind: string, claim: { now: Date; until: Date; limit: number }): Promise<ClaimedRow[]>;
  settle(id: string, settlement: Settlement): Promise<void>;
  /** What the other side calls what it got by this row; undefined for rows not delivered, or forgotten. */
  theirId(id: string): Promise<string | undefined>;
  /** What waits and what was given up, by kind; kinds of which there is neither are left out. */
  backlog(): Promise<Backlog[]>;
  /** The newest first. */
  dead(limit: number): Promise<DeadLetter[]>;
  /** @returns false when there is no such dead letter. */
  sendAgain(id: string, now: Date): Promise<boolean>;
  /** Forgets what was delivered before this instant. */
  forgetDelivered(before: Date): Promise<void>;
}
