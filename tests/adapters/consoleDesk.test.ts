import { randomUUID } from 'node:crypto';
import { ConsoleClient } from '../consoleClient.ts';
import { png } from '../pictures.ts';
import { type Asked, TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';

let server: TestServer;
let lea: ConsoleClient;
let marc: ConsoleClient;
let boss: ConsoleClient;
beforeAll(async () => {
  server = await TestServer.start();
  boss = await ConsoleClient.of(server, 'Boss', 'supervisor');
  lea = await ConsoleClient.of(server, 'Lea');
  marc = await ConsoleClient.of(server, 'Marc');
});
afterAll(() => server.stop());

let made = 0;
/** A ticket of its own conversation; gives its reference. */
async function keep(differences: Parameters<typeof ticketOf>[0] = {}): Promise<string> {
  made += 1;
  const reference = `SUP-22222${'ABCDEFGHJKMNPQRSTVWXYZ'[made]}`;
  await keepTicketTurn(server.store, ticketOf({ reference, conversationId: `c${made}`, ...differences }));
  return reference;
}
const reply = (client: ConsoleClient, reference: string, text: string, after = 2): Promise<Asked> =>
  client.post(`tickets/${reference}/reply`, { text, after, key: randomUUID() });

test('a ticket that one has taken another cannot take', async () => {
  const reference = await keep();
  const results = await Promise.all([
    lea.post(`tickets/${reference}/claim`, {}),
    marc.post(`tickets/${reference}/claim`, {}),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual([204, 409]);
  const loser = results.find(({ status }) => status === 409)!;
  expect(loser.body.error!.message).toMatch(/^Déjà pris par (Lea|Marc)\.$/);
});

test('an answer to a ticket stands in its conversation', async () => {
  const reference = await keep();
  expect((await reply(lea, reference, 'Bonjour !')).status).toBe(204);
  const { body } = await lea.get(`tickets/${reference}`);
  expect(body).toMatchObject({
    assignee: 'Lea',
    transcript: [{ from: 'customer' }, { from: 'bot' }, { from: 'agent', name: 'Lea', text: 'Bonjour !' }],
  });
});

test('a stale answer is refused with the newer messages, and sent again it goes', async () => {
  const reference = await keep();
  await reply(lea, reference, 'Je regarde.');
  await lea.post(`tickets/${reference}/release`, {});
  await reply(marc, reference, 'Moi aussi.', 3);
  await marc.post(`tickets/${reference}/release`, {});
  const stale = await reply(lea, reference, 'Quel numéro ?', 3);
  expect(stale.status).toBe(409);
  expect(stale.body).toMatchObject({
    error: { code: 'Stale' },
    newer: [{ seq: 4, name: 'Marc', text: 'Moi aussi.' }],
  });
  expect((await reply(lea, reference, 'Quel numéro ?', 4)).status).toBe(204);
});

test.each([
  ['reply', { text: ' ', after: 2, key: 'k'.repeat(8) }, 'Écrivez quelque chose.'],
  ['reply', { text: 'x'.repeat(4_001), after: 2, key: 'k'.repeat(8) }, 'trop long'],
  ['note', { text: '', key: 'k'.repeat(8) }, 'Écrivez quelque chose.'],
  ['close', { text: 'x'.repeat(1_001) }, 'trop long'],
])('what cannot be taken says why: %s %#', async (step, body, message) => {
  const reference = await keep();
  const refused = await lea.post(`tickets/${reference}/${step}`, body);
  expect(refused.status).toBe(400);
  expect(refused.body.error!.message).toContain(message);
});

describe('pictures', () => {
  const send = async (reference: string, bytes: Buffer<ArrayBuffer>, text = ''): Promise<Response> => {
    const form = new FormData();
    form.append('activity', JSON.stringify({ text, after: 2, key: randomUUID() }));
    form.append('file', new Blob([bytes]), 'plan 4111 1111 1111 1111.png');
    return fetch(`${server.url}/console/api/tickets/${reference}/reply`, {
      method: 'POST',
      body: form,
      headers: { Cookie: lea.cookie },
    });
  };

  test('go along with an answer, or alone; a number in their name is redacted', async () => {
    const reference = await keep();
    expect((await send(reference, png())).status).toBe(204);
    const { transcript } = (await lea.get(`tickets/${reference}`)).body as {
      transcript: { files?: { id: string; name: string }[] }[];
    };
    const [file] = transcript.at(-1)!.files!;
    expect(file!.name).toBe('plan [carte •••• 1111].png');
    const read = await fetch(`${server.url}/console/api/files/${file!.id}`, {
      headers: { Cookie: lea.cookie },
    });
    expect(Buffer.from(await read.arrayBuffer())).toEqual(png());
  });

  test('what is no picture is refused in words, and nothing is sent', async () => {
    const reference = await keep();
    const refused = await send(reference, Buffer.from('<svg onload="x">'), 'voici');
    expect(refused.status).toBe(415);
    expect(((await refused.json()) as Asked['body']).error!.message).toContain('Seules les images');
    expect((await lea.get(`tickets/${reference}`)).body['lastSeq']).toBe(2);
  });
});

test('a note is read by agents, and is in no transcript but the team’s own', async () => {
  const reference = await keep();
  await lea.post(`tickets/${reference}/note`, { text: 'client déjà remboursé', key: 'k'.repeat(8) });
  await lea.post(`tickets/${reference}/note`, { text: 'client déjà remboursé', key: 'k'.repeat(8) });
  expect((await marc.get(`tickets/${reference}`)).body['notes']).toMatchObject([
    { agent: 'Lea', text: 'client déjà remboursé', afterSeq: 2 },
  ]);
  const plain = await lea.download(`tickets/${reference}/transcript/txt`);
  expect(plain.headers.get('content-disposition')).toBe(`attachment; filename="${reference}.txt"`);
  expect(plain.body).not.toContain('remboursé');
  expect((await lea.download(`tickets/${reference}/transcript/txt?notes=1`)).body).toContain('remboursé');
  expect((await lea.download(`tickets/${reference}/transcript/transcript`)).body).not.toContain('remboursé');
  expect((await lea.download(`tickets/${reference}/transcript/exe`)).status).toBe(404);
});

test('a ticket is closed with what was settled, and reopened', async () => {
  const reference = await keep();
  await lea.post(`tickets/${reference}/close`, { text: 'Remboursé.' });
  expect((await lea.get(`tickets/${reference}`)).body).toMatchObject({
    status: 'closed',
    resolution: 'Remboursé.',
  });
  expect((await reply(lea, reference, 'encore', 9)).status).toBe(409);
  expect((await lea.post(`tickets/${reference}/return`, { text: '' })).status).toBe(409);
  await marc.post(`tickets/${reference}/reopen`, {});
  expect((await lea.get(`tickets/${reference}`)).body['status']).toBe('open');
});

test('an unknown ticket is unknown, whatever is asked of it', async () => {
  for (const step of ['claim', 'release', 'reopen'])
    expect((await lea.post(`tickets/SUP-999999/${step}`, {})).status).toBe(404);
});

describe('the search', () => {
  let found: (query: string) => Promise<string[]>;
  let reference: string;
  beforeAll(async () => {
    found = async (query) =>
      ((await lea.get(`search?${query}`)).body['tickets'] as { reference: string }[]).map(
        (ticket) => ticket.reference,
      );
    reference = await keep({
      customerEmail: 'zoe%25@exemple.fr',
      intent: 'slowness',
      createdAt: new Date('2026-02-01T22:30:00Z'),
      details: [
        {
          name: 'trackingNumber',
          label: 'Numéro de suivi',
          value: '6A98765432101',
          required: true,
          givenBy: 'customer',
        },
      ],
      resolution: '=HYPERLINK("http://voleur.example")',
    });
  });

  test.each(['zoe', 'ZOE', '6A98765432101', '6a987', 'text=zoe%2525'])('by text: %s', async (text) => {
    expect(await found(text.startsWith('text=') ? text : `text=${text}`)).toEqual([reference]);
  });

  test('by reference, subject, state and days, together', async () => {
    expect(await found(`text=${reference}`)).toEqual([reference]);
    expect(await found('intent=slowness&status=open')).toEqual([reference]);
    expect(await found('intent=slowness&status=closed')).toEqual([]);
    // 23 h 30 in Paris on the first of February.
    expect(await found('from=2026-02-01&to=2026-02-01')).toEqual([reference]);
    expect(await found('from=2026-02-02&to=2026-02-02')).toEqual([]);
  });

  test('a wildcard is a letter like any other', async () => {
    expect(await found('text=z_e')).toEqual([]);
    expect(await found('text=%25%25')).toEqual([]);
  });

  test('the export is safe from formulas', async () => {
    const { body, headers } = await lea.download('search.csv?intent=slowness');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(body.split('\r\n')).toHaveLength(3);
    expect(body).toContain(`"'=HYPERLINK(""http://voleur.example"")"`);
  });

  test('what cannot be read is refused', async () => {
    expect((await lea.get('search?from=hier')).status).toBe(400);
    expect((await lea.get('search?intent=%27;--')).status).toBe(400);
  });
});

test('a delivery that was given up is listed for supervisors, and sent again', async () => {
  await server.store.openConversation({ id: 'd', channel: 'test', userId: 'u', now: new Date() });
  const createdAt = new Date('2026-03-18T13:30:00Z');
  await keepTurn(server.store, 'd', {
    outbox: [{ id: 'o', kind: 'webhook', payload: { reference: 'SUP-222222' }, createdAt }],
  });
  await server.store.deliveries.settle('o', { outcome: 'dead', at: createdAt, reason: '410' });
  expect((await boss.get('dead-letters')).body['letters']).toMatchObject([
    { id: 'o', kind: 'webhook', reference: 'SUP-222222', reason: '410' },
  ]);
  expect((await boss.post('dead-letters', { id: 'o' })).status).toBe(204);
  expect((await boss.post('dead-letters', { id: 'o' })).status).toBe(404);
});

test('a sentence that was not understood is listed until it is labelled', async () => {
  const talk = await server.converse();
  await talk.says('zyx wvu tsr qpo');
  const listed = async (): Promise<{ id: string; text: string }[]> =>
    (await lea.get('misunderstood')).body['sentences'] as { id: string; text: string }[];
  const [sentence] = await listed();
  expect(sentence!.text).toBe('zyx wvu tsr qpo');
  expect((await lea.post(`misunderstood/${sentence!.id}`, { label: 'nonsense' })).status).toBe(400);
  expect((await lea.post(`misunderstood/${sentence!.id}`, { label: 'ignore' })).status).toBe(204);
  expect(await listed()).toEqual([]);
  await lea.post(`misunderstood/${sentence!.id}`, { label: null });
  expect(await listed()).toHaveLength(1);
  expect((await lea.post('misunderstood/x', { label: 'ignore' })).status).toBe(404);
});

test('the figures count what was kept', async () => {
  const { body } = await lea.get('statistics?from=2026-02-01&to=2026-02-01');
  expect(body).toMatchObject({ tickets: 1, outOfHours: 1, bySubject: [{ count: 1 }] });
});

test('the news tell agents that something changed, nobody else, and nothing of what was said', async () => {
  expect((await fetch(`${server.url}/console/api/news`)).status).toBe(401);
  const response = await fetch(`${server.url}/console/api/news`, { headers: { Cookie: lea.cookie } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.getReader();
  let text = '';
  const until = async (part: string): Promise<void> => {
    while (!text.includes(part)) text += Buffer.from((await reader.read()).value!).toString();
  };
  await until('hello');
  const talk = await server.converse();
  await talk.says('bonjour secret');
  await until(`{"type":"conversation","conversationId":"${talk.id}"}`);
  await server.ask('POST', `/v3/directline/conversations/${talk.id}/activities`, talk.token, {
    type: 'typing',
  });
  await until(`{"type":"typing","conversationId":"${talk.id}"`);
  expect(text).not.toContain('secret');
  await reader.cancel();
});
