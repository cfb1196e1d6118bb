import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import type { Note, Store } from '../../bot/store.ts';
import {
  formats,
  transcriptFile,
  type TranscriptFormat,
  type TranscriptSource,
} from '../../bot/transcript.ts';
import { cell } from '../../bot/transcript/csv.ts';
import { keepTurn } from '../storedTurn.ts';

const AT = Date.parse('2026-03-18T13:30:00Z');
const SAID = [
  ['customer', 'Mon colis <b>manque</b> & "rien"'],
  ['bot', 'Quel est le numéro ?'],
  ['customer', '=HYPERLINK("http://x")\nseconde ligne\r\ntroisième'],
  ['agent', 'Bonjour, je regarde.'],
  ['customer', 'Merci ! 🙂 \u202eetrap'],
] as const;

let store: Store;
let source: TranscriptSource;
beforeEach(async () => {
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-transcript-')));
  await store.openConversation({ id: 'c', channel: 'directline', userId: 'dl_1', now: new Date(AT) });
  await keepTurn(store, 'c', {
    activities: [
      ...SAID.map(([role, text], i) => ({
        role,
        at: new Date(AT + i * 61_000),
        activity: {
          type: 'message',
          text,
          from: { id: role, name: role === 'agent' ? 'Léa' : '' },
          ...(role === 'bot' && {
            suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Je ne sais pas', value: 'x' }] },
          }),
          ...(i === 4 && { attachments: [{ name: 'capture.png', contentType: 'image/png' }] }),
        },
      })),
      { role: 'bot' as const, at: new Date(AT + 400_000), activity: { type: 'typing' } },
    ],
  });
  source = {
    conversation: (await store.conversation('c'))!,
    activities: await store.activities('c'),
    references: ['SUP-4T7K2M'],
  };
});
afterEach(() => store.close());

const NOTE: Note = {
  id: 'n',
  conversationId: 'c',
  afterSeq: 3,
  at: new Date(AT + 150_000),
  agentId: 'a',
  agentName: 'Marc',
  text: 'client déjà remboursé',
};
const file = (format: TranscriptFormat, notes?: Note[]): string =>
  transcriptFile({ ...source, ...(notes && { notes }) }, format).body;

/** The texts of a format, read back by a reader of that format. */
const readers: Record<TranscriptFormat, (body: string) => string[]> = {
  txt: (body) =>
    body
      .trimEnd()
      .split('\n\n')
      .slice(1)
      .map((entry) =>
        entry
          .split('\n')
          .filter((line) => /^ {4}[^[]/.test(line))
          .map((line) => line.slice(4))
          .join('\n'),
      ),
  html: (body) =>
    [...body.matchAll(/<p class="said">([^]*?)<\/p>/g)].map(([, text]) =>
      text!.replace(
        /&(lt|gt|quot|#39|amp);/g,
        (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name]!,
      ),
    ),
  json: (body) => (JSON.parse(body) as { lines: { text: string }[] }).lines.map(({ text }) => text),
  transcript: (body) =>
    (JSON.parse(body) as { type: string; text?: string }[])
      .filter(({ type }) => type === 'message')
      .map(({ text }) => text!),
  csv: (body) =>
    [...body.slice(1).matchAll(/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*"){8}\r$/gm)]
      .slice(1)
      .map(([row]) => [...row.matchAll(/"((?:[^"]|"")*)"/g)][6]![1]!.replaceAll('""', '"').replace(/^'/, '')),
};

test.each(Object.keys(formats) as TranscriptFormat[])(
  '%s holds every stored message, in order, to the last',
  (format) => {
    const stored = source.activities
      .filter(({ activity }) => activity.type === 'message')
      .map(({ activity }) => activity.text!);
    const plain = (text: string): string => (format === 'txt' ? text.replaceAll('\r\n', '\n') : text);
    expect(readers[format](file(format))).toEqual(stored.map(plain));
  },
);

test.each(Object.keys(formats) as TranscriptFormat[])(
  '%s is the same bytes each time, from the store read anew too',
  async (format) => {
    const first = file(format);
    source = {
      ...source,
      conversation: (await store.conversation('c'))!,
      activities: await store.activities('c'),
    };
    expect(file(format)).toBe(first);
  },
);

test.each(['txt', 'html', 'json', 'csv'] as const)(
  '%s tells roles, local time and UTC, choices and attachments',
  (format) => {
    const body = file(format);
    for (const part of ['Léa', 'capture.png', 'Je ne sais pas']) expect(body).toContain(part);
    if (format === 'json') expect(body).toContain('2026-03-18T13:31:01.000Z');
    else {
      expect(body).toContain('18/03/2026 14:31:01');
      expect(body).toContain('2026-03-18 13:31:01 UTC');
      expect(body).toContain('Client');
      expect(body).toContain('Assistant');
    }
  },
);

test.each(['txt', 'html', 'json', 'csv'] as const)(
  '%s holds notes where they are asked for, in their place',
  (format) => {
    expect(file(format)).not.toContain(NOTE.text);
    const body = file(format, [NOTE]);
    expect(body.indexOf(NOTE.text)).toBeGreaterThan(body.indexOf('troisième'));
    expect(body.indexOf(NOTE.text)).toBeLessThan(body.indexOf('je regarde'));
    expect(body).toContain('Marc');
  },
);

test('the Bot Framework transcript is the activities as they are stored, whole', () => {
  expect(JSON.parse(file('transcript'))).toEqual(source.activities.map(({ activity }) => activity));
});

test('HTML keeps what people typed as text, and runs nothing', () => {
  const body = file('html');
  expect(body).not.toContain('<b>manque');
  expect(body).not.toMatch(/<script|<img|<a /i);
  expect(body).toContain("default-src 'none'");
});

test.each(['=1+1', '+33 6 12', '-2', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])(
  'a spreadsheet shows %j and does not calculate it',
  (text) => {
    expect(cell(text)).toBe(`"'${text}"`);
  },
);
test.each(['a=b', '2026-03-18', 'dit "oui"', ''])('a spreadsheet cell %j stays as it is', (text) => {
  expect(cell(text)).toBe(`"${text.replaceAll('"', '""')}"`);
});

test('a file is named after its ticket, and otherwise after its conversation', () => {
  expect(transcriptFile(source, 'csv').name).toBe('SUP-4T7K2M.csv');
  expect(
    transcriptFile(
      { ...source, references: [], conversation: { ...source.conversation, id: 'a/b|c' } },
      'txt',
    ).name,
  ).toBe('a_b_c.txt');
});
