import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TurnReport } from '../bot/turnReport.ts';

/** Each turn as an OpenTelemetry trace: a span for the turn, and in it one for each stage. No text is an attribute. */
export class Tracing {
  private readonly provider: TracerProvider;
  private readonly tracer;

  /** @param endpoint OTEL_EXPORTER_OTLP_ENDPOINT: the collector's address, below which OTLP over HTTP has /v1/traces */
  constructor(endpoint: string) {
    const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'guichet' }),
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
    });
    this.tracer = this.provider.getTracer('guichet');
  }

  /** The spans are made when the turn has ended: while it runs, it pays nothing for being traced. */
  turnEnded(report: TurnReport): void {
    const { conversationId, turnId, kind, outcome, conflicts, stages } = report;
    const turn = this.tracer.startSpan(
      'turn',
      {
        kind: SpanKind.SERVER,
        startTime: report.from,
        attributes: {
          'guichet.conversation.id': conversationId,
          'guichet.turn.id': turnId,
          'guichet.turn.kind': kind,
          'guichet.turn.outcome': outcome,
          'guichet.turn.conflicts': conflicts,
        },
      },
      ROOT_CONTEXT,
    );
    if (outcome === 'failed') turn.setStatus({ code: SpanStatusCode.ERROR });
    const inTurn = trace.setSpan(ROOT_CONTEXT, turn);
    for (const { stage, from, to } of stages) {
      this.tracer.startSpan(stage, { startTime: from }, inTurn).end(to);
    }
    turn.end(report.to);
  }

  /** Sends what has not left yet. */
  stop(): Promise<void> {
    return this.provider.shutdown();
  }
}
