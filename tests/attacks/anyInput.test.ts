import fc from 'fast-check';
import { openSession } from '../../adapters/console/agents.ts';
import { SECRET, TestServer } from '../server.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';

/* Whatever is sent: an answer below 500, refusals in their one shape, and a server that goes on. */

jest.setTimeout(120_000);
const NOW = new Date('2026-03-18T13:30:00Z');
const DIRECT_LINE = '/v3/directline';

let server: TestServer;
let chat: Awaited<ReturnType<TestServer['converse']>>;
let session: string;
beforeAll(async () => {
  server = await TestServer.start({ MESSAGES_PER_CONVERSATION: '100000' });
  chat = await server.converse();
  await keepTicketTurn(server.store, ticketOf());
  session = `__Host-guichet=${await openSession(server.store, 'first', NOW)}`;
});
afterAll(async () => {
  expect(await chat.says('toujours là ?')).toMatchObject({ status: 200 });
  // Nothing that was sent has left anything on what all objects have.
  expect(Object.keys(Object.prototype)).toEqual([]);
  await server.stop();
});

interface Sent {
  method?: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Sends, and looks at the answer; gives its status. */
async function send({ method = 'POST', path, body, headers }: Sent): Promise<number> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Cookie: session, ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  expect([path, response.status < 500]).toEqual([path, true]);
  if (response.status >= 400) {
    expect(JSON.parse(text)).toEqual({
      error: { code: expect.any(String) as string, message: expect.any(String) as string },
    });
    expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+/);
  }
  return response.status;
}

const hostile = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'type',
  'text',
  'value',
  'from',
  'id',
  'name',
  'channelData',
  'clientActivityID',
  'choice',
  'form',
  'attachments',
  'user',
  'resume',
  'identity',
  'email',
  'password',
);
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\ud800', '\u0000', '{{7*7}}', '${7*7}', "'; DROP TABLE tickets;--"),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
/** JSON as text, so that it may hold what no object of ours can: own `__proto__` keys, numbers out of range, keys twice. */
const json = fc.letrec<{ any: string; object: string; array: string; number: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    scalar.map((value) => JSON.stringify(value)),
    tie('number'),
    tie('object'),
    tie('array'),
  ),
  number: fc.constantFrom('1e999', '-1e999', '9'.repeat(400), '-0', '1e-999'),
  object: fc
    .array(fc.tuple(fc.oneof(hostile, fc.string({ maxLength: 8 })), tie('any')), { maxLength: 6 })
    .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  array: fc.array(tie('any'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
})).any;
/** An activity that is almost one. */
const activity = fc
  .tuple(fc.constantFrom('message', 'event', 'typing', 'invoke'), json, json, json, json)
  .map(
    ([type, text, value, from, channelData]) =>
      `{"type":"${type}","text":${text},"value":${value},"from":${from},"channelData":${channelData}}`,
  );

const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });
const conversation = (): string => `${DIRECT_LINE}/conversations/${chat.id}`;

test('any JSON as an activity', () =>
  fc.assert(
    fc.asyncProperty(fc.oneof(json, activity), async (body) => {
      const status = await send({ path: `${conversation()}/activities`, body, headers: bearer(chat.token) });
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 150 },
  ));

test('any JSON as what every other route takes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        { path: `${DIRECT_LINE}/tokens/generate`, headers: bearer(SECRET) },
        { path: `${DIRECT_LINE}/conversations`, headers: bearer(SECRET) },
        { path: '/widget/token' },
        { path: '/console/api/presence' },
        { path: '/console/api/agents' },
        { path: '/console/api/me/second-factor' },
        { path: '/console/api/dead-letters' },
        { path: '/console/api/misunderstood/x' },
        ...['reply', 'note', 'reassign', 'return', 'close'].map((step) => ({
          path: `/console/api/tickets/SUP-222222/${step}`,
        })),
      ),
      json,
      async (route, body) => void (await send({ ...route, body })),
    ),
    { numRuns: 150 },
  ));

test('any JSON as the activity beside files', () =>
  fc.assert(
    fc.asyncProperty(fc.oneof(json, activity, fc.string({ unit: 'binary' })), async (body) => {
      const form = `--x\r\nContent-Disposition: form-data; name="activity"\r\n\r\n${body}\r\n--x--\r\n`;
      const headers = { ...bearer(chat.token), 'Content-Type': 'multipart/form-data; boundary=x' };
      await send({ path: `${conversation()}/upload`, body: form, headers });
    }),
    { numRuns: 60 },
  ));

test('any bytes under any type of content', () =>
  fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'x',
      ),
      async (body, type) =>
        void (await send({
          path: `${conversation()}/activities`,
          body,
          headers: { ...bearer(chat.token), 'Content-Type': type },
        })),
    ),
    { numRuns: 60 },
  ));

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'watermark',
        'signature',
        'until',
        'status',
        'text',
        'from',
        'to',
        'offset',
        'notes',
        'id',
        '__proto__',
      ),
      fc.constantFrom('', '[]', '[a]', '[__proto__]', '[a][b]'),
      fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('-1', '1e9', 'NaN', '2026-99-99', '%00')),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => pairs.map(([key, sub, value]) => `${key}${sub}=${encodeURIComponent(value)}`).join('&'));

test('any query of any route that reads one', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom<(id: string) => string>(
        (id) => `${DIRECT_LINE}/conversations/${id}`,
        (id) => `${DIRECT_LINE}/conversations/${id}/activities`,
        () => `${DIRECT_LINE}/files/none`,
        () => '/console/api/tickets',
        () => '/console/api/search',
        () => '/console/api/search.csv',
        () => '/console/api/statistics',
      ),
      query,
      async (path, search) =>
        void (await send({ method: 'GET', path: `${path(chat.id)}?${search}`, headers: bearer(chat.token) })),
    ),
    { numRuns: 150 },
  ));

test.each([
  '/console/api/tickets/SUP-4T7K2M/transcript/constructor',
  '/console/api/tickets/SUP-4T7K2M/transcript/__proto__',
  '/console/api/tickets/%00',
  '/console/api/tickets/%ff',
  '/console/api/tickets/..%2f..%2fetc%2fpasswd',
  '/console/api/files/__proto__',
  `${DIRECT_LINE}/conversations/%ff/activities`,
  `${DIRECT_LINE}/files/%ff?signature=a`,
  `${DIRECT_LINE}/files/none?signature[]=a&until[]=b`,
])('%s is refused as any other that does not exist', async (path) => {
  expect([400, 401, 404]).toContain(await send({ method: 'GET', path, headers: bearer(chat.token) }));
});

const BODIES: [what: string, body: string, status: number][] = [
  ['nested too deep', `{"type":"message","text":"a","value":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400],
  ['over 256 kB', JSON.stringify({ type: 'message', text: 'a'.repeat(257 * 1024) }), 413],
  [
    'of many keys',
    `{"type":"message",${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(',')}}`,
    200,
  ],
  ['with numbers out of range', '{"type":1e999}', 400],
  ['cut off', '{"type":"message","text":"a', 400],
];
test.each(BODIES.map(([what, body, status]) => ({ what, body, status })))(
  'a body $what gets $status',
  async ({ body, status }) => {
    expect(await send({ path: `${conversation()}/activities`, body, headers: bearer(chat.token) })).toBe(
      status,
    );
  },
);

test('any text is kept whole, well-formed and at most 4,000 characters long', () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
        fc.constantFrom(
          '\ud83d'.repeat(5_000),
          '\u{1f600}'.repeat(3_000),
          '\u202e\u2066\u200b',
          'e\u0301'.repeat(4_000),
        ),
      ),
      async (text) => {
        const { status, body } = await chat.says(text);
        expect(status).toBe(200);
        const place = String(body['id']).split('|')[1]!;
        expect(place === 'ignored').toBe(text.trim() === '');
        if (place === 'ignored') return;
        const [said] = await server.store.activities(chat.id, Number(place) - 1, 1);
        const kept = said!.activity.text!;
        expect(kept.isWellFormed()).toBe(true);
        // Where it is cut, a pair stays whole.
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(text.length, 3_999));
        expect(kept.length).toBeLessThanOrEqual(4_000);
        expect(text.toWellFormed().slice(0, kept.length)).toBe(kept);
      },
    ),
    { numRuns: 40 },
  ));
