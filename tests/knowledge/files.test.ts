import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExamples } from '../../knowledge/examples.ts';
import { loadGuide } from '../../knowledge/guide.ts';

const copy = (folder: string): string => {
  const target = mkdtempSync(join(tmpdir(), 'guichet-knowledge-'));
  cpSync(folder, target, { recursive: true });
  return target;
};
function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

test('the guide has the eight sections of its source, word for word but for typography', () => {
  const { articles } = loadGuide('knowledge/guide');
  expect(articles.map((article) => article.section)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(articles[5]!.text).toContain(
    'Les enquêtes de livraison prennent généralement entre 5 et 10 jours ouvrés.',
  );
});

test.each([
  [
    'no front matter',
    (text: string) => text.replace(/^---\n/, ''),
    /6-livraison\.md:1: must begin with front matter/,
  ],
  ['broken YAML', (text: string) => text.replace('section: 6', 'section: [6'), /6-livraison\.md:\d+: /],
  [
    'a section that is no number',
    (text: string) => text.replace('section: 6', 'section: six'),
    /6-livraison\.md:2: section/,
  ],
  ['an unknown key', (text: string) => text.replace('title:', 'titel:'), /6-livraison\.md:\d+: /],
  [
    'no text',
    (text: string) => text.replace(/\n---\n[\s\S]*$/, '\n---\n'),
    /6-livraison\.md:\d+: has no text/,
  ],
  [
    'a section twice',
    (text: string) => text.replace('section: 6', 'section: 5'),
    /6-livraison\.md:2: section 5 is already in 5-paiement\.md/,
  ],
])('a guide with %s is refused: file, line and reason', (_what, change, message) => {
  const folder = copy('knowledge/guide');
  edit(join(folder, '6-livraison.md'), change);
  expect(() => loadGuide(folder)).toThrow(message);
});

test.each([
  ['broken YAML', (text: string) => text.replace('voices:', 'voices: ['), /greeting\.yaml:\d+: /],
  [
    'another intent’s name',
    (text: string) => text.replace('intent: greeting', 'intent: hello'),
    /must say "intent: greeting"/,
  ],
  ['no voices', () => 'intent: greeting\n', /greeting\.yaml:1: needs "voices:"/],
  [
    'a number for a sentence',
    () => 'intent: greeting\nvoices:\n  plain:\n    - bonjour\n    - 42\n',
    /greeting\.yaml:5: a sentence must be text/,
  ],
  [
    'a sentence twice',
    () => 'intent: greeting\nvoices:\n  plain:\n    - Bonjour !\n    - bonjour\n',
    /greeting\.yaml:5: the sentence stands already at .*greeting\.yaml:4/,
  ],
])('an intents file with %s is refused: file, line and reason', (_what, change, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-intents-'));
  cpSync('knowledge/intents/greeting.yaml', join(folder, 'greeting.yaml'));
  edit(join(folder, 'greeting.yaml'), change);
  expect(() => loadExamples(folder)).toThrow(message);
});

test('every intent has at least 40 examples, and none stands twice', () => {
  const counts = new Map<string, number>();
  for (const { intent } of loadExamples('knowledge/intents'))
    counts.set(intent, (counts.get(intent) ?? 0) + 1);
  for (const [intent, count] of counts) expect([intent, count >= 40]).toEqual([intent, true]);
});
