import { API_TOKEN, TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

async function sendTicket(): Promise<string> {
  const chat = await server.converse();
  for (const line of [
    'mon colis est noté livré mais je n’ai rien reçu, commande 100245',
    '6A12345678901',
    'oui',
    'La boîte aux lettres est vide.',
    'passer',
    'envoyer',
  ]) {
    await chat.says(line);
  }
  const [ticket] = await server.store.ticketsOf(chat.id);
  return ticket!.reference;
}

test('a ticket is read whole: details with provenance, promises, the transcript to the last message', async () => {
  const reference = await sendTicket();
  const { status, body } = await server.ask('GET', `/api/tickets/${reference}`, API_TOKEN);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    reference,
    subject: 'Problème de livraison',
    section: 6,
    status: 'open',
    priority: 'normal',
    channel: 'directline',
  });
  expect(body['details']).toContainEqual(
    expect.objectContaining({ name: 'orderNumber', value: '100245', source: 'spotted', provided: true }),
  );
  expect(body['details']).toContainEqual(expect.objectContaining({ name: 'email', provided: false }));
  expect(body['promises']).toEqual([
    expect.objectContaining({
      kind: 'carrier_inquiry',
      from: '2026-03-25T17:00:00.000Z',
      dueAt: '2026-04-01T16:00:00.000Z',
    }),
  ]);
  const transcript = body['transcript'] as { seq: number; from: string; text: string; at: string }[];
  expect(transcript.map((line) => line.seq)).toEqual(transcript.map((_, i) => i + 1));
  expect(transcript.at(-1)).toMatchObject({
    from: 'bot',
    text: expect.stringContaining(reference) as string,
  });
  expect(transcript[0]!.at).toMatch(/^2026-03-18T13:\d\d:\d\d\.\d{3}Z$/);
});

test('tickets are listed in pages, by status and since an instant', async () => {
  const references = [await sendTicket(), await sendTicket()];
  const all: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await server.ask(
      'GET',
      `/api/tickets?status=open&limit=1${cursor && `&cursor=${cursor}`}`,
      API_TOKEN,
    );
    const page = body as { tickets: { reference: string }[]; nextCursor?: string };
    all.push(...page.tickets.map((ticket) => ticket.reference));
    if (page.nextCursor === undefined) break;
    cursor = encodeURIComponent(page.nextCursor);
  }
  expect(all).toEqual(expect.arrayContaining(references));
  expect(new Set(all).size).toBe(all.length);
  const since = await server.ask('GET', '/api/tickets?since=2030-01-01T00:00:00Z', API_TOKEN);
  expect(since.body).toEqual({ tickets: [] });
});

test.each([
  ['no token', '/api/tickets', undefined, 401],
  ['a wrong token', '/api/tickets', 'wrong', 401],
  ['an unknown reference', '/api/tickets/SUP-222222', API_TOKEN, 404],
  ['an unknown status', '/api/tickets?status=lost', API_TOKEN, 400],
  ['a date that is none', '/api/tickets?since=monday', API_TOKEN, 400],
])('%s is refused, with what to do', async (_what, path, token, status) => {
  const answer = await server.ask('GET', path, token);
  expect(answer.status).toBe(status);
  expect(answer.body.error!.message.length).toBeGreaterThan(10);
});

test('without a token in the settings the routes do not exist', async () => {
  const closed = await TestServer.start({ API_TOKEN: '' });
  expect((await closed.ask('GET', '/api/tickets', 'anything')).status).toBe(404);
  await closed.stop();
});
