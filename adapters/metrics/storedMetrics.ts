import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import type { Now } from '../../bot/clock.ts';
import { agentsPresent } from '../../bot/presence.ts';
import type { HandoffState, Store } from '../../bot/store.ts';

export interface StoredParts {
  store: Pick<Store, 'deliveries' | 'timers' | 'desk' | 'records'>;
  now: Now;
  log: Logger;
}

const LIVE: readonly HandoffState[] = ['queued', 'accepted', 'active'];

/** What waits in the database, read when it is asked for: the same in every process that shares the database. */
export class StoredMetrics {
  private readonly parts: StoredParts;
  private readonly kinds: readonly string[];
  private readonly database;
  private readonly waiting;
  private readonly oldest;
  private readonly dead;
  private readonly late;
  private readonly handoffs;
  private readonly longestWait;
  private readonly present;
  private readonly openTickets;

  /** @param kinds of the rows that the outbox delivers; they are shown when nothing waits, too */
  constructor(registry: Registry, kinds: readonly string[], parts: StoredParts) {
    const gauge = <Label extends string = never>(
      name: string,
      help: string,
      labelNames: Label[] = [],
    ): Gauge<Label> => new Gauge({ name, help, labelNames, registers: [registry] });
    this.parts = parts;
    this.kinds = kinds;
    this.database = gauge('guichet_database_up', '1 when the database answered this question, 0 when not.');
    this.waiting = gauge('guichet_outbox_waiting', 'Rows of the outbox not delivered yet, by kind.', [
      'kind',
    ]);
    this.oldest = gauge('guichet_outbox_oldest_age_seconds', 'Age of the oldest row that waits, by kind.', [
      'kind',
    ]);
    this.dead = gauge('guichet_outbox_dead_letters', 'Rows given up, for a supervisor to send again.', [
      'kind',
    ]);
    this.late = gauge(
      'guichet_timers_late_seconds',
      'By how much the timer that is due longest is late; 0 when none is.',
    );
    this.handoffs = gauge('guichet_handoffs_live', 'Handoffs that have not ended, by state.', ['state']);
    this.longestWait = gauge(
      'guichet_handoff_longest_wait_seconds',
      'How long the customer who waits longest for an agent has waited; 0 when none does.',
    );
    this.present = gauge('guichet_agents_present', 'Agents at the desk who take conversations.');
    this.openTickets = gauge('guichet_tickets_open', 'Tickets that are open.');
  }

  /** Reads what is stored now. A database that does not answer is a figure as well, so this does not throw. */
  async read(): Promise<void> {
    const { store, now, log } = this.parts;
    try {
      const at = now();
      const [backlog, [timer], live, present, tickets] = await Promise.all([
        store.deliveries.backlog(),
        store.timers.all(1),
        store.desk.allLive(),
        agentsPresent(store, at),
        store.records.searchTickets({ status: 'open', limit: 1 }),
      ]);
      const secondsSince = (instant: Date | undefined): number =>
        instant ? Math.max(0, (at.getTime() - instant.getTime()) / 1000) : 0;
      // A kind of which nothing waits any more is not in the backlog.
      for (const each of [this.waiting, this.oldest, this.dead]) {
        each.reset();
        for (const kind of this.kinds) each.set({ kind }, 0);
      }
      for (const { kind, waiting, oldest, dead } of backlog) {
        this.waiting.set({ kind }, waiting);
        this.oldest.set({ kind }, secondsSince(oldest));
        this.dead.set({ kind }, dead);
      }
      this.late.set(secondsSince(timer?.dueAt));
      for (const state of LIVE)
        this.handoffs.set({ state }, live.filter((handoff) => handoff.state === state).length);
      const waits = live
        .filter(({ state }) => state === 'queued')
        .map(({ queuedAt }) => secondsSince(queuedAt));
      this.longestWait.set(Math.max(0, ...waits));
      this.present.set(present);
      this.openTickets.set(tickets.total);
      this.database.set(1);
    } catch (error) {
      log.error({ err: error }, 'the metrics of what is stored could not be read');
      this.database.set(0);
    }
  }
}
