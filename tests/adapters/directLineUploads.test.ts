import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanName } from '../../adapters/directLine/pictures.ts';
import { FileAddresses } from '../../adapters/directLine/fileAddresses.ts';
import { png } from '../pictures.ts';
import { type Asked, TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const ROOT = '/v3/directline/conversations';
type Chat = Awaited<ReturnType<TestServer['converse']>>;

interface File {
  name: string;
  contentType: string;
  contentUrl: string;
}
interface Wire {
  text?: string;
  attachments?: File[];
}

interface Sent {
  name: string;
  bytes: Buffer<ArrayBuffer> | string;
}
/** Posts files the way the official client does: a part `activity`, then a part for each file. */
async function upload(chat: Chat, files: Sent[], activity: object | string = {}): Promise<Asked> {
  const form = new FormData();
  const json = typeof activity === 'string' ? activity : JSON.stringify({ type: 'message', ...activity });
  form.append('activity', new Blob([json], { type: 'application/vnd.microsoft.activity' }));
  for (const { name, bytes } of files) form.append('file', new Blob([bytes]), name);
  return post(chat, form);
}
async function post(
  chat: Chat,
  body: FormData | string,
  headers: Record<string, string> = {},
): Promise<Asked> {
  const response = await fetch(`${server.url}${ROOT}/${chat.id}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${chat.token}`, ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Asked['body'],
  };
}
async function said(chat: Chat): Promise<Wire[]> {
  const { body } = await server.ask('GET', `${ROOT}/${chat.id}/activities`, chat.token);
  return body['activities'] as Wire[];
}

const PICTURE = { name: 'écran.png', bytes: png() };

test('a picture is kept with its message, acknowledged, and comes back byte for byte', async () => {
  const chat = await server.converse();
  expect((await upload(chat, [PICTURE], { text: 'voici l’erreur' })).status).toBe(200);
  const [, message, answer] = await said(chat);
  expect(message).toMatchObject({
    text: 'voici l’erreur',
    attachments: [{ name: 'écran.png', contentType: 'image/png' }],
  });
  expect(answer!.text).toContain('bien reçu votre image');
  const got = await fetch(message!.attachments![0]!.contentUrl);
  expect(Buffer.from(await got.arrayBuffer()).equals(PICTURE.bytes)).toBe(true);
});

test('a picture without a word is a message too', async () => {
  const chat = await server.converse();
  await upload(chat, [PICTURE, { name: 'b.png', bytes: png(3, 3) }]);
  const [, message, answer] = await said(chat);
  expect(message!.attachments).toHaveLength(2);
  expect(answer!.text).toContain('vos 2 images');
});

test('the same picture posted twice under one key is one message', async () => {
  const chat = await server.converse();
  const activity = { channelData: { clientActivityID: 'same' } };
  const [first, second] = await Promise.all([
    upload(chat, [PICTURE], activity),
    upload(chat, [PICTURE], activity),
  ]);
  expect(first.body).toEqual(second.body);
  expect(await said(chat)).toHaveLength(3);
});

test('a file is saved and never opened as a page, whatever it holds', async () => {
  const chat = await server.converse();
  await upload(chat, [PICTURE]);
  const { headers } = await fetch((await said(chat))[1]!.attachments![0]!.contentUrl);
  expect(headers.get('content-disposition')).toMatch(/^attachment; .*%C3%A9cran\.png$/);
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-type')).toBe('image/png');
});

test('a file is had with its conversation’s token or a signed address, and not otherwise', async () => {
  const [chat, other] = [await server.converse(), await server.converse()];
  await upload(chat, [PICTURE]);
  const { contentUrl } = (await said(chat))[1]!.attachments![0]!;
  const bare = contentUrl.split('?')[0]!;
  const status = async (url: string, token?: string): Promise<number> =>
    (await fetch(url, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await status(contentUrl)).toBe(200);
  expect(await status(bare, chat.token)).toBe(200);
  expect(await status(bare)).toBe(401);
  expect(await status(bare, other.token)).toBe(401);
  expect(await status(contentUrl.replace(/until=\d/, 'until=9'))).toBe(401);
  expect(await status(contentUrl.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBe(401);
});

test('a signed address is for one file and a day', () => {
  const at = (hours: number): FileAddresses =>
    new FileAddresses('secret', () => new Date(Date.UTC(2026, 2, 18, hours)));
  const query = Object.fromEntries(new URL(at(0).of('f'), 'http://x').searchParams);
  expect(at(23).valid('f', query)).toBe(true);
  expect(at(25).valid('f', query)).toBe(false);
  expect(at(0).valid('g', query)).toBe(false);
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
test.each([
  ['a drawing with a script', 'a.svg', SVG, 415],
  ['a page with a picture’s name', 'a.png', '<!doctype html><script>alert(1)</script>', 415],
  ['a program', 'a.png', Buffer.from('4d5a9000', 'hex'), 415],
  ['an empty file', 'a.png', '', 415],
  ['a picture that ends in its header', 'a.png', png().subarray(0, 14), 415],
  ['more than 4 MB', 'a.png', Buffer.concat([png(), Buffer.alloc(4 * 1024 * 1024)]), 413],
  ['a bomb: few bytes, a hundred million pixels', 'a.png', png(100_000, 1_000), 413],
])('%s is refused in words, and nothing is kept', async (_what, name, bytes, status) => {
  const chat = await server.converse();
  const answer = await upload(chat, [{ name, bytes }], { text: 'voir image' });
  expect(answer.status).toBe(status);
  expect(answer.body.error!.message).toBeTruthy();
  expect(await said(chat)).toHaveLength(1);
});

test('more than four files, a broken form and a broken activity are refused', async () => {
  const chat = await server.converse();
  expect(
    (
      await upload(
        chat,
        Array.from({ length: 5 }, () => PICTURE),
      )
    ).status,
  ).toBe(413);
  expect((await upload(chat, [PICTURE], '{"type":')).status).toBe(400);
  expect((await upload(chat, [PICTURE], '[]')).status).toBe(400);
  const form = { 'Content-Type': 'multipart/form-data; boundary=x' };
  expect(
    (await post(chat, '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut', form))
      .status,
  ).toBe(400);
  expect((await post(chat, 'nothing of a form', form)).status).toBe(400);
  expect((await post(chat, '', { 'Content-Type': 'multipart/form-data' })).status).toBe(400);
  expect((await post(chat, 'text', { 'Content-Type': 'text/plain' })).status).toBe(415);
  expect(await said(chat)).toHaveLength(1);
});

test.each([
  ['C:\\Users\\luc\\écran.PNG', 'écran.png'],
  ['../../etc/passwd', 'passwd.png'],
  ['facture\u202Egpj.exe', 'facturegpj.png'],
  ['a\r\nSet-Cookie: b.png', 'aSet-Cookie b.png'],
  ['<b>"x"|?*.png', 'bx.png'],
  ['...', 'image.png'],
  ['', 'image.png'],
  ['é'.repeat(300), `${'é'.repeat(80)}.png`],
])('the name %j is shown as %j', (given, shown) => {
  expect(cleanName(given, 'png')).toBe(shown);
});

test('agents read a customer’s picture from the ticket; others do not', async () => {
  const chat = await server.converse();
  await upload(chat, [PICTURE]);
  const id = /files\/([^?]+)/.exec((await said(chat))[1]!.attachments![0]!.contentUrl)![1]!;
  const credentials = { email: 'agent@guichet.local', password: server.password };
  const { headers } = await server.ask('POST', '/console/api/session', undefined, credentials);
  const Cookie = headers.get('set-cookie')!.split(';')[0]!;
  const path = `${server.url}/console/api/files/${id}`;
  const got = await fetch(path, { headers: { Cookie } });
  expect(Buffer.from(await got.arrayBuffer()).equals(PICTURE.bytes)).toBe(true);
  expect(got.headers.get('content-security-policy')).toContain('sandbox');
  expect((await fetch(path)).status).toBe(401);
});

test('an erased conversation leaves no byte of it in the files, and its picture is gone', async () => {
  const chat = await server.converse();
  const canary = 'canari-8f3a1c';
  await upload(chat, [{ name: `${canary}.png`, bytes: Buffer.concat([png(), Buffer.from(canary)]) }], {
    text: `colis perdu ${canary}`,
  });
  const { contentUrl } = (await said(chat))[1]!.attachments![0]!;
  const holding = (): string[] =>
    readdirSync(server.folder).filter((name) => readFileSync(join(server.folder, name)).includes(canary));
  expect(holding()).not.toEqual([]);
  expect((await server.ask('DELETE', `${ROOT}/${chat.id}`, chat.token)).status).toBe(204);
  expect(holding()).toEqual([]);
  expect((await fetch(contentUrl)).status).toBe(404);
  expect(await said(chat)).toEqual([]);
});
