import { readFileSync } from 'node:fs';
import { describeRemoved, redact, redactUrl } from '../../bot/redaction.ts';
import { stored } from '../privacy/stored.ts';

interface Case {
  id: string;
  what: string;
  messages: string[];
  goneDigits: string[];
  mustKeep: string[];
}
const cases = JSON.parse(readFileSync('tests/bot/redaction-cases.json', 'utf8')) as Case[];

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
  ['4970 1012 3456 7890 exp 12/27 cvv 123', '3456'],
  ['4970101234567890 cvv 123', '4970101234567890'],
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

test.each([
  ['un mot entre deux moitiés', ['41111111 puis 11111111']],
  ['un numéro de 19 chiffres en trois messages', ['ma carte : 6250 948', '8866 04', '1607 305']],
  [
    'une adresse dans une adresse',
    ['https://x.fr/?to=https%3A%2F%2Fy.fr%2F%3Fpan%3D4111%25201111%25201111%25201111'],
  ],
  ['des entités', ['&#52;&#49;&#49;&#49;&nbsp;1111&nbsp;1111&nbsp;1111']],
  ['en toutes lettres', [`ma carte : quatre ${'un '.repeat(15)}`]],
  ['des chiffres cerclés', ['④①①① ①①①① ①①①① ①①①①']],
  ['une adresse qui perd aussi un mot de passe', ['https://x.fr/?mdp=soleil&pan=4111111111111111']],
])('a card number leaves whole: %s', (_what, messages) => {
  const kept = stored(messages).join('\n');
  expect(kept).toContain('[carte');
  expect(kept.replace(/\[carte[^\]]*\]/g, '')).not.toMatch(/\d{2}|un un|[①-⑨]/u);
});

test('a postcode that was asked for is no end of the card before it', () => {
  expect(stored(['ma carte 4111 1111 1111 1111', 'B:Quel est votre code postal ?', '750'])[2]).toBe('750');
});

test.each([
  [['mon mot de passe est', 'Soleil2024!'], 'Soleil2024'],
  [['voici mon mdp', 'soleil75'], 'soleil75'],
  [['mdp :', 'B:Je n’ai pas compris.', 'azerty12'], 'azerty12'],
  [['le cvv c’est', '737'], '737'],
  [['cryptogramme :', '9173 merci'], '9173'],
])('%j: what one message announces and the next one gives is not kept', (messages, secret) => {
  expect(stored(messages).join()).not.toContain(secret);
});

test.each([
  [['j’ai oublié mon mot de passe', '4521']],
  [['mon mot de passe est', 'refusé']],
  [['on me demande le cvv', '4521 commande']],
  [['le mot de passe est refusé', 'CMD-100245']],
  [['mon mot de passe est faux, voici le message', 'erreur 403']],
])('%j stays as it is', (messages) => {
  expect(stored(messages)).toEqual(messages);
});

test('a choice by its number right behind a card is a choice', () => {
  const history = [
    { from: 'customer' as const, text: 'ma carte [carte •••• 1111]' },
    { from: 'bot' as const, text: 'Est-ce que cela résout le problème ?', choices: 2 },
  ];
  expect(redact('2', history).text).toBe('2');
  expect(redact('3', history).text).toBe('[carte]');
});

test.each([
  '4349936525660426 et 4630628763018601',
  '4 3 4 9 9 3 6 5 2 5 6 6 0 4 2 6 et 4 6 3 0 6 2 8 7 6 3 0 1 8 6 0 1',
  '46-19-60-50-91-22-70-59 / 42 73 10 99 00 08 88 25',
])('two numbers in a row are two: %s', (typed) => {
  expect(redact(typed).text.replace(/\[carte •••• \d{4}\]/g, '…')).not.toMatch(/\d/);
});
