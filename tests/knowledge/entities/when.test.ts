import { readDate, readDateTime } from '../../../knowledge/entities.ts';
import { NOW } from './valuesOf.ts';

test.each([
  ['à l’instant', '2026-11-25T10:20'],
  ['il y a 20 minutes', '2026-11-25T10:00'],
  ['environ 10 min', '2026-11-25T10:10'],
  ['il y a un quart d’heure', '2026-11-25T10:05'],
  ['il y a 1h30', '2026-11-25T08:50'],
  ['il y a une heure et demie', '2026-11-25T08:50'],
  ['ce matin à 9h12', '2026-11-25T08:12'],
  ['10h', '2026-11-25T09:00'],
  ['14h30', '2026-11-24T13:30'],
  ['depuis 18h', '2026-11-24T17:00'],
  ['hier soir vers 19h', '2026-11-24T18:00'],
  ['hier à minuit', '2026-11-24T23:00'],
  ['cette nuit à 2h', '2026-11-25T01:00'],
  ['cette nuit vers 23h', '2026-11-24T22:00'],
  ['le 3 juillet à 14h', '2026-07-03T12:00'],
  ['demain à 10h', '2026-11-26T09:00'],
])('"%s" is an instant, past unless said otherwise', (answer, instant) => {
  expect(readDateTime(answer, NOW)?.toISOString().slice(0, 16)).toBe(instant);
});

test.each(['hier', 'je ne sais pas', 'tout à l’heure'])(
  '"%s" has no time of day and is no instant',
  (answer) => {
    expect(readDateTime(answer, NOW)).toBeUndefined();
  },
);

test.each([
  ['12', '2026-11-12'],
  ['3/3', '2026-03-03'],
  ['3 jours', '2026-11-22'],
  ['Depuis 3 jours.', '2026-11-22'],
  ['il y a 10 minutes', '2026-11-25'],
  ['18h', '2026-11-24'],
  ['aucune idée', undefined],
  ['la semaine dernière', undefined],
])('the answer "%s" to "quand ?" may leave words out', (answer, date) => {
  expect(readDate(answer, NOW)).toBe(date);
});
