import { readTime } from '../../../knowledge/entities.ts';
import { valuesOf } from './valuesOf.ts';

test.each([
  ['18h', '18:00'],
  ['18H05', '18:05'],
  ['18 h 05', '18:05'],
  ['18:05', '18:05'],
  ['0h30', '00:30'],
  ['vers 18 heures', '18:00'],
  ['6h du soir', '18:00'],
  ['hier soir à 7h', '19:00'],
  ['trois heures de l’après-midi', '15:00'],
  ['à trois heures', '03:00'],
  ['7h moins le quart', '06:45'],
  ['huit heures moins dix', '07:50'],
  ['sept heures et demie', '07:30'],
  ['dix-huit heures trente', '18:30'],
  ['vingt et une heures', '21:00'],
  ['midi', '12:00'],
  ['midi et demi', '12:30'],
  ['minuit moins le quart', '23:45'],
  ['depuis 18h', '18:00'],
])('"%s" is a time of day', (message, time) => {
  expect(valuesOf('time', message)).toEqual([time]);
});

test('a range is two times', () => {
  expect(valuesOf('time', 'de 9h à 18h')).toEqual(['09:00', '18:00']);
});

test('an hour before a date keeps the day of the month out of its minutes', () => {
  expect(valuesOf('time', 'à 18h 12 mars')).toEqual(['18:00']);
});

test('a number alone answers "à quelle heure ?"', () => {
  expect([readTime('vers 18'), readTime('45'), readTime('je ne sais plus')]).toEqual([
    '18:00',
    undefined,
    undefined,
  ]);
});
