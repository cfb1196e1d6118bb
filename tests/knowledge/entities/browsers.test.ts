import { readBrowser } from '../../../knowledge/entities.ts';
import { valuesOf } from './valuesOf.ts';

test.each([
  ['gogle crome', ['Chrome']],
  ['chorme', ['Chrome']],
  ['google chrome version 120', ['Chrome']],
  ['fire fox', ['Firefox']],
  ['firfox', ['Firefox']],
  ['fierfox', ['Firefox']],
  ['mozilla', ['Firefox']],
  ['je suis sur saffari', ['Safari']],
  ['microsoft egde', ['Edge']],
  ['IE11', ['Internet Explorer']],
  ['samsung internet', ['Samsung Internet']],
  ['duck duck go', ['DuckDuckGo']],
  ['edge et firefox', ['Edge', 'Firefox']],
  ['avec Opéra mais pas sur Brave', ['Opera', 'Brave']],
])('"%s" names its browsers, misspelt too', (message, browsers) => {
  expect(valuesOf('browser', message)).toEqual(browsers);
});

test.each([
  'un brave homme',
  'cutting edge',
  'concert à l’opéra',
  'mitigeur chromé',
  'chronopost',
  '48h chrono',
])('a word that is also a browser counts only where browsers are spoken of: %s', (message) => {
  expect(valuesOf('browser', message)).toEqual([]);
});

test('the answer to "quel navigateur ?" needs no cue', () => {
  expect([readBrowser('edge je crois'), readBrowser('Opéra'), readBrowser('je sais pas')]).toEqual([
    'Edge',
    'Opera',
    undefined,
  ]);
});
