import { randomUUID } from 'node:crypto';
import type { RemovedKind } from './redaction.ts';
import type { Incoming } from './customerTurn.ts';
import type { Change } from './turn.ts';

/**
 * What a turn goes through, in this order: the wait for the turns before it, what it reads, the removal of what must not
 * be stored, the bot, the commit, the open sockets. After a version conflict it goes through some of them again.
 */
export type Stage = 'queue' | 'read' | 'redact' | 'bot' | 'commit' | 'publish';

/** Milliseconds since 1970, with fractions. */
export interface Span {
  from: number;
  to: number;
}

/** What became of a turn, for whoever measures: names, figures, and what was written; told once, when it has ended. */
export interface TurnReport extends Span {
  turnId: string;
  conversationId: string;
  kind: Incoming['kind'] | 'change';
  /** `replayed`: the message was known, and got the stored answer. `failed`: nothing was stored. */
  outcome: 'committed' | 'replayed' | 'failed';
  stages: readonly (Span & { stage: Stage })[];
  /** How often another process was faster. */
  conflicts: number;
  /** The bot threw, and the customer got an apology. */
  apologised: boolean;
  removed: readonly RemovedKind[];
  /** What the commit wrote, when there was one. */
  written?: Change;
  /** Rows that now wait in the outbox because of it. */
  queued: number;
}

/** Takes the time of one turn while it runs; its first stage, the queue, begins at once. */
export class TurnWatch {
  /** On every log line about the turn. */
  readonly ids: { conversationId: string; turnId: string };
  conflicts = 0;
  apologised = false;
  removed: readonly RemovedKind[] = [];
  written: Change | undefined;
  queued = 0;
  private readonly kind: TurnReport['kind'];
  private readonly begun: { stage: Stage; from: number }[] = [];

  constructor(conversationId: string, kind: TurnReport['kind']) {
    this.ids = { conversationId, turnId: randomUUID() };
    this.kind = kind;
    this.begin('queue');
  }

  /** Begins a stage, which ends the one before. */
  begin(stage: Stage): void {
    this.begun.push({ stage, from: clock() });
  }

  /** The turn as it ended; its last stage ends now. */
  report(outcome: TurnReport['outcome']): TurnReport {
    const to = clock();
    const { conflicts, apologised, removed, written, queued } = this;
    return {
      ...this.ids,
      kind: this.kind,
      outcome,
      from: this.begun[0]!.from,
      to,
      stages: this.begun.map(({ stage, from }, i) => ({ stage, from, to: this.begun[i + 1]?.from ?? to })),
      conflicts,
      apologised,
      removed,
      queued,
      ...(written && { written }),
    };
  }
}

/** Never goes back, as the machine's clock may. */
function clock(): number {
  return performance.timeOrigin + performance.now();
}
