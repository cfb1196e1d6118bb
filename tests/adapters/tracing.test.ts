import { HttpSink } from '../httpSink.ts';
import { TestServer } from '../server.ts';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

test('each turn is a trace at the collector: a span for the turn, in it one for each stage, and no text', async () => {
  const collector = await HttpSink.start();
  const server = await TestServer.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const customer = await server.converse();
  await customer.says('mon colis 6A12345678901 a disparu');
  // What has not left yet leaves at the end.
  await server.stop();
  await collector.stop();

  expect(collector.taken.map(({ path }) => path)).toEqual(['/v1/traces']);
  const { body } = collector.taken[0]!;
  expect(body).not.toMatch(/colis|6A12345678901/);
  const sent = JSON.parse(body) as {
    resourceSpans: { resource: unknown; scopeSpans: { spans: Span[] }[] }[];
  };
  expect(JSON.stringify(sent.resourceSpans[0]!.resource)).toContain('guichet');
  const spans = sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const attribute = (span: Span, key: string): string | undefined =>
    span.attributes.find((one) => one.key === key)?.value.stringValue;
  const turn = spans.find((span) => attribute(span, 'guichet.turn.kind') === 'message')!;
  expect(attribute(turn, 'guichet.conversation.id')).toBe(customer.id);
  expect(attribute(turn, 'guichet.turn.outcome')).toBe('committed');
  const stages = spans.filter(({ parentSpanId }) => parentSpanId === turn.spanId);
  expect(stages.map(({ name }) => name)).toEqual(['queue', 'read', 'redact', 'bot', 'commit', 'publish']);
  for (const stage of stages) {
    expect(stage.traceId).toBe(turn.traceId);
    expect(BigInt(stage.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(turn.startTimeUnixNano));
    expect(BigInt(stage.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(turn.endTimeUnixNano));
  }
});
