import { readFileSync } from 'node:fs';
import { describeRemoved, redact, type RedactionLine, redactUrl } from '../../bot/redaction.ts';

interface Case {
  id: string;
  what: string;
  messages: string[];
  goneDigits: string[];
  mustKeep: string[];
}
const cases = JSON.parse(readFileSync('tests/bot/redaction-cases.json', 'utf8')) as Case[];

/** Plays a conversation as the channel does: each message is redacted before it is stored; "B:" begins the bot's. */
function stored(messages: readonly string[]): string[] {
  const lines: RedactionLine[] = [];
  for (const message of messages) {
    if (message.startsWith('B:')) {
      lines.push({ from: 'bot', text: message.slice(2) });
      continue;
    }
    const { text, earlier } = redact(message, lines);
    for (const change of earlier) lines[change.index]!.text = change.text;
    lines.push({ from: 'customer', text });
  }
  return lines.map((line) => line.text);
}

test.each(cases.map((entry) => [entry.id, entry.what, entry] as const))('%s: %s', (_id, _what, entry) => {
  const lines = stored(entry.messages);
  for (const digits of entry.goneDigits) {
    for (const line of lines) expect(line.normalize('NFKC').replace(/\D/g, '')).not.toContain(digits);
  }
  for (const kept of entry.mustKeep) expect(lines.join('\n')).toContain(kept);
});

test.each([
  ['mon mot de passe est Soleil2024!', 'Soleil2024'],
  ['mdp: azerty12', 'azerty12'],
  ['password = hunter2', 'hunter2'],
  ['mdp c toto33', 'toto33'],
  ['mon code secret c’est 4829', '4829'],
  ['https://shop.fr/reset?token=abcdef0123456789', 'abcdef0123456789'],
  ['cvv 123 svp', '123'],
])('« %s » does not keep its secret', (text, secret) => {
  expect(redact(text).text).not.toContain(secret);
});

test.each([
  'mon mot de passe ne marche pas',
  'mot de passe oublié',
  'mon mot de passe est refusé',
  'le mot de passe est bon mais rien ne se passe',
  'mot de passe : je ne m’en souviens plus',
  'je ne reçois pas le mail pour changer mon mot de passe',
  'commande 100245, suivi 6A12345678901',
  'https://boutique.example/panier?page=2',
])('« %s » stays as it is', (text) => {
  expect(redact(text)).toEqual({ text, removed: [], earlier: [] });
});

test('a redacted text redacted again stays the same', () => {
  for (const { messages } of cases) {
    for (const line of stored(messages)) expect(redact(line).text).toBe(line);
  }
});

test('agents are told what was removed, never what it was', () => {
  expect(describeRemoved(['card', 'cvv', 'password'])).toBe(
    '2 données bancaires retirées, 1 mot de passe retiré',
  );
  expect(describeRemoved(['iban'])).toBe('1 donnée bancaire retirée');
  expect(describeRemoved([])).toBeUndefined();
});

test('a page’s address loses its secrets and keeps the rest', () => {
  expect(redactUrl('https://luc:pw@shop.fr/panier?session=abc&page=2#x')).toBe(
    'https://shop.fr/panier?session=[retiré]&page=2#x',
  );
});

test.each([
  'ma carte 4111%201111%201111%201111',
  'https://boutique.example/paiement?carte=4111%201111%201111%201111&suite=1',
  '4111%2D1111%2D1111%2D1111',
])('a card number written as in an address is masked: %s', (typed) => {
  expect(redact(typed).text).toContain('[carte •••• 1111]');
  expect(redact(typed).text).not.toContain('4111');
});

test('a percent sign before a number is no separator of a card', () => {
  const typed = 'remise de 20%20 sur la commande 100245, soit 50%2030';
  expect(redact(typed).text).toBe(typed);
});
