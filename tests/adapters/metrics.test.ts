import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { parse } from 'yaml';
import { DROPS } from '../../adapters/directLine/drops.ts';
import { TestServer } from '../server.ts';
import { openStream } from '../stream.ts';

const TOKEN = 'metrics-token-of-the-tests';

let server: TestServer;
afterEach(() => server.stop());

async function scrape(): Promise<string> {
  const response = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${TOKEN}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return response.text();
}

/** A series' value, by its name and labels as they are written. */
function valueOf(metrics: string, series: string): number {
  const line = metrics.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  if (line === undefined) throw new Error(`no series ${series}`);
  return Number(line.slice(series.length));
}

test('without METRICS_TOKEN there are no metrics; with it, none without the token', async () => {
  server = await TestServer.start();
  expect((await server.ask('GET', '/metrics')).status).toBe(404);
  await server.stop();
  server = await TestServer.start({ METRICS_TOKEN: TOKEN });
  for (const given of [undefined, 'another-token-of-the-tests']) {
    expect((await server.ask('GET', '/metrics', given)).status).toBe(401);
  }
  await scrape();
});

test('what customers do is counted: turns, replays, redactions, what was not understood, tickets, refusals', async () => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN, SUPPORT_EMAIL: 'support@boutique.example' });
  const customer = await server.converse();
  await customer.says('ma carte 4111 1111 1111 1111 est refusée', 'a');
  await customer.says('ma carte 4111 1111 1111 1111 est refusée', 'a');
  const other = await server.converse();
  await other.says('blorp zigouigoui');
  const third = await server.converse();
  for (const said of ['parler à un humain', 'je ne sais pas', 'je ne sais pas', 'luc@exemple.fr', 'envoyer'])
    await third.says(said);
  await server.ask('GET', '/v3/directline/conversations/x', 'not a token');

  const metrics = await scrape();
  const read = (series: string): number => valueOf(metrics, series);
  expect(read('guichet_turn_duration_seconds_count{kind="message",outcome="committed"}')).toBe(7);
  expect(read('guichet_turn_duration_seconds_count{kind="message",outcome="replayed"}')).toBe(1);
  expect(read('guichet_turn_stage_duration_seconds_count{stage="bot"}')).toBe(10);
  expect(read('guichet_redactions_total{kind="card"}')).toBe(1);
  expect(read('guichet_messages_not_understood_total')).toBe(1);
  expect(read('guichet_tickets_total{subject="human_agent",hour="14"}')).toBe(1);
  expect(read('guichet_tickets_open')).toBe(1);
  expect(read('guichet_database_up')).toBe(1);
  expect(
    read(
      'guichet_http_request_duration_seconds_count{method="GET",route="/v3/directline/conversations/:id",status="401"}',
    ),
  ).toBe(1);
  // Nothing that a customer chose, and no id, is a label.
  expect(metrics).not.toContain(customer.id);
  expect(metrics).not.toMatch(/blorp|exemple\.fr/);
});

test('a database that does not answer is a figure, and the other figures still come', async () => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN });
  jest.spyOn(server.store.timers, 'all').mockRejectedValueOnce(new Error('away'));
  expect(valueOf(await scrape(), 'guichet_database_up')).toBe(0);
  expect(valueOf(await scrape(), 'guichet_database_up')).toBe(1);
});

test('what waited and has left is no longer shown as waiting', async () => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN, SMTP_URL: 'smtp://127.0.0.1:1' });
  const oldest = new Date('2026-03-18T13:00:00Z');
  jest
    .spyOn(server.store.deliveries, 'backlog')
    .mockResolvedValueOnce([{ kind: 'customer_email', waiting: 2, oldest, dead: 1 }]);
  const figures = (metrics: string): number[] =>
    ['waiting', 'oldest_age_seconds', 'dead_letters'].map((what) =>
      valueOf(metrics, `guichet_outbox_${what}{kind="customer_email"}`),
    );
  expect(figures(await scrape())).toEqual([2, expect.closeTo(1800, -2), 1]);
  expect(figures(await scrape())).toEqual([0, 0, 0]);
});

test('sockets that are given up or not let in are counted by reason', async () => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN, SOCKETS_PER_ADDRESS: '1' });
  const customer = await server.converse();
  const address = async (): Promise<string> => {
    const { body } = await server.ask('GET', `/v3/directline/conversations/${customer.id}`, customer.token);
    return body['streamUrl'] as string;
  };
  const socket = new WebSocket(await address());
  await once(socket, 'open');
  await expect(openStream(await address())).rejects.toThrow('429');
  socket.send(Buffer.alloc(65 * 1024));
  await once(socket, 'close');
  const metrics = await scrape();
  const dropped = (reason: string): number =>
    valueOf(metrics, `guichet_sockets_dropped_total{reason="${reason}"}`);
  expect(DROPS.map(dropped)).toEqual(
    DROPS.map((reason) => (['too_many', 'bad_frame'].includes(reason) ? 1 : 0)),
  );
});

test('counters begin at zero, so that Prometheus sees their first event as growth', async () => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN, SMTP_URL: 'smtp://127.0.0.1:1' });
  const metrics = await scrape();
  for (const series of [
    'guichet_turn_duration_seconds_count{kind="message",outcome="failed"}',
    'guichet_turn_stage_duration_seconds_count{stage="commit"}',
    'guichet_apologies_total',
    'guichet_redactions_total{kind="card"}',
    'guichet_tickets_total{subject="lost_parcel",hour="00"}',
    'guichet_handoffs_total{subject="human_agent",hour="23"}',
    'guichet_delivery_duration_seconds_count{kind="customer_email",outcome="dead"}',
  ])
    expect([series, valueOf(metrics, series)]).toEqual([series, 0]);
});

const DASHBOARD = 'docs/observability/grafana-dashboard.json';
const ALERTS = 'docs/observability/alerts.yml';

/** Every query of a file, with where it stands. */
function queriesOf(file: string): { where: string; query: string }[] {
  if (file === DASHBOARD) {
    const { panels } = JSON.parse(readFileSync(file, 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    return panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: title, query: expr })));
  }
  const { groups } = parse(readFileSync(file, 'utf8')) as {
    groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  for (const { annotations } of rules) expect(Object.keys(annotations)).toEqual(['summary', 'action']);
  return rules.map(({ alert, expr }) => ({ where: alert, query: expr }));
}

test.each([DASHBOARD, ALERTS])('%s asks for metrics and labels that exist', async (file) => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN });
  const customer = await server.converse();
  await customer.says('bonjour');
  const metrics = await scrape();
  const queries = queriesOf(file);
  expect(queries.length).toBeGreaterThan(8);
  const missing = queries.flatMap(({ where, query }) =>
    [...query.matchAll(/\b((?:guichet|nodejs|process)_\w+?)(_bucket|_count|_sum)?(?=[{[)\s]|$)/g)].flatMap(
      ([, name = '', suffix = '']) => {
        const type = new RegExp(`^# TYPE ${name} (\\w+)$`, 'm').exec(metrics)?.[1];
        const fits = suffix === '' ? type !== 'histogram' : type === 'histogram';
        return type !== undefined && fits ? [] : [`${where}: ${name}${suffix}`];
      },
    ),
  );
  expect(missing).toEqual([]);

  const known = new Set([...metrics.matchAll(/[{,](\w+)="/g)].map(([, label]) => label!));
  // By Prometheus itself.
  for (const label of ['instance', 'job']) known.add(label);
  const labels = queries.flatMap(({ query }) => [
    ...[...query.matchAll(/by \(([^)]+)\)/g)].flatMap(([, list]) => list!.split(/,\s*/)),
    ...[...query.matchAll(/[{,]\s*(\w+)="/g)].map(([, label]) => label!),
  ]);
  expect(labels.filter((label) => !known.has(label))).toEqual([]);
});

test('docs/observability.md names every metric of ours, and no other', async () => {
  server = await TestServer.start({ METRICS_TOKEN: TOKEN });
  const exist = [...(await scrape()).matchAll(/^# TYPE (guichet_\w+)/gm)].map(([, name]) => name!);
  const named = readFileSync('docs/observability.md', 'utf8').match(/\bguichet_\w+/g) ?? [];
  expect([...new Set<string>(named)].sort()).toEqual(exist.sort());
});
