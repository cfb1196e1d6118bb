import { Counter, Histogram, type Registry } from 'prom-client';
import { flows } from '../../dialogs/index.ts';
import { REMOVED_KINDS } from '../../bot/redaction.ts';
import type { Store } from '../../bot/store.ts';
import { hourInParis } from '../../bot/supportHours.ts';
import type { Stage, TurnReport } from '../../bot/turnReport.ts';

/** Seconds, around the goal of 20 ms and up to what no customer waits for. */
const TURN_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1, 3, 10];

const KINDS: readonly TurnReport['kind'][] = ['message', 'start', 'timer', 'change'];
const OUTCOMES: readonly TurnReport['outcome'][] = ['committed', 'replayed', 'failed'];
const STAGES: readonly Stage[] = ['queue', 'read', 'redact', 'bot', 'commit', 'publish'];
/** With two digits, so that they sort as the day goes. */
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** What turns tell when they have ended. */
export class TurnMetrics {
  private readonly store: Pick<Store, 'ticket'>;
  private readonly durations;
  private readonly stages;
  private readonly conflicts;
  private readonly apologies;
  private readonly notUnderstood;
  private readonly redactions;
  private readonly tickets;
  private readonly handoffs;

  constructor(registry: Registry, store: Pick<Store, 'ticket'>) {
    const registers = [registry];
    this.store = store;
    this.durations = new Histogram({
      name: 'guichet_turn_duration_seconds',
      help: 'Whole turns, from their arrival in the queue to the open sockets; kind: message, start, timer, change (by an agent); outcome: committed, replayed (known, stored answer), failed (nothing stored).',
      labelNames: ['kind', 'outcome'],
      buckets: TURN_BUCKETS,
      registers,
    });
    this.stages = new Histogram({
      name: 'guichet_turn_stage_duration_seconds',
      help: 'Stages of turns: queue (the wait for the turns before it), read, redact, bot, commit, publish.',
      labelNames: ['stage'],
      buckets: TURN_BUCKETS,
      registers,
    });
    this.conflicts = new Counter({
      name: 'guichet_version_conflicts_total',
      help: 'Turns that ran again because another process had committed first.',
      registers,
    });
    this.apologies = new Counter({
      name: 'guichet_apologies_total',
      help: 'Turns on which the bot failed, so that the customer got an apology and the offer of a human.',
      registers,
    });
    this.notUnderstood = new Counter({
      name: 'guichet_messages_not_understood_total',
      help: 'Messages that the bot did not understand.',
      registers,
    });
    this.redactions = new Counter({
      name: 'guichet_redactions_total',
      help: 'What was taken out of messages before they were stored; kind: card, cvv, expiry, iban, password, reset_link.',
      labelNames: ['kind'],
      registers,
    });
    this.tickets = new Counter({
      name: 'guichet_tickets_total',
      help: 'Tickets made for the support, by subject and hour of the day in Paris.',
      labelNames: ['subject', 'hour'],
      registers,
    });
    this.handoffs = new Counter({
      name: 'guichet_handoffs_total',
      help: 'Customers who began to wait for an agent, by subject and hour of the day in Paris.',
      labelNames: ['subject', 'hour'],
      registers,
    });
    this.startAtZero();
  }

  /** Prometheus sees a counter grow only between two readings: one that began with its first event would hide that one. */
  private startAtZero(): void {
    for (const kind of KINDS) for (const outcome of OUTCOMES) this.durations.zero({ kind, outcome });
    for (const stage of STAGES) this.stages.zero({ stage });
    for (const kind of REMOVED_KINDS) this.redactions.inc({ kind }, 0);
    for (const { intent: subject } of flows)
      for (const hour of HOURS)
        for (const each of [this.tickets, this.handoffs]) each.inc({ subject, hour }, 0);
  }

  /** Resolves when all is counted; a handoff's subject may have to be read. */
  async ended(report: TurnReport): Promise<void> {
    const { kind, outcome, stages, written } = report;
    this.durations.observe({ kind, outcome }, seconds(report));
    for (const span of stages) this.stages.observe({ stage: span.stage }, seconds(span));
    if (report.conflicts > 0) this.conflicts.inc(report.conflicts);
    if (report.apologised) this.apologies.inc();
    if (!written) return;
    for (const removed of report.removed) this.redactions.inc({ kind: removed });
    if (written.misunderstood) this.notUnderstood.inc(written.misunderstood.length);
    for (const { intent, createdAt } of written.tickets ?? [])
      this.tickets.inc({ subject: intent, hour: HOURS[hourInParis(createdAt)]! });
    // "Queued" is written when it begins, and again when its agent puts it back: then it has been accepted.
    const { handoff } = written;
    if (handoff?.state !== 'queued' || handoff.acceptedAt) return;
    const ticket = await this.store.ticket(handoff.reference);
    this.handoffs.inc({ subject: ticket?.intent ?? 'unknown', hour: HOURS[hourInParis(handoff.queuedAt)]! });
  }
}

function seconds({ from, to }: { from: number; to: number }): number {
  return (to - from) / 1000;
}
