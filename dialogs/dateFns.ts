import { createRequire } from 'node:module';

/*
 * The functions of date-fns that the server uses. By require, for as ES modules each of them has Node read and parse date-fns's
 * package.json again, 200 kB of it: that took a tenth of every start.
 */
const require = createRequire(import.meta.url);

export const { addDays } = require('date-fns/addDays') as typeof import('date-fns/addDays');
export const { addHours } = require('date-fns/addHours') as typeof import('date-fns/addHours');
export const { addMinutes } = require('date-fns/addMinutes') as typeof import('date-fns/addMinutes');
export const { addWeeks } = require('date-fns/addWeeks') as typeof import('date-fns/addWeeks');
export const { addYears } = require('date-fns/addYears') as typeof import('date-fns/addYears');
export const { differenceInSeconds } =
  require('date-fns/differenceInSeconds') as typeof import('date-fns/differenceInSeconds');
export const { isWeekend } = require('date-fns/isWeekend') as typeof import('date-fns/isWeekend');
export const { set } = require('date-fns/set') as typeof import('date-fns/set');
export const { subDays } = require('date-fns/subDays') as typeof import('date-fns/subDays');
export const { subMonths } = require('date-fns/subMonths') as typeof import('date-fns/subMonths');
