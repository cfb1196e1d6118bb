import { readUrl } from '../../../knowledge/entities.ts';
import { valuesOf } from './valuesOf.ts';

test.each([
  ['sur https://shop.fr/a?b=1.', 'https://shop.fr/a?b=1'],
  ['voir «\u00a0HTTPS://SHOP.FR/Panier\u00a0»', 'HTTPS://SHOP.FR/Panier'],
  ['(https://shop.fr/aide)', 'https://shop.fr/aide'],
  ['https://fr.wikipedia.org/wiki/X_(y)', 'https://fr.wikipedia.org/wiki/X_(y)'],
  ['www.shop.fr/panier, ça plante', 'www.shop.fr/panier'],
  ['shop.fr/produit?id=3', 'shop.fr/produit?id=3'],
  ['boutique.exemple.com', 'boutique.exemple.com'],
  ['http://localhost:3978/panier', 'http://localhost:3978/panier'],
])('"%s" has an address, as typed, without the punctuation of the sentence', (message, url) => {
  expect(valuesOf('url', message)).toEqual([url]);
  expect(readUrl(message)).toBe(url);
});

test.each([
  'luc.bernard@exemple.fr',
  'luc.fr@exemple.fr',
  'pas.de.souci',
  'bonjour.ca plante',
  'capture.png',
  '1.5',
])('"%s" is no page', (message) => {
  expect(valuesOf('url', message)).toEqual([]);
});
