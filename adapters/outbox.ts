import type { Logger } from 'pino';
import { backOff } from '../bot/backOff.ts';
import type { Now } from '../bot/clock.ts';
import { Loop } from '../bot/loop.ts';
import type { ClaimedRow, OutboxRow, Settlement, Store } from '../bot/store.ts';

/**
 * How a delivery went. `delivered`: the other side has it, and calls it `theirId`; `next` are rows that it gives rise to. `later`: try again,
 * after `afterMs` where the other side named a time. `refused`: trying again will not help.
 */
export type Delivery =
  | { outcome: 'delivered'; next?: readonly OutboxRow[]; theirId?: string }
  | { outcome: 'later'; reason: string; afterMs?: number }
  | { outcome: 'refused'; reason: string };

/**
 * Hands one row to the outside. It may be called again with the same row (the process died before the mark), so it
 * passes the row's id on as Message-ID, webhook-id or the like. What it throws counts as `later`.
 * @param signal aborts when the time for a delivery is over
 */
export type Deliver = (row: ClaimedRow, signal: AbortSignal) => Promise<Delivery>;

const EVERY_MS = 1_000;
/** A delivery that takes longer has failed. */
const LONGEST_MS = 30_000;
/** Longer than a delivery: a row is claimed by a second process only when the first one is gone. */
const LEASE_MS = 60_000;
/** Rows of one kind on their way at once; their lanes differ. */
const AT_ONCE = 8;
const GIVE_UP_AFTER_MS = 72 * 3600_000;
const KEPT_MS = 30 * 24 * 3600_000;
const LONGEST_REASON = 300;

export interface OutboxParts {
  store: Pick<Store, 'deliveries'>;
  now: Now;
  log: Logger;
  random?: () => number;
  /** Called after each delivery, however it went. */
  settled?(delivery: Settled): void;
}

/** How a delivery ended, for whoever measures. */
export interface Settled {
  kind: string;
  outcome: Settlement['outcome'];
  /** How long it took, in milliseconds. */
  ms: number;
}

/**
 * Delivers the outbox, at least once, for 72 hours; then a row is a dead letter, for a supervisor to send again. Kinds
 * do not wait for one another: a dead mail server slows no webhook.
 */
export class Outbox {
  private readonly parts: OutboxParts;
  private readonly deliverers: Readonly<Record<string, Deliver>>;
  private readonly underWay = new Map<string, Set<Promise<void>>>();
  private loops = new Map<string, Loop>();
  private forgetting: Loop | undefined;

  /** @param deliverers by the rows' kind; a row of another kind waits until a release knows it */
  constructor(parts: OutboxParts, deliverers: Readonly<Record<string, Deliver>>) {
    this.parts = parts;
    this.deliverers = deliverers;
    for (const kind of Object.keys(deliverers)) this.underWay.set(kind, new Set());
  }

  /** Looks for what is due, now and then, until `stop`. */
  start(): void {
    const { log } = this.parts;
    for (const kind of this.underWay.keys()) {
      this.loops.set(kind, new Loop(() => this.take(kind), EVERY_MS, log));
    }
    this.forgetting = new Loop(() => this.forget(), KEPT_MS / 30, log);
    this.forgetting.wake();
    this.wake();
  }

  /** Rows may have been written: do not wait for the next look. */
  wake(): void {
    for (const loop of this.loops.values()) loop.wake();
  }

  /** Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    await this.forgetting?.stop();
    await Promise.all([...this.loops.values()].map((loop) => loop.stop()));
    await Promise.all([...this.underWay.values()].flatMap((those) => [...those]));
  }

  /** Delivers everything of all kinds that is due now, and what it gives rise to. */
  async pass(): Promise<void> {
    for (let found = true; found;) {
      const counts = await Promise.all([...this.underWay.keys()].map((kind) => this.take(kind)));
      await Promise.all([...this.underWay.values()].flatMap((those) => [...those]));
      found = counts.some((count) => count > 0);
    }
  }

  /**
   * Begins the deliveries of a kind that are due, as many as may be under way at once. They are not waited for: one that
   * hangs takes its own place and no other; each that ends makes room.
   * @returns how many were begun
   */
  private async take(kind: string): Promise<number> {
    const { store, now, log } = this.parts;
    const those = this.underWay.get(kind)!;
    const limit = AT_ONCE - those.size;
    if (limit === 0) return 0;
    const at = now();
    const rows = await store.deliveries.claim(kind, {
      now: at,
      until: new Date(at.getTime() + LEASE_MS),
      limit,
    });
    for (const row of rows) {
      const delivery = this.deliver(row)
        // The mark could not be written: the row is claimed anew when its time is over.
        .catch((error: unknown) => log.error({ err: error, kind }, 'a delivery could not be marked'))
        .finally(() => {
          those.delete(delivery);
          this.loops.get(kind)?.wake();
        });
      those.add(delivery);
    }
    return rows.length;
  }

  private async deliver(row: ClaimedRow): Promise<void> {
    const { store, now, log } = this.parts;
    const begun = performance.now();
    const delivery = await this.attempt(row);
    const ms = performance.now() - begun;
    if (delivery.outcome === 'delivered') {
      await store.deliveries.settle(row.id, {
        outcome: 'delivered',
        at: now(),
        next: delivery.next ?? [],
        ...(delivery.theirId !== undefined && { theirId: delivery.theirId }),
      });
      this.parts.settled?.({ kind: row.kind, outcome: 'delivered', ms });
      if (delivery.next?.length) this.wake();
      return;
    }
    const settlement = this.afterFailure(row, delivery);
    const { kind, id, attempts } = row;
    const { reason } = settlement;
    if (settlement.outcome === 'dead') log.error({ kind, id, attempts, reason }, 'a delivery was given up');
    else log.warn({ kind, id, attempts, reason }, 'a delivery failed; it is tried again');
    await store.deliveries.settle(row.id, settlement);
    this.parts.settled?.({ kind, outcome: settlement.outcome, ms });
  }

  private afterFailure(
    row: ClaimedRow,
    delivery: Exclude<Delivery, { outcome: 'delivered' }>,
  ): Exclude<Settlement, { outcome: 'delivered' }> {
    const at = this.parts.now();
    const reason = delivery.reason.slice(0, LONGEST_REASON);
    if (delivery.outcome === 'refused') return { outcome: 'dead', at, reason };
    const wait = Math.max(delivery.afterMs ?? 0, backOff(row.attempts, this.parts.random));
    const dueAt = new Date(at.getTime() + wait);
    if (dueAt.getTime() - row.createdAt.getTime() > GIVE_UP_AFTER_MS) return { outcome: 'dead', at, reason };
    return { outcome: 'later', dueAt, reason };
  }

  private async attempt(row: ClaimedRow): Promise<Delivery> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    // A deliverer that does not mind the signal is left behind: its row goes on without it.
    const tooLong = new Promise<Delivery>((resolve) => {
      signal.addEventListener('abort', () => resolve({ outcome: 'later', reason: 'It took too long.' }));
    });
    try {
      return await Promise.race([this.deliverers[row.kind]!(row, signal), tooLong]);
    } catch (error) {
      return { outcome: 'later', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private forget(): Promise<void> {
    return this.parts.store.deliveries.forgetDelivered(new Date(this.parts.now().getTime() - KEPT_MS));
  }
}
