import fc from 'fast-check';
import { findEntities } from '../../../knowledge/entities.ts';
import { NOW } from './valuesOf.ts';

test('a message gives all its entities, in the order typed', () => {
  const message =
    'Ma commande 4521 (colis 8X01234567890), payée 59,90 € hier à 18 h 05 sur Chrome, n’est pas là. luc@exemple.fr, shop.fr/suivi';
  expect(findEntities(message, { now: NOW }).map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'order_number 4521',
    'tracking_number 8X01234567890',
    'amount 59.90 EUR',
    'date 2026-11-24',
    'time 18:05',
    'browser Chrome',
    'email luc@exemple.fr',
    'url shop.fr/suivi',
  ]);
});

test('an entity keeps the text as typed, at its offset', () => {
  const [entity] = findEntities('Reçu « Hier Soir » !', { now: NOW });
  expect(entity).toEqual({ kind: 'date', value: '2026-11-24', text: 'Hier Soir', index: 7 });
});

test('any message gives sorted entities that do not overlap and stand where they say', () => {
  const piece = fc.constantFrom(
    'le ',
    '3',
    '12/03',
    ' mars',
    '18h',
    ' €',
    '@',
    '.fr',
    'colis ',
    '0612345678',
    'İé',
    'edge ',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 }),
      (pieces) => {
        const message = pieces.join('');
        let end = 0;
        for (const { text, index } of findEntities(message, { now: NOW })) {
          expect(index).toBeGreaterThanOrEqual(end);
          expect(message.slice(index, index + text.length)).toBe(text);
          end = index + text.length;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  'SIRET 732 829 320 00074',
  'siren 732829320',
  'IMEI : 356938035643809',
  'appelez le 06 12 34 56 78 ou +33 6 12 34 56 78',
  '0612345678',
  '75011 Paris',
  'mon numéro client est 1234567',
  'le code reçu : 482913',
  'robinet finition chrome, pied chromé, porte-serviettes chrome',
  'Galaxy S7 edge, montre Garmin Edge 540',
  'rue de l’Opéra',
  'ouvert 24h/24 et 7j/7, du lundi au vendredi',
  'livraison 48h chrono, sous 24h, en 5 jours',
  'ça charge pendant deux heures, il y a 2 heures',
  'NOEL20',
  'taille 42, taille 10/12, note 4/5, 5 étoiles',
  'moins 20 %',
  'iphone 12, Galaxy S22, Windows 11, version 120.0.1',
  'Mars 1 kg',
  'mi-mars, début avril, la semaine dernière, le mois dernier',
  'tous les lundis',
  'bonjour.ca marche pas, facture.pdf',
  'le 12 pouces, dans le 13, au 12, rue de la Paix',
  '31/02/2026, 25h, 18:75',
])('what only looks like an entity is none: %s', (message) => {
  expect(findEntities(message, { now: NOW })).toEqual([]);
});

test.each([
  '1',
  'h',
  'é',
  'a.a.a.a',
  'le 3 le 3 ',
  'lundi ',
  'commande n° ',
  'colis 12 ',
  'a@',
  '1€',
  '-',
  ' ',
  'www.',
  '1:',
])('8 kB of "%s" do not block the process', (seed) => {
  const message = seed.repeat(8192 / seed.length);
  const start = performance.now();
  findEntities(message, { now: NOW });
  // Milliseconds in fact; a pattern that backtracks without bound would take minutes.
  expect(performance.now() - start).toBeLessThan(2_000);
});
