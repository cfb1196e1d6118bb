import { findEntities } from '../../../knowledge/entities.ts';
import { valuesOf } from './valuesOf.ts';

test.each([
  ['avant-hier', '2026-11-23'],
  ['avant hier soir', '2026-11-23'],
  ['HIER SOIR', '2026-11-24'],
  ['ajd', '2026-11-25'],
  ['aujourd’hui', '2026-11-25'],
  ['cette nuit', '2026-11-25'],
  ['demain', '2026-11-26'],
  ['depuis lundi', '2026-11-23'],
  ['mercredi', '2026-11-18'],
  ['jeudi dernié', '2026-11-19'],
  ['lundi prochain', '2026-11-30'],
  ['mercredi prochain', '2026-12-02'],
  ['lundi de la semaine dernière', '2026-11-16'],
  ['le 1er mars', '2026-03-01'],
  ['premier janvier', '2026-01-01'],
  ['15 aout', '2026-08-15'],
  ['le 3 décembre', '2025-12-03'],
  ['le 24 décembre prochain', '2026-12-24'],
  ['le vendredi 20 novembre 2026', '2026-11-20'],
  ['le 29 février', '2024-02-29'],
  ['vingt-deux novembre', '2026-11-22'],
  ['03/03', '2026-03-03'],
  ['le 3/3', '2026-03-03'],
  ['3/3/26', '2026-03-03'],
  ['03.03.2026', '2026-03-03'],
  ['2026-03-03', '2026-03-03'],
  ['vendredi 20/11', '2026-11-20'],
  ['le 12', '2026-11-12'],
  ['le 26', '2026-10-26'],
  ['le 31', '2026-10-31'],
  ['il y a trois jours', '2026-11-22'],
  ['ya 2 semaines', '2026-11-11'],
  ['il y a un mois', '2026-10-25'],
  ['dans 3 jours', '2026-11-28'],
])('"%s" is one day, past unless said otherwise', (message, date) => {
  expect(valuesOf('date', message)).toEqual([date]);
});

test('two days that share their month are two dates', () => {
  expect(valuesOf('date', 'entre le 3 et le 5 mars')).toEqual(['2026-03-03', '2026-03-05']);
});

test('an expected date is the nearest one, past or to come', () => {
  expect(valuesOf('date', 'livraison prévue le 28 novembre')).toEqual(['2026-11-28']);
  expect(valuesOf('date', 'livraison prévue le 3 novembre')).toEqual(['2026-11-03']);
});

test('the day is that of Paris, not of the machine', () => {
  const [today] = findEntities('ce soir', { now: new Date('2026-07-14T22:30:00Z') });
  expect(today?.value).toBe('2026-07-15');
});

test('a month ago on the 31st is the last day of a shorter month', () => {
  const [date] = findEntities('il y a un mois', { now: new Date('2026-03-31T10:00:00Z') });
  expect(date?.value).toBe('2026-02-28');
});
