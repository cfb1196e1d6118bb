import type { Request, Response, Server } from 'restify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { TurnReport } from '../../bot/turnReport.ts';
import { type Drop, DROPS } from '../directLine/drops.ts';
import { bearer, Refusal, route, sameSecret } from '../http.ts';
import type { Settled } from '../outbox.ts';
import { StoredMetrics, type StoredParts } from './storedMetrics.ts';
import { TurnMetrics } from './turnMetrics.ts';

export interface MetricsParts extends StoredParts {
  store: StoredParts['store'] & ConstructorParameters<typeof TurnMetrics>[1];
  /** METRICS_TOKEN */
  token: string;
  /** The kinds of rows that the outbox delivers. */
  kinds: readonly string[];
  /** How many WebSockets of customers are open. */
  sockets(): number;
  /** How many of the agents' pages are listening. */
  consolePages(): number;
}

const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;
const OUTCOMES: readonly Settled['outcome'][] = ['delivered', 'later', 'dead'];
/** An open line of the console is no slow request. */
const OPEN_LINES = '/console/api/news';

/**
 * GET /metrics for Prometheus, to whoever holds the token: docs/observability.md says which promise each figure watches.
 * Nothing that identifies a customer is a label.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly turns: TurnMetrics;
  private readonly stored: StoredMetrics;
  private readonly parts: MetricsParts;
  private readonly deliveries;
  private readonly drops;

  constructor(parts: MetricsParts) {
    this.parts = parts;
    const registers = [this.registry];
    this.turns = new TurnMetrics(this.registry, parts.store);
    this.stored = new StoredMetrics(this.registry, parts.kinds, parts);
    this.deliveries = new Histogram({
      name: 'guichet_delivery_duration_seconds',
      help: 'Deliveries of the outbox; outcome: delivered, later (it failed, and is tried again), dead (given up).',
      labelNames: ['kind', 'outcome'],
      buckets: [0.05, 0.2, 1, 5, 30],
      registers,
    });
    for (const kind of parts.kinds) for (const outcome of OUTCOMES) this.deliveries.zero({ kind, outcome });
    new Gauge({
      name: 'guichet_sockets_open',
      help: 'WebSockets of customers.',
      registers,
      collect() {
        this.set(parts.sockets());
      },
    });
    this.drops = new Counter({
      name: 'guichet_sockets_dropped_total',
      help: 'WebSockets of customers that were given up or not let in; reason: slow_reader, dead_link, flood, bad_frame, unreadable_store, too_many.',
      labelNames: ['reason'],
      registers,
    });
    for (const reason of DROPS) this.drops.inc({ reason }, 0);
    new Gauge({
      name: 'guichet_console_pages_open',
      help: 'Pages of agents that listen for news.',
      registers,
      collect() {
        this.set(parts.consolePages());
      },
    });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts a turn that has ended. */
  turnEnded(report: TurnReport): void {
    this.turns
      .ended(report)
      .catch((error: unknown) => this.parts.log.error({ err: error }, 'a turn could not be counted'));
  }

  /** Counts a delivery that was tried. */
  deliverySettled({ kind, outcome, ms }: Settled): void {
    this.deliveries.observe({ kind, outcome }, ms / 1000);
  }

  /** Counts a socket that was given up or not let in. */
  socketDropped(reason: Drop): void {
    this.drops.inc({ reason });
  }

  /** Registers the route, and counts every request of the server from now on. */
  routes(server: Server): void {
    const requests = new Histogram({
      name: 'guichet_http_request_duration_seconds',
      help: 'Requests, by route and status; refusals for too much at once are those with 429, those that could not be stored have 503.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers: [this.registry],
    });
    server.on('after', (request: Request, response: Response, known: { path?: string } | undefined) => {
      // A path that is none of ours is a label of the caller's choice.
      const path = String(known?.path ?? 'none');
      if (path === OPEN_LINES) return;
      requests.observe(
        { method: known ? (request.method ?? '') : 'any', route: path, status: response.statusCode },
        (Date.now() - request.time()) / 1000,
      );
    });

    route(server, this.parts.log, 'get', '/metrics', async (request) => {
      if (!sameSecret(bearer(request), this.parts.token)) {
        throw new Refusal(
          401,
          'Unauthorized',
          'Send the token of the metrics: Authorization: Bearer <METRICS_TOKEN>.',
          {
            'WWW-Authenticate': 'Bearer',
          },
        );
      }
      await this.stored.read();
      return {
        body: await this.registry.metrics(),
        headers: { 'Content-Type': CONTENT_TYPE, 'Cache-Control': 'no-store' },
      };
    });
  }
}
