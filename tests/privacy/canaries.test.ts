import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { WebSocket } from 'ws';
import { Guichet, SECRET } from '../faults/guichet.ts';
import { HttpSink } from '../httpSink.ts';
import { MailServer } from '../mailServer.ts';
import { png } from '../pictures.ts';
import { until } from '../until.ts';

/*
 * A conversation full of secrets, through the front door of a server in a process of its own; then every byte that it left
 * anywhere is searched for them: database, log of the database, output, mails, webhooks, frames, exports, backup.
 */

/** What must be nowhere, in any of the forms that it was typed in; no number of them stands in the sources, which lie compiled beside. */
const CANARIES: readonly string[] = [
  ...['4539 1488 0343 6467', '4539148803436467', '453914880343'],
  ...['4917 4845', '49174845', '8989 7107', '89897107'],
  ...['4000%200025%200000%203155', '4000 0025', '400000250000'],
  ...['4242424242424242', '5555555555554444', '378282246310005', '6011 1111 1111 1117', '6011111111111117'],
  ...[
    '3530 1113',
    '35301113',
    '3330 0000',
    '33300000',
    '3566002020360505',
    '3056 9309',
    '30569309',
    '0259 04',
  ],
  ...['6759 6498', '67596498', '3000 6000 0112', '30006000011234567890189'],
  ...['Soleil-Canari-2024', 'Lune-Canari-2025', 'canaritoken0123456789abcdef', 'dos : 9173', '"cvv":"9173"'],
];
/** The first half of a number that is typed in two messages has left before anyone can know it for one. */
const HAS_LEFT = /^(?:frame|webhook|mail): (?:4917 4845|3530 1113)$/;
const INBOUND = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const ROOT = '/v3/directline/conversations';

let guichet: Guichet;
let mail: MailServer;
let hook: HttpSink;
let agentPassword = '';
const found: { where: string; bytes: Buffer }[] = [];

beforeAll(async () => {
  mail = await MailServer.start();
  hook = await HttpSink.start();
  guichet = await Guichet.start({
    settings: {
      LOG_LEVEL: 'debug',
      SMTP_URL: mail.url,
      SUPPORT_EMAIL: 'support@boutique.fr',
      WEBHOOK_URL: `${hook.url}/hook`,
      PRIVATE_TARGETS: '127.0.0.1',
      WEBHOOK_SECRET: INBOUND,
      INBOUND_EMAIL_SECRET: INBOUND,
    },
  });
  agentPassword = /shown only now: \S+ {2}(\S+)/.exec(guichet.output)![1]!;
});
afterAll(async () => {
  await guichet.kill();
  await mail.stop();
  await hook.stop();
});

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`${guichet.url}${path}`, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}
function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
function keep(where: string, bytes: Buffer | string): void {
  found.push({ where, bytes: Buffer.from(bytes) });
}

test('no byte of a card number, cryptogram, account number, password or reset link is left anywhere', async () => {
  const customer = await customerTalks();
  const cookie = await agentTalks(customer.reference);
  await inboundMail(customer.reference);

  for (const format of ['txt', 'html', 'json', 'transcript', 'csv'])
    await read(`/console/api/tickets/${customer.reference}/transcript/${format}?notes=1`, cookie);
  await read('/console/api/search.csv', cookie);
  await read(`/console/api/tickets/${customer.reference}`, cookie);
  await read('/console/api/misunderstood', cookie);
  await read(`${ROOT}/${customer.id}/activities`, { Authorization: `Bearer ${customer.token}` });

  await until(() => mail.taken.length >= 2 && hook.taken.length >= 2);
  for (const one of mail.taken) keep('mail', JSON.stringify(one));
  for (const one of hook.taken) keep('webhook', JSON.stringify(one));
  customer.socket.close();
  const copy = join(guichet.folder, 'backup.db');
  execFileSync(process.execPath, ['bot/cli/backup.ts', copy], {
    env: { PATH: process.env['PATH'], DATA_DIR: guichet.folder },
  });
  // While it runs, and after: the log of the database, free pages, everything.
  keepFolder('running');
  guichet.signal('SIGTERM');
  await guichet.gone();
  keepFolder('stopped');
  keep('output', guichet.output);

  const shown = found.flatMap(({ where, bytes }) =>
    CANARIES.filter((canary) => bytes.includes(canary)).map((canary) => `${where}: ${canary}`),
  );
  expect([...new Set(shown)].filter((line) => !HAS_LEFT.test(line))).toEqual([]);
  // The search can find: what may be kept is there.
  for (const place of ['running guichet.db', 'mail', 'webhook', 'frame', 'running backup.db'])
    expect(
      `${place} ${found.some(({ where, bytes }) => where === place && bytes.includes(customer.reference))}`,
    ).toBe(`${place} true`);
}, 60_000);

async function customerTalks(): Promise<{ id: string; token: string; reference: string; socket: WebSocket }> {
  const generated = (await (
    await ask('/v3/directline/tokens/generate', json({}, { Authorization: `Bearer ${SECRET}` }))
  ).json()) as { token: string };
  const Authorization = `Bearer ${generated.token}`;
  const { conversationId: id, streamUrl } = (await (await ask(ROOT, json({}, { Authorization }))).json()) as {
    conversationId: string;
    streamUrl: string;
  };
  const socket = new WebSocket(streamUrl);
  socket.on('message', (frame: Buffer) => keep('frame', frame));
  await new Promise((resolve) => socket.once('open', resolve));
  const says = (activity: object): Promise<Response> =>
    ask(`${ROOT}/${id}/activities`, json({ type: 'message', ...activity }, { Authorization }));

  await says({
    text: 'ma carte 4539 1488 0343 6467 est refusée, les 4 chiffres au dos : 9173, mdp Soleil-Canari-2024',
    from: { id: 'x', name: '6011 1111 1111 1117' },
    channelData: {
      pan: 5555555555554444,
      cvv: '9173',
      clientActivityID: 'x-378282246310005',
      password: 'Lune-Canari-2025',
    },
  });
  // Recognised late: the first half was kept, not understood, and is taken out again.
  await says({ text: '4917 4845' });
  await says({ text: '8989 7107' });
  await says({ text: 'https://x.fr/pay?pan=4000%200025%200000%203155' });
  await says({ text: 'mon IBAN FR76 3000 6000 0112 3456 7890 189' });
  await says({ text: 'le lien https://boutique.fr/reset?token=canaritoken0123456789abcdef ne marche pas' });
  const form = new FormData();
  form.append(
    'activity',
    new Blob([JSON.stringify({ type: 'message' })], { type: 'application/vnd.microsoft.activity' }),
  );
  form.append('file', new Blob([png()]), 'carte-4242424242424242.png');
  await ask(`${ROOT}/${id}/upload`, { method: 'POST', headers: { Authorization }, body: form });
  await says({
    text: 'Débité deux fois avec ma carte 6759 6498 2643 8453.',
    value: { form: { intent: 'payment_error', email: 'luc@exemple.fr' } },
  });
  const transcript = await (await ask(`${ROOT}/${id}/activities`, { headers: { Authorization } })).text();
  return { id, token: generated.token, reference: /SUP-[0-9A-Z]{6}/.exec(transcript)![0], socket };
}

async function agentTalks(reference: string): Promise<Record<string, string>> {
  const signedIn = await ask(
    '/console/api/session',
    json({ email: 'agent@guichet.local', password: agentPassword }),
  );
  const headers = { Cookie: signedIn.headers.get('set-cookie')!.split(';')[0]! };
  const step = (name: string, body: object): Promise<Response> =>
    ask(`/console/api/tickets/${reference}/${name}`, json({ key: randomUUID(), ...body }, headers));
  await step('claim', {});
  await step('reply', { text: 'Vous avez écrit 3530 1113', after: 9_999 });
  await step('reply', { text: '3330 0000', after: 9_999 });
  await step('note', { text: 'Le client a dicté 3566002020360505.' });
  return headers;
}

async function inboundMail(reference: string): Promise<void> {
  const body = JSON.stringify({
    from: 'luc@exemple.fr',
    subject: `Re: [${reference}]`,
    text: 'Ma carte : 3056 9309 0259 04, mot de passe : Soleil-Canari-2024',
    messageId: '<1@exemple.fr>',
  });
  const at = new Date();
  await ask('/api/inbound-email', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': 'm1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(INBOUND).sign('m1', at, body),
    },
    body,
  });
}

async function read(path: string, headers: Record<string, string>): Promise<void> {
  keep('export', await (await ask(path, { headers })).text());
}

function keepFolder(when: string): void {
  for (const file of readdirSync(guichet.folder, { recursive: true, withFileTypes: true })) {
    // Trained sentences and compiled code are ours: a comment of the code may show a number.
    if (file.isFile() && !file.name.endsWith('.model') && !file.parentPath.includes('compiled'))
      keep(`${when} ${file.name}`, readFileSync(join(file.parentPath, file.name)));
  }
}
