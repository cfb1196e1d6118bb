/** Something to do at a time, once; a timer set again under its key takes the place of the one before. */
export interface Timer {
  /** Names what it is for, such as "idle:<conversation>". */
  key: string;
  /** Who acts on it. */
  kind: string;
  dueAt: Date;
  payload: unknown;
}

export type TimerChange = Timer | { key: string; cancel: true };

export interface ClaimedTimer extends Timer {
  attempts: number;
}

/** The timers, as the clockwork sees them. Turns set and cancel them in their commit. */
export interface TimerRows {
  change(changes: readonly TimerChange[]): Promise<void>;
  claim(claim: { now: Date; until: Date; limit: number }): Promise<ClaimedTimer[]>;
  /** Forgets a timer that was acted on, unless it has been set anew since. */
  done(timer: Timer): Promise<void>;
  later(timer: Timer, dueAt: Date): Promise<void>;
  all(limit: number): Promise<Timer[]>;
}
