import { pino } from 'pino';
import { Tokens } from '../../adapters/directLine/tokens.ts';
import { API_TOKEN, SECRET, TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { openStream, type Wire } from '../stream.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const ROOT = '/v3/directline/conversations';
async function activities(
  id: string,
  token: string,
  watermark = '',
): Promise<{ activities: Wire[]; watermark: string }> {
  const { body } = await server.ask('GET', `${ROOT}/${id}/activities?watermark=${watermark}`, token);
  return body as unknown as { activities: Wire[]; watermark: string };
}

test('a conversation begins with the assistant, which says that it is a machine', async () => {
  const chat = await server.converse();
  const { activities: said } = await activities(chat.id, chat.token);
  expect(said).toHaveLength(1);
  expect(said[0]!.text).toContain('assistant automatique');
});

test('starting an existing conversation again gives 200 and says nothing more', async () => {
  const chat = await server.converse();
  const again = await server.ask('POST', ROOT, chat.token);
  expect([again.status, again.body['conversationId']]).toEqual([200, chat.id]);
  expect((await activities(chat.id, chat.token)).activities).toHaveLength(1);
});

test('who writes while the conversation begins is greeted first', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { body } = await server.ask('POST', '/v3/directline/tokens/generate', SECRET);
    const { token, conversationId } = body as { token: string; conversationId: string };
    await Promise.all([
      server.ask('POST', ROOT, token),
      server.ask('POST', `${ROOT}/${conversationId}/activities`, token, { type: 'message', text: 'bonjour' }),
    ]);
    const { activities: said } = await activities(conversationId, token);
    expect(said.map((activity) => activity.from.role)).toEqual(['bot', 'user', 'bot']);
  }
});

test('an acknowledged message is stored, echoed with its channelData, and answered in sequence', async () => {
  const chat = await server.converse();
  const posted = await chat.says('bonjour', 'key-1');
  const { activities: said, watermark } = await activities(chat.id, chat.token, '1');
  expect(posted).toMatchObject({ status: 200, body: { id: said[0]!.id } });
  expect(said.map((activity) => activity.from.role)).toEqual(['user', 'bot']);
  expect(said[0]!.channelData).toMatchObject({ clientActivityID: 'key-1', 'webchat:sequence-id': 2 });
  expect(said[1]!.replyToId).toBe(said[0]!.id);
  expect(watermark).toBe('3');
});

test('the same message posted twice, even at once, is one message with one answer', async () => {
  const chat = await server.converse();
  const posts = await Promise.all([
    chat.says('bonjour', 'same'),
    chat.says('bonjour', 'same'),
    chat.says('bonjour', 'same'),
  ]);
  expect(new Set(posts.map((post) => post.body['id'])).size).toBe(1);
  expect((await activities(chat.id, chat.token, '1')).activities).toHaveLength(2);
});

test('the Idempotency-Key header works as the client’s own id does', async () => {
  const chat = await server.converse();
  const post = () =>
    server.ask(
      'POST',
      `${ROOT}/${chat.id}/activities`,
      chat.token,
      { type: 'message', text: 'bonjour' },
      { 'Idempotency-Key': 'h' },
    );
  expect((await post()).body).toEqual((await post()).body);
  expect((await activities(chat.id, chat.token, '1')).activities).toHaveLength(2);
});

test('the token says who speaks, whatever the message claims', async () => {
  const chat = await server.converse('dl_luc');
  await chat.says('bonjour');
  expect((await activities(chat.id, chat.token, '1')).activities[0]!.from.id).toBe('dl_luc');
});

test('an empty message is ignored with 200, and so is anything but a message', async () => {
  const chat = await server.converse();
  for (const body of [
    { type: 'message', text: '  ' },
    { type: 'message' },
    { type: 'typing' },
    { type: 'event', name: 'x' },
  ]) {
    expect((await server.ask('POST', `${ROOT}/${chat.id}/activities`, chat.token, body)).status).toBe(200);
  }
  expect((await activities(chat.id, chat.token)).activities).toHaveLength(1);
});

test('more than 4,000 characters are cut, and the customer is told', async () => {
  const chat = await server.converse();
  await chat.says(`mon colis est perdu ${'a'.repeat(5000)}`);
  const { activities: said } = await activities(chat.id, chat.token, '1');
  expect(said[0]!.text).toHaveLength(4000);
  expect(said[1]!.text).toContain('4 000 premiers caractères');
});

test.each([
  ['not JSON', '{"type":', {}, 400],
  ['another type of content', 'hello', { 'Content-Type': 'text/plain' }, 400],
  ['an array', '[]', {}, 400],
  ['no type', '{"text":"a"}', {}, 400],
  ['a text that is no text', '{"type":"message","text":{"a":1}}', {}, 400],
  ['over 256 kB', JSON.stringify({ type: 'message', text: 'a'.repeat(257 * 1024) }), {}, 413],
  [
    'deeper than 32',
    `{"type":"message","text":"a","channelData":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`,
    {},
    400,
  ],
])('%s is refused, with a reason', async (_what, body, headers, status) => {
  const chat = await server.converse();
  const answer = await server.ask('POST', `${ROOT}/${chat.id}/activities`, chat.token, body, headers);
  expect(answer.status).toBe(status);
  expect(answer.body.error!.message).toBeTruthy();
  expect((await activities(chat.id, chat.token)).activities).toHaveLength(1);
});

test('no token, a forged one and one of another conversation are refused with 401', async () => {
  const [chat, other] = [await server.converse(), await server.converse()];
  const forged = `${chat.token.slice(0, -3)}abc`;
  const none = 'eyJhbGciOiJub25lIn0.eyJjb252IjoiYyJ9.';
  for (const token of [undefined, forged, none, other.token, API_TOKEN]) {
    expect((await server.ask('GET', `${ROOT}/${chat.id}/activities`, token)).status).toBe(401);
  }
});

test('an expired token is refused with 403, which clients read as just that', async () => {
  const issued = new Tokens('secret', server.store, () => new Date('2026-03-18T13:30:00Z'));
  const token = await issued.conversation({ conversationId: 'c', userId: 'u' });
  const later = (minutes: number): Tokens =>
    new Tokens('secret', server.store, () => new Date(Date.UTC(2026, 2, 18, 13, 30 + minutes)));
  await expect(later(29).read(token, 'conversation')).resolves.toEqual({ conversationId: 'c', userId: 'u' });
  await expect(later(31).read(token, 'conversation')).rejects.toMatchObject({ status: 403 });
  await expect(later(1).read(token, 'stream')).rejects.toMatchObject({ status: 401 });
});

test('the holder of the secret gets 404 for a conversation that does not exist', async () => {
  expect((await server.ask('GET', `${ROOT}/nowhere/activities`, SECRET)).status).toBe(404);
});

test('tokens are generated with the secret alone, and refreshed with a token', async () => {
  const chat = await server.converse();
  expect((await server.ask('POST', '/v3/directline/tokens/generate', chat.token)).status).toBe(401);
  expect((await server.ask('POST', '/v3/directline/tokens/generate', 'wrong')).status).toBe(401);
  const refreshed = await server.ask('POST', '/v3/directline/tokens/refresh', chat.token);
  expect(refreshed.body).toMatchObject({ conversationId: chat.id, expires_in: 1800 });
});

test('without a secret the route for tokens is closed', async () => {
  const closed = await TestServer.start({ DIRECT_LINE_SECRET: '' });
  expect((await closed.ask('POST', '/v3/directline/tokens/generate', 'anything')).status).toBe(404);
  await closed.stop();
});

test('the stream replays after the watermark, then shows each turn in one frame with its watermark', async () => {
  const chat = await server.converse();
  await chat.says('bonjour');
  const { body } = await server.ask('GET', `${ROOT}/${chat.id}?watermark=1`, chat.token);
  const stream = await openStream(body['streamUrl'] as string);
  expect(await stream.next()).toMatchObject({ watermark: '3', activities: [{ text: 'bonjour' }, {}] });
  await chat.says('menu');
  expect(await stream.next()).toMatchObject({ watermark: '5', activities: [{ text: 'menu' }, {}] });
  stream.socket.close();
});

test('a page of another origin may read answers when it is listed, and not otherwise', async () => {
  const listed = await TestServer.start({ ALLOWED_ORIGINS: 'https://boutique.example' });
  const preflight = async (origin: string): Promise<string | null> => {
    const answer = await listed.ask('OPTIONS', `${ROOT}/x/activities`, undefined, undefined, {
      Origin: origin,
    });
    expect(answer.status).toBe(204);
    return answer.headers.get('access-control-allow-origin');
  };
  expect(await preflight('https://boutique.example')).toBe('https://boutique.example');
  expect(await preflight('https://evil.example')).toBeNull();
  await listed.stop();
});

test('the log tells once of each page that was refused, and what to do', async () => {
  let logged = '';
  const log = pino({ level: 'warn' }, { write: (line: string) => void (logged += line) });
  const strict = await TestServer.start({}, { log });
  for (let i = 0; i < 2; i += 1) {
    const { status } = await strict.ask('GET', '/widget/status', undefined, undefined, {
      Origin: 'https://boutique.example',
    });
    expect(status).toBe(401);
  }
  expect(logged.match(/"origin":"https:\/\/boutique\.example".*ALLOWED_ORIGINS/g)).toHaveLength(1);
  await strict.stop();
});

test('a stream’s address works once, and only for pages that may connect', async () => {
  const chat = await server.converse();
  const address = async (): Promise<string> =>
    (await server.ask('GET', `${ROOT}/${chat.id}?watermark=0`, chat.token)).body['streamUrl'] as string;
  const once = await address();
  const { socket } = await openStream(once);
  socket.close();
  await expect(openStream(once)).rejects.toThrow('401');
  await expect(openStream(await address(), 'https://evil.example')).rejects.toThrow('401');
  const own = await openStream(await address(), server.url);
  own.socket.close();
});

test('an empty frame is answered by an empty frame', async () => {
  const chat = await server.converse();
  const { body } = await server.ask('GET', `${ROOT}/${chat.id}?watermark=9`, chat.token);
  const { socket } = await openStream(body['streamUrl'] as string);
  const answer = new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.length)));
  socket.send('');
  expect(await answer).toBe(0);
  socket.close();
});

test('an attachment is refused in words, not with the 404 that ends a conversation for clients', async () => {
  const chat = await server.converse();
  expect((await server.ask('POST', `${ROOT}/${chat.id}/upload`, chat.token, {})).status).toBe(415);
});

test('a card’s button speaks for the customer; cards, roles and other values that a customer posts are dropped', async () => {
  const chat = await server.converse();
  const post = (body: object) =>
    server.ask('POST', `${ROOT}/${chat.id}/activities`, chat.token, { type: 'message', ...body });
  await post({ value: { choice: 'Menu' } });
  await post({ value: { intent: 'close_ticket' } });
  await post({
    text: 'menu',
    from: { id: 'guichet', role: 'bot' },
    attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'Payez ici' } }],
    suggestedActions: { actions: [{ type: 'openUrl', title: 'a', value: 'https://evil.example' }] },
  });
  const own = (await activities(chat.id, chat.token)).activities.filter(({ from }) => from.role === 'user');
  expect(own.map(({ text }) => text)).toEqual(['Menu', 'menu']);
  expect(JSON.stringify(own)).not.toMatch(/Payez|evil/);
});

test('the recap’s choices come as a card too, for clients that take suggested actions away', async () => {
  const chat = await server.converse();
  await keepTurn(server.store, chat.id, {
    activities: [
      {
        role: 'bot',
        at: new Date(),
        activity: {
          type: 'message',
          text: 'Récapitulatif',
          suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Envoyer', value: 'Envoyer' }] },
          channelData: { reply: { text: '', facts: { title: 'Récapitulatif', items: [] } } },
        },
      },
    ],
  });
  const { activities: said } = await activities(chat.id, chat.token, '1');
  expect(said[0]).toMatchObject({
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { actions: [{ type: 'Action.Submit', title: 'Envoyer', data: { choice: 'Envoyer' } }] },
      },
    ],
  });
});

test('notes of a client on its message are kept up to 16 kB', async () => {
  const chat = await server.converse();
  const post = (note: string) =>
    server.ask('POST', `${ROOT}/${chat.id}/activities`, chat.token, {
      type: 'message',
      text: 'menu',
      channelData: { note },
    });
  expect((await post('a'.repeat(10_000))).status).toBe(200);
  expect((await post('a'.repeat(20_000))).status).toBe(400);
});
