import { findEntities, readOrderNumber } from '../../../knowledge/entities.ts';
import { NOW, valuesOf } from './valuesOf.ts';

test.each([
  ['ma commande 4521', ['4521']],
  ['Cmd : 4521', ['4521']],
  ['n° de commande = CMD-654321', ['CMD-654321']],
  ['réf commande 402-1234567-1234567', ['402-1234567-1234567']],
  ['commande numéro 2026112200001234', ['2026112200001234']],
  ['ma commande, je crois que c’est la 4521', ['4521']],
  ['commande du 12/03/2026 n° 4521', ['4521']],
  ['commandé le 12 novembre, n° 4521', ['4521']],
  ['suivi de commande 654321', ['654321']],
  ['commande n° 654 321', ['654321']],
  ['4521, c’est mon numéro de commande', ['4521']],
  ['mes commandes 4521, 4522 et 4523', ['4521', '4522', '4523']],
])('a cue announces order numbers: %s', (message, numbers) => {
  expect(valuesOf('order_number', message)).toEqual(numbers);
});

test.each([
  ['cmd-654321', ['CMD-654321']],
  ['654321', ['654321']],
  ['12345678', ['12345678']],
  ['4521', []],
  ['12345678901', []],
  ['suivi 123456', []],
  ['ticket SUP-654321', []],
  ['j’ai commandé 1500 vis', []],
  ['ma commande de 1500 euros', []],
])(
  'without a cue, only the lettered form or six to ten digits that are nothing else: %s',
  (message, numbers) => {
    expect(valuesOf('order_number', message)).toEqual(numbers);
  },
);

test('the shop sets its own form, matched in any case', () => {
  const entities = findEntities('w12ab est là, pas la 4521', { now: NOW, orderNumber: 'W\\d{2}[A-Z]{2}' });
  expect(entities).toMatchObject([{ kind: 'order_number', value: 'W12AB', text: 'w12ab' }]);
});

test('a shop’s form that fits nothing at all too ends the search, and finds what it can', () => {
  const entities = findEntities('ma commande n° 4567, xx', { now: NOW, orderNumber: 'X*' });
  expect(entities.map(({ value }) => value)).toEqual(['4567', 'XX']);
});

test('an answer needs no cue', () => {
  expect([readOrderNumber('c’est la 4521'), readOrderNumber('CMD-654321'), readOrderNumber('non')]).toEqual([
    '4521',
    'CMD-654321',
    undefined,
  ]);
});
