import { readFileSync } from 'node:fs';
import { check } from 'recheck';
import { CHECKED, literals, parts } from './expressions.ts';

jest.setTimeout(120_000);

const END =
  'a run of the same signs that does not end the text: n²/2 cheap steps, some 10 ms for 4,000 characters';
const BOUNDED = 'all repetitions but one are bounded, which recheck counts as if they were not';
const WORDS =
  'only words of the list repeated up to the end of the text, 4,000 characters at most: n²/2 steps';
const FOUND =
  'the start is looked for at each place, and what follows is read once from there: n²/2 steps at most';
const OPERATOR = 'meets the settings, not what customers write';
const BROWSER = 'runs in the browser, on what its own user typed or sees, or on the browser’s name';

/** What is not safe for texts of any length, and why it is for ours: file, beginning of the expression, reason. */
const JUSTIFIED: [file: string, start: string, reason: string][] = [
  ['bot/aside.ts', '^(?:(?:et|ah|oh|bon', WORDS],
  ['bot/commands.ts', String.raw`[\s.!,;:…]+$`, END],
  ['bot/commands.ts', String.raw`\s*\?$`, END],
  ['bot/config/values.ts', String.raw`^(\S.*?)\s+`, OPERATOR],
  ['bot/config/values.ts', String.raw`^[^<>\r\n]*<?`, OPERATOR],
  ['bot/createBot.ts', String.raw`\[[^\]\n]{0,30}`, BOUNDED],
  ['bot/createBot.ts', '@.*$', FOUND],
  ['bot/discretion.ts', String.raw`[\s.!]+$`, END],
  ['bot/erasure.ts', String.raw`[\s.!?]+$`, END],
  ['bot/duringHandoff.ts', String.raw`[\s.!]+$`, END],
  ['bot/rating.ts', String.raw`[\s.!]+$`, END],
  ['bot/ticketStatus.ts', String.raw`\b(?:ou en est|`, BOUNDED],
  ['bot/redactActivity.ts', String.raw`^(?!.*(?:\d[.:|_-]?){12})`, 'an id of at most 200 characters'],
  ['bot/redaction/announced.ts', '(?:[:=]|->|', FOUND],
  ['bot/redaction/iban.ts', '(?<![a-z])(?:iban|rib|compte bancaire|bank account)', FOUND],
  ['bot/redaction/iban.ts', String.raw`(\d+)([nac])`, 'meets our own table of formats'],
  [
    'bot/redaction/links.ts',
    '^(?:|[a-z]{2}|reset',
    'the parts of an address, each read once per sign between its words: n²/2 steps',
  ],
  ['bot/redaction/ordinaryWords.ts', '[^a-z]+$', END],
  ['bot/redaction/passwords.ts', '(?:[:=]{1,3}>?', BOUNDED],
  ['bot/redaction/passwords.ts', '["\'`«“][ ]?', BOUNDED],
  ['bot/redaction/passwords.ts', '[!?.,;:)]+$', END],
  ['bot/redaction/passwords.ts', '[!?.,]+$', END],
  ['bot/redaction/passwords.ts', '[.,;:)', END],
  ['dialogs/asides.ts', '^(?:(?:euh|heu|ben', WORDS],
  ['dialogs/asides.ts', '^(?:(?:ah|oui|non', WORDS],
  ['dialogs/choices.ts', '^(?:(?:je (?:choisis', WORDS],
  ['dialogs/corrections.ts', "(?:c['’]?est pas|ce n", BOUNDED],
  ['dialogs/corrections.ts', String.raw`^\s*\*+\s*`, BOUNDED],
  ['dialogs/formCorrection.ts', '(?:commandes?|cmde?|cde|order', 'meets the 80 characters before a number'],
  ['dialogs/formCorrection.ts', String.raw`(?<![\w/.-])\d{6,16}`, FOUND],
  ['dialogs/lostParcel.ts', '(?:note|indique|marque', BOUNDED],
  ['dialogs/lostParcel.ts', '(?:demande|vu|verifie', BOUNDED],
  ['dialogs/lostParcel.ts', String.raw`\b(?:pas|jamais)\b.{0,25}`, BOUNDED],
  ['dialogs/slowness.ts', String.raw`\b(?:depuis|hier|avant-hier`, BOUNDED],
  ['dialogs/suspiciousActivity.ts', String.raw`\b(?:depuis|de|en`, FOUND],
  ['dialogs/suspiciousActivity.ts', String.raw`\b(?:peux|arrive`, BOUNDED],
  ['dialogs/suspiciousActivity.ts', String.raw`\b(?:j'ai|je viens de`, FOUND],
  ['knowledge/classifier/alarms.ts', '(?:faux|fausse|bidon', FOUND],
  ['knowledge/classifier/alarms.ts', '(?:mail|mel|courriel', FOUND],
  ['knowledge/classifier/sound.ts', '[tdspxz]+$', END],
  ['knowledge/entities/browsers.ts', String.raw`^(?: (?:version )?[\d.]+)?\W*$`, END],
  ['knowledge/entities/times.ts', String.raw`^\s*(?:(?:a|vers`, END],
  ['adapters/widget/panel/ContactForm.tsx', String.raw`^\S+@\S+\.\S+$`, BROWSER],
  ['adapters/widget/panel/Text.tsx', String.raw`(https:\/\/`, BROWSER],
  ['adapters/widget/panel/browserName.ts', String.raw`Version\/(\d+)`, BROWSER],
];

const safe = new Set(JSON.parse(readFileSync(CHECKED, 'utf8')) as string[]);
const all = literals();
const justifies = (file: string, literal: string) =>
  JUSTIFIED.find(([where, start]) => where === file && literal.startsWith(`/${start}`));

test('every regular expression literal is safe by recheck, or has its reason', async () => {
  const open = all.filter(([literal, file]) => !safe.has(literal) && !justifies(file, literal));
  const wrong: string[] = [];
  // New ones; `node tests/attacks/checkExpressions.ts` keeps what was found, so that they are few.
  for (const [literal, file] of open) {
    const { source, flags } = parts(literal);
    const { status } = await check(source, flags, { timeout: 20_000 });
    if (status !== 'safe') wrong.push(`${status}: ${file} ${literal}`);
  }
  expect(wrong).toEqual([]);
});

test('no reason is left for an expression that is gone', () => {
  const used = new Set(all.map(([literal, file]) => justifies(file, literal)));
  expect(JUSTIFIED.filter((reason) => !used.has(reason))).toEqual([]);
});

test('an expression that may take exponential time would be found', async () => {
  expect((await check('^(?: (?:encore|encore))*$', '')).status).toBe('vulnerable');
});
