import { randomUUID } from 'node:crypto';
import { openSession } from '../../adapters/console/agents.ts';
import type { Store } from '../../bot/store.ts';
import { png } from '../pictures.ts';
import { API_TOKEN, SECRET, TestServer } from '../server.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';

const METRICS_TOKEN = 'metrics-token-of-the-tests';
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const NOW = new Date('2026-03-18T13:30:00Z');
const TEAMS_APP = '8a1b2c3d-1111-2222-3333-444455556666';

/** Who asks, in the order of the table's columns. */
const CALLERS = ['nobody', 'other', 'own', 'agent', 'supervisor', 'api', 'secret', 'metrics'] as const;
type Caller = (typeof CALLERS)[number];

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({
    METRICS_TOKEN,
    INBOUND_EMAIL_SECRET: WEBHOOK_SECRET,
    PUBLIC_URL: 'http://localhost:9',
    // Nothing listens there, so that a sign-in by OpenID Connect ends at "try again".
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: 'guichet',
    OIDC_CLIENT_SECRET: 'secret-of-guichet',
    TEAMS_ENABLED: 'true',
    TEAMS_APP_ID: TEAMS_APP,
    TEAMS_TENANT_ID: TEAMS_APP,
    TEAMS_APP_PASSWORD: 'secret-of-the-tests',
  });
  for (const role of ['agent', 'supervisor'] as const)
    await server.store.agents.add({
      id: role,
      email: `${role}@shop.fr`,
      name: role,
      passwordHash: 'x',
      role,
    });
});
afterAll(() => server.stop());

const everybody = { all: 200 };
/** The token of the conversation, and the secret, which opens every conversation. */
const ownConversation = (code: number): Codes => ({ all: 401, own: code, secret: code });
const agents = (code: number): Codes => ({ all: 401, agent: code, supervisor: code });
const supervisors = (code: number): Codes => ({ all: 401, agent: 403, supervisor: code });
const shop = { all: 401, api: 200 };

type Codes = { all: number } & Partial<Record<Caller, number>>;
type Row = [route: string, codes: Codes, body?: unknown];
const activity = { type: 'message', text: 'bonjour' };
const unread = { text: 'Bonjour.', after: 0, key: 'key-of-a-test' };

/** Every route, who gets what, and what they send. Each change meets a conversation and a ticket of its own. */
const TABLE: Row[] = [
  ['GET /', everybody],
  ['GET /demo.css', everybody],
  ['GET /widget/guichet.js', everybody],
  ['GET /widget/panel.js', everybody],
  ['GET /widget/status', everybody],
  ['POST /widget/token', everybody, {}],
  ['OPTIONS /widget/token', { all: 204 }],

  ['POST /v3/directline/tokens/generate', { all: 401, secret: 200 }, {}],
  ['POST /v3/directline/tokens/refresh', { all: 401, own: 200, other: 200, secret: 400 }, {}],
  ['POST /v3/directline/conversations', { all: 401, own: 200, other: 201, secret: 201 }, {}],
  ['GET /v3/directline/conversations/:id', ownConversation(200)],
  ['DELETE /v3/directline/conversations/:id', ownConversation(204)],
  ['GET /v3/directline/conversations/:id/activities', ownConversation(200)],
  ['POST /v3/directline/conversations/:id/activities', ownConversation(200), activity],
  // 415: whoever is let in sent no form.
  ['POST /v3/directline/conversations/:id/upload', ownConversation(415), {}],
  ['GET /v3/directline/files/:id', ownConversation(200)],

  ['GET /console', everybody],
  ['GET /console/app.css', everybody],
  ['GET /console/app.js', everybody],
  ['GET /console/icon.svg', everybody],
  ['GET /console/api/sign-in', everybody],
  ['GET /console/openid', { all: 503 }],
  ['GET /console/openid/callback', { all: 400 }],
  ['POST /console/api/session', { all: 401 }, { email: 'agent@shop.fr', password: 'wrong' }],
  ['DELETE /console/api/session', { all: 204 }],
  ['GET /console/api/me', agents(200)],
  ['POST /console/api/presence', agents(200), {}],
  ['POST /console/api/me/password', agents(400), { current: 'wrong', next: 'un mot de passe assez long' }],
  ['GET /console/api/me/second-factor', agents(200)],
  ['POST /console/api/me/second-factor', agents(400), { secret: 'A'.repeat(32), code: '0' }],
  ['POST /console/api/me/second-factor/removal', agents(400), { password: 'wrong' }],
  ['GET /console/api/agents', supervisors(200)],
  ['POST /console/api/agents', supervisors(409), { email: 'agent@shop.fr', name: 'A', role: 'agent' }],
  ['POST /console/api/agents/:id', supervisors(200), { name: 'agent' }],
  ['GET /console/api/tickets', agents(200)],
  ['GET /console/api/tickets/:reference', agents(200)],
  ['GET /console/api/tickets/:reference/transcript/:format', agents(200)],
  ['GET /console/api/files/:id', agents(200)],
  ['POST /console/api/tickets/:reference/typing', agents(204), {}],
  ['POST /console/api/tickets/:reference/claim', agents(204), {}],
  ['POST /console/api/tickets/:reference/release', agents(409), {}],
  ['POST /console/api/tickets/:reference/reopen', agents(409), {}],
  ['POST /console/api/tickets/:reference/reply', agents(409), unread],
  ['POST /console/api/tickets/:reference/note', agents(204), { text: 'Vu.', key: 'key-of-a-note' }],
  ['POST /console/api/tickets/:reference/reassign', agents(204), { to: 'supervisor', comment: 'Pour vous.' }],
  ['POST /console/api/tickets/:reference/return', agents(409), { text: 'Réglé.' }],
  ['POST /console/api/tickets/:reference/close', agents(204), { text: 'Réglé.' }],
  ['GET /console/api/search', agents(200)],
  ['GET /console/api/search.csv', agents(200)],
  ['GET /console/api/statistics', agents(200)],
  ['GET /console/api/misunderstood', agents(200)],
  ['POST /console/api/misunderstood/:id', agents(404), { label: 'ignore' }],
  ['GET /console/api/audit', supervisors(200)],
  ['GET /console/api/dead-letters', supervisors(200)],
  ['POST /console/api/dead-letters', supervisors(404), { id: 'none' }],
  ['GET /console/api/news', agents(200)],

  ['GET /api/tickets', shop],
  ['GET /api/tickets/:reference', shop],
  ['GET /api/files/:id', shop],
  // Signed bodies and Microsoft's tokens have tests of their own; no key of ours opens these.
  ['POST /api/inbound-email', { all: 401 }, {}],
  ['POST /api/messages', { all: 401 }, activity],
  ['GET /metrics', { all: 401, metrics: 200 }],
  ['GET /healthz', everybody],
  ['GET /readyz', everybody],
];

/** Somebody's conversation with a ticket, a file and a token; and the other callers' keys. */
async function scene(): Promise<{ params: Record<string, string>; keys: Record<Caller, HeadersInit> }> {
  const { store } = server;
  const own = await server.converse();
  const reference = `SUP-${randomUUID().slice(0, 8).toUpperCase()}`;
  await keepTicketTurn(store, ticketOf({ reference, conversationId: own.id }));
  const form = new FormData();
  form.append('file', new Blob([png()], { type: 'image/png' }), 'a.png');
  const upload = `${server.url}/v3/directline/conversations/${own.id}/upload`;
  await fetch(upload, { method: 'POST', headers: { Authorization: `Bearer ${own.token}` }, body: form });
  const file = (await store.activities(own.id)).flatMap(
    ({ activity: { attachments } }) => attachments ?? [],
  )[0]!;
  const fileId = file.contentUrl!.slice('upload:'.length);
  const bearer = (token: string): HeadersInit => ({ Authorization: `Bearer ${token}` });
  const fresh = `dl_${randomUUID()}`;
  const generated = await server.ask('POST', '/v3/directline/tokens/generate', SECRET, {
    user: { id: fresh },
  });
  return {
    params: { id: own.id, reference, format: 'html', fileId, agentId: 'agent' },
    keys: {
      nobody: {},
      own: bearer(own.token),
      // Of a conversation that was not started yet; it is as foreign to ours as one that was.
      other: bearer(generated.body['token'] as string),
      agent: await cookie(store, 'agent'),
      supervisor: await cookie(store, 'supervisor'),
      api: bearer(API_TOKEN),
      secret: bearer(SECRET),
      metrics: bearer(METRICS_TOKEN),
    },
  };
}

async function cookie(store: Store, id: string): Promise<HeadersInit> {
  return { Cookie: `__Host-guichet=${await openSession(store, id, NOW)}` };
}

function pathOf(path: string, params: Record<string, string>): string {
  const id = path.includes('/files/')
    ? params['fileId']
    : path.includes('/agents/')
      ? params['agentId']
      : params['id'];
  return path.replace(/:(\w+)/g, (_whole, name: string) => (name === 'id' ? id! : params[name]!));
}

test('every route of the server is in the table', () => {
  expect(server.routes().toSorted()).toEqual(TABLE.map(([route]) => route).toSorted());
});

test.each(TABLE.map(([route, codes, body]) => ({ route, codes, body })))(
  '$route',
  async ({ route, codes, body }) => {
    const [method = '', path = ''] = route.split(' ');
    const got: Record<string, number> = {};
    let { params, keys } = await scene();
    for (const caller of CALLERS) {
      const response = await fetch(`${server.url}${pathOf(path, params)}`, {
        method,
        redirect: 'manual',
        headers: { ...keys[caller], ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      await response.body?.cancel();
      got[caller] = response.status;
      // What one caller changed is not there for the next.
      if (method !== 'GET' && response.ok) ({ params, keys } = await scene());
    }
    const { all, ...others } = codes;
    expect(got).toEqual(Object.fromEntries(CALLERS.map((caller) => [caller, others[caller] ?? all])));
  },
);

test('what is no route is nobody’s', async () => {
  for (const path of [
    '/.env',
    '/data/guichet.db',
    '/console/../.env',
    '/api',
    '/v3/directline',
    '/widget/%2e%2e/x',
  ])
    expect([path, (await server.ask('GET', path)).status]).toEqual([path, 404]);
});
