import { readAmount } from '../../../knowledge/entities.ts';
import { valuesOf } from './valuesOf.ts';

test.each([
  ['59,90\u00a0€', '59.90 EUR'],
  ['59€90', '59.90 EUR'],
  ['59 euros et 90 centimes', '59.90 EUR'],
  ['59,90e', '59.90 EUR'],
  ['1\u202f234,56 euros', '1234.56 EUR'],
  ['1.234,56 €', '1234.56 EUR'],
  ['45 balles', '45.00 EUR'],
  ['quatre-vingt-dix euros', '90.00 EUR'],
  ['90 centimes', '0.90 EUR'],
  ['€20', '20.00 EUR'],
  ['45 $', '45.00 USD'],
  ['50 $ CAD', '50.00 CAD'],
  ['50 CHF', '50.00 CHF'],
])('"%s" is an amount in the currency written', (message, amount) => {
  expect(valuesOf('amount', message)).toEqual([amount]);
});

test.each(['moins 20 %', '5 étoiles', 'le 3e colis', 'débité 120'])('"%s" is no amount', (message) => {
  expect(valuesOf('amount', message)).toEqual([]);
});

test('a number alone answers "quel montant ?" in euros', () => {
  expect([readAmount('59,90'), readAmount('environ 60'), readAmount('aucune idée')]).toEqual([
    '59.90 EUR',
    '60.00 EUR',
    undefined,
  ]);
});
