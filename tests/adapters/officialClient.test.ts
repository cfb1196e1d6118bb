import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import XMLHttpRequest from 'xhr2';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png } from '../pictures.ts';
import { SECRET, TestServer } from '../server.ts';

jest.setTimeout(90_000);

/** Sends forms too, as a browser does. */
class FormRequest extends XMLHttpRequest {
  override send(body?: unknown): void {
    if (!(body instanceof FormData)) return super.send(body);
    const form = new Response(body);
    void form.arrayBuffer().then((bytes) => {
      this.setRequestHeader('Content-Type', form.headers.get('Content-Type')!);
      super.send(new Uint8Array(bytes));
    });
  }
}
// The official client was written for browsers; it asks for these by their browser names.
Object.assign(globalThis, { WebSocket, XMLHttpRequest: FormRequest });

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.stop());

interface Client {
  line: DirectLine;
  seen: { id: string; text: string; role: string }[];
  until(text: RegExp): Promise<void>;
  says(text: string): Promise<string>;
}

/** What a page can keep over a reload, to go on where it was. */
interface Kept {
  token: string;
  conversationId: string;
  watermark: string;
}

async function connect(webSocket: boolean, kept?: Kept): Promise<Client> {
  const { body } = await server.ask('POST', '/v3/directline/tokens/generate', SECRET, {
    user: { id: 'dl_luc' },
  });
  const line = new DirectLine({
    token: body['token'] as string,
    ...kept,
    domain: `${server.url}/v3/directline`,
    webSocket,
    pollingInterval: 200,
    timeout: 2000,
  });
  const seen: Client['seen'] = [];
  line.activity$.subscribe({
    next: (activity: Activity) => {
      if (activity.type === 'message')
        seen.push({ id: activity.id!, text: activity.text ?? '', role: activity.from.role ?? '' });
    },
    // end() makes the stream fail with "conversation ended"; any other failure shows as what was not seen.
    error: () => undefined,
  });
  return {
    line,
    seen,
    until: async (text) => {
      for (const end = Date.now() + 60_000; Date.now() < end;) {
        if (seen.some((entry) => entry.role === 'bot' && text.test(entry.text))) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`The client did not see ${text}; it saw ${JSON.stringify(seen)}`);
    },
    says: (text) =>
      new Promise((resolve, reject) =>
        line.postActivity({ type: 'message', from: { id: 'dl_luc' }, text }).subscribe(resolve, reject),
      ),
  };
}

test('by polling goes on after a restart: a new client with the kept conversation, token and watermark misses and repeats nothing', async () => {
  const before = await connect(false);
  await before.until(/assistant automatique/);
  await before.says('mon colis est noté livré mais je n’ai rien reçu, commande 100245');
  await before.until(/numéro de suivi du colis/);
  const { token, conversationId, watermark } = before.line as unknown as Kept;
  before.line.end();
  await server.restart();
  // Said while no client was there, as from another device.
  await server.ask('POST', `/v3/directline/conversations/${conversationId}/activities`, token, {
    type: 'message',
    text: '6A12345678901',
  });

  const after = await connect(false, { token, conversationId, watermark });
  await after.until(/demandé à vos voisins/);
  await after.says('oui');
  await after.until(/Décrivez la situation/);
  const ids = [...before.seen, ...after.seen].map((entry) => entry.id);
  expect(ids.map((id) => Number(id.split('|')[1]))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  after.line.end();
});

test.each([
  ['over WebSocket, and after a restart comes back without loss or repeat', true],
  ['by polling, without loss or repeat', false],
])('the official client converses %s', async (_how, webSocket) => {
  const client = await connect(webSocket);
  await client.until(/assistant automatique/);
  expect(await client.says('mon colis est noté livré mais je n’ai rien reçu, commande 100245')).toMatch(
    /\|0000002$/,
  );
  await client.until(/numéro de suivi du colis/);

  // A polling client of this library ends at the first request that fails, so only the socket can come back.
  if (webSocket) await server.restart();
  // It may say "retry" while the server is away; it is the customer who sends again then.
  let id = 'retry';
  for (let tries = 0; id === 'retry' && tries < 30; tries += 1) {
    id = await client.says('6A12345678901').catch(() => 'retry');
    if (id === 'retry') await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await client.until(/demandé à vos voisins/);

  const ids = client.seen.map((entry) => entry.id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(client.seen.map((entry) => entry.role)).toEqual(['bot', 'user', 'bot', 'user', 'bot']);
  expect(client.line.connectionStatus$.getValue()).toBe(ConnectionStatus.Online);
  client.line.end();
});

test('the official client uploads pictures with the words beside them; what is no picture is refused, and not kept', async () => {
  // Pages have the picture under an address of their own, which the client reads.
  const files: Record<string, Buffer> = {
    '/screen.png': png(320, 200),
    '/no-picture.png': Buffer.from('text'),
  };
  const page = createServer(({ url }, response) => response.end(files[url!]));
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  const { port } = page.address() as AddressInfo;
  const client = await connect(true);
  await client.until(/assistant automatique/);
  const uploads = (name: string): Promise<string> =>
    new Promise((resolve, reject) =>
      client.line
        .postActivity({
          type: 'message',
          from: { id: 'dl_luc' },
          text: 'un bouton est invisible, voici l’écran',
          attachments: [
            { contentType: 'image/png', contentUrl: `http://127.0.0.1:${port}/${name}`, name: 'écran.png' },
          ],
        })
        .subscribe(resolve, reject),
    );

  await expect(uploads('no-picture.png')).rejects.toMatchObject({ status: 415 });
  expect(await uploads('screen.png')).toMatch(/\|0000002$/);
  await client.until(/bien reçu votre image/);
  const { conversationId } = client.line as unknown as Kept;
  const [, said] = await server.store.activities(conversationId);
  expect(said!.activity).toMatchObject({
    text: 'un bouton est invisible, voici l’écran',
    attachments: [{ contentType: 'image/png', name: 'écran.png' }],
  });
  expect(client.seen.map(({ role }) => role)).toEqual(['bot', 'user', 'bot']);
  client.line.end();
  page.close();
});
