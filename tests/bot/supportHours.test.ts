import { readdirSync, readFileSync } from 'node:fs';
import { CLOSES, OPENS, SupportHours } from '../../bot/supportHours.ts';

const france = new SupportHours('france');
const alsace = new SupportHours('alsace-moselle');
const at = (text: string): Date => new Date(text);

test.each([
  ['a Wednesday afternoon', '2026-03-18T14:30:00+01:00', true],
  ['9:00 is open', '2026-03-18T09:00:00+01:00', true],
  ['a second before is not', '2026-03-18T08:59:59+01:00', false],
  ['17:59 is open', '2026-03-18T17:59:59+01:00', true],
  ['18:00 is not', '2026-03-18T18:00:00+01:00', false],
  ['Saturday', '2026-03-21T11:00:00+01:00', false],
  ['Sunday', '2026-03-22T11:00:00+01:00', false],
  ['Easter Monday', '2026-04-06T11:00:00+02:00', false],
  ['Ascension', '2026-05-14T11:00:00+02:00', false],
  ['14 July', '2026-07-14T11:00:00+02:00', false],
  ['the day after the change to summer time, by the clock of Paris', '2026-03-30T07:00:00Z', true],
  ['the Friday before it', '2026-03-27T07:59:00Z', false],
])('open or not: %s', (_rule, instant, open) => {
  expect(france.isOpen(at(instant))).toBe(open);
});

test('Good Friday and 26 December are holidays in Alsace and Moselle alone', () => {
  for (const day of ['2026-04-03T11:00:00+02:00', '2025-12-26T11:00:00+01:00']) {
    expect([france.isOpen(at(day)), alsace.isOpen(at(day))]).toEqual([true, false]);
  }
});

test.each([
  ['before opening: today', '2026-03-18T07:00:00+01:00', '2026-03-18T09:00:00+01:00'],
  ['open: now', '2026-03-18T14:30:00+01:00', '2026-03-18T14:30:00+01:00'],
  ['evening: tomorrow', '2026-03-18T18:00:00+01:00', '2026-03-19T09:00:00+01:00'],
  ['Friday evening: Monday', '2026-03-20T19:00:00+01:00', '2026-03-23T09:00:00+01:00'],
  ['over a holiday and a change of the clock', '2026-04-04T12:00:00+02:00', '2026-04-07T09:00:00+02:00'],
  ['over the change to summer time', '2026-03-27T20:00:00+01:00', '2026-03-30T09:00:00+02:00'],
])('next opening: %s', (_rule, now, opening) => {
  expect(france.nextOpening(at(now))).toEqual(at(opening));
});

test('less than ten minutes before closing is soon', () => {
  expect(france.closesSoon(at('2026-03-18T17:50:00+01:00'))).toBe(false);
  expect(france.closesSoon(at('2026-03-18T17:50:30+01:00'))).toBe(true);
  expect(france.closesSoon(at('2026-03-18T17:51:00+01:00'))).toBe(true);
  expect(france.closesSoon(at('2026-03-18T18:00:00+01:00'))).toBe(false);
});

test('working days skip weekends and holidays', () => {
  expect(france.addWorkingDays(at('2026-03-18T14:30:00+01:00'), 5)).toEqual(at('2026-03-25T18:00:00+01:00'));
  expect(france.addWorkingDays(at('2026-04-02T14:30:00+02:00'), 2)).toEqual(at('2026-04-07T18:00:00+02:00'));
  expect(france.addWorkingDays(at('2026-05-07T10:00:00+02:00'), 5)).toEqual(at('2026-05-18T18:00:00+02:00'));
});

test('the guide promises the hours that are kept', () => {
  const file = readdirSync('knowledge/guide').find((name) => name.startsWith('8-'))!;
  expect(readFileSync(`knowledge/guide/${file}`, 'utf8')).toMatch(
    new RegExp(`du lundi au vendredi de ${OPENS} ?h à ${CLOSES} ?h`),
  );
});
