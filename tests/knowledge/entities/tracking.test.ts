import { findEntities, readTracking, TRACKING_FORMATS } from '../../../knowledge/entities.ts';
import { NOW, valuesOf } from './valuesOf.ts';

test.each([
  ['8x 0123 4567 890', { value: '8X01234567890', carrier: 'Colissimo' }],
  ['XY123456789FR', { value: 'XY123456789FR', carrier: 'Chronopost' }],
  ['1Z5R89390357567127', { value: '1Z5R89390357567127', carrier: 'UPS', checkDigit: 'right' }],
  ['1Z5R89390357567128', { value: '1Z5R89390357567128', carrier: 'UPS', checkDigit: 'wrong' }],
  ['RB 123 456 785 GB', { value: 'RB123456785GB', carrier: 'UPU S10', checkDigit: 'right' }],
  ['RB123456789GB', { value: 'RB123456789GB', carrier: 'UPU S10', checkDigit: 'wrong' }],
  ['12345678', { value: '12345678', carrier: 'Mondial Relay' }],
  ['12345678901', { value: '12345678901', carrier: 'GLS' }],
  ['c’est 12345678901234', { value: '12345678901234', carrier: 'DPD' }],
  ['je ne sais pas', undefined],
])('the answer "%s" names its carrier and says whether its check digit is right', (answer, tracking) => {
  expect(readTracking(answer)).toEqual(tracking);
});

test.each([
  'numéro de suivi : 12345678',
  'colis n°12345678',
  '12345678 chez Mondial Relay',
  'suivi 1234 5678',
])('digits alone are a tracking number beside a cue: %s', (message) => {
  expect(valuesOf('tracking_number', message)).toEqual(['12345678']);
});

test('digits alone without a cue are no tracking number', () => {
  expect(valuesOf('tracking_number', '12345678')).toEqual([]);
});

test('small words around nine digits are no S10 number', () => {
  expect(valuesOf('tracking_number', 'au 123456789 le')).toEqual([]);
});

test('a shop adds its own carrier', () => {
  const trackingFormats = [{ carrier: 'Vélo Express', mask: 'VE-@######' }, ...TRACKING_FORMATS];
  expect(readTracking('VE-A123456', trackingFormats)).toEqual({
    value: 'VEA123456',
    carrier: 'Vélo Express',
  });
  expect(findEntities('mon colis VE-A123456', { now: NOW, trackingFormats })).toMatchObject([
    { value: 'VEA123456' },
  ]);
});
