import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { png } from '../pictures.ts';
import { TestServer } from '../server.ts';
import { ConsoleClient } from '../consoleClient.ts';

const ROOT = '/v3/directline/conversations';
const MARIE = 'marie.curie@exemple.fr';
/** What of Marie's is nowhere after: her words, her address, an agent's note, her picture's name. */
const CANARIES = [
  'canari-dit-par-marie',
  'marie.curie',
  'canari-note',
  'canari-image',
  'canari-agent',
  '<b>canari</b>',
];

let server: TestServer;
let agent: ConsoleClient;
beforeAll(async () => {
  server = await TestServer.start();
  agent = await ConsoleClient.of(server, 'Léa', 'supervisor');
});
afterAll(() => server.stop());

type Talk = Awaited<ReturnType<TestServer['converse']>>;

/** A conversation with words, a picture, a ticket, an agent's answer and note. */
async function talk(email: string, words: string): Promise<Talk & { reference: string }> {
  const customer = await server.converse();
  await customer.says(`je ne comprends rien à ce truc ${words}`);
  const form = new FormData();
  form.append('activity', new Blob(['{"type":"message"}'], { type: 'application/vnd.microsoft.activity' }));
  form.append('file', new Blob([png()]), 'canari-image.png');
  await fetch(`${server.url}${ROOT}/${customer.id}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${customer.token}` },
    body: form,
  });
  await server.ask('POST', `${ROOT}/${customer.id}/activities`, customer.token, {
    type: 'message',
    text: `${words} <b>canari</b>`,
    value: { form: { intent: 'payment_error', email } },
  });
  const [ticket] = await server.store.ticketsOf(customer.id);
  const { reference } = ticket!;
  await agent.post(`tickets/${reference}/claim`, {});
  await agent.post(`tickets/${reference}/reply`, { text: 'canari-agent', after: 9_999, key: 'answer-1' });
  await agent.post(`tickets/${reference}/note`, { text: 'canari-note', key: 'note-number-1' });
  await agent.get(`tickets/${reference}`);
  await agent.download(`tickets/${reference}/transcript/txt`);
  return { ...customer, reference };
}

/** The operator's command, beside the running server. */
function privacy(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['bot/cli/privacy.ts', ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: server.folder, GUICHET_NOW: '2026-03-18T15:00:00+01:00' },
  });
  let output = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}

/**
 * Looks through copies, made by another process: to close a file of SQLite's in the process that serves it would drop
 * SQLite's locks on it (POSIX advisory locks).
 */
function canariesInFiles(): string[] {
  const copy = mkdtempSync(join(tmpdir(), 'guichet-erased-'));
  execFileSync('cp', ['-r', `${server.folder}/.`, copy]);
  return readdirSync(copy, { recursive: true, withFileTypes: true }).flatMap((file) => {
    const bytes = file.isFile() ? readFileSync(join(file.parentPath, file.name)) : '';
    return CANARIES.filter((canary) => bytes.includes(canary)).map((canary) => `${file.name}: ${canary}`);
  });
}

test('an operator erases a customer beside the running server, and no byte is left; others stay', async () => {
  const marie = await talk(MARIE, 'canari-dit-par-marie');
  const luc = await talk('luc@exemple.fr', 'dit par luc');
  expect(canariesInFiles()).not.toEqual([]);

  expect((await privacy('erase', '--email', MARIE, '--dry-run')).output).toContain('nothing was');
  expect(await server.store.conversation(marie.id)).toBeDefined();
  const { code, output } = await privacy('erase', '--email', MARIE.toUpperCase());
  expect(output).toContain(marie.reference);
  expect(output).toContain('1 conversations erased');
  expect(code).toBe(0);

  expect(await server.store.ticket(marie.reference)).toBeUndefined();
  expect(await server.store.conversation(marie.id)).toBeUndefined();
  expect(await server.store.conversation(luc.id)).toBeDefined();
  await privacy('erase', '--conversation', luc.id);
  expect(canariesInFiles()).toEqual([]);
  expect(await server.store.records.misunderstood({ labelled: false, limit: 50 })).toEqual([]);
  // Whoever still has the page open begins anew.
  expect((await marie.says('bonjour')).status).toBe(200);
  expect((await server.store.activities(marie.id)).at(-2)!.activity.text).toBe('bonjour');
}, 60_000);

test('an operator exports a customer as JSON and as one page, escaped, with pictures and notes', async () => {
  const paul = await talk('paul@exemple.fr', 'dit par paul');
  const folder = mkdtempSync(join(tmpdir(), 'guichet-export-'));
  const { output } = await privacy('export', '--email', 'paul@exemple.fr', '--out', folder);
  expect(output).toContain('1 conversations written');
  const [html, json] = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(html).toContain('&lt;b&gt;canari&lt;/b&gt;');
  expect(html).not.toContain('<b>canari');
  expect(html).not.toMatch(/<script|https?:\/\//);
  expect(html).toContain(`src="data:image/png;base64,${png().toString('base64')}"`);
  const { conversations } = JSON.parse(json!) as { conversations: Record<string, unknown>[] };
  expect(conversations[0]).toMatchObject({
    conversation: { id: paul.id },
    tickets: [{ reference: paul.reference, customerEmail: 'paul@exemple.fr' }],
    notes: [{ text: 'canari-note' }],
    uploads: [{ name: 'canari-image.png', base64: png().toString('base64') }],
  });
}, 60_000);

test('a customer is found by the user id of the channel too; an address that others wrote is named, not erased', async () => {
  const nina = await server.converse('dl_nina');
  await nina.says('écrivez à otto@exemple.fr svp');
  expect((await privacy('erase', '--user', 'dl_nina', '--dry-run')).output).toContain(nina.id);
  const { output } = await privacy('erase', '--email', 'otto@exemple.fr');
  expect(output).toContain('0 conversations erased');
  expect(output).toContain(nina.id);
  expect(await server.store.activities(nina.id)).not.toEqual([]);
}, 60_000);

test.each([
  [['erase'], 'Name one customer'],
  [['erase', '--email', 'a@b.fr', '--user', 'u'], 'Name one customer'],
  [['forget'], 'What is to be done?'],
  [['export', '--mail', 'x'], '--mail'],
])('%j is refused with what to do', async (args, said) => {
  const { code, output } = await privacy(...args);
  expect(code).toBe(1);
  expect(output).toContain(said);
});

test('the audit log says who erased, exported, looked and signed in, and holds no word of any conversation', async () => {
  const { output } = await privacy('audit');
  for (const done of [
    'erased  conversation',
    'exported  conversation',
    'léa  exported  ticket SUP-',
    'léa  viewed  ticket SUP-',
    'léa  signed_in',
  ])
    expect(output).toContain(done);
  for (const line of output.trim().split('\n'))
    expect(line).toMatch(
      /^\S+Z {2}\S+ {2}(?:signed_in|viewed|exported|erased|expired|account_changed) {2}(?:(?:conversation|ticket|account) \S+|search|console|\d+ conversations, \d+ uploads)$/,
    );
});
