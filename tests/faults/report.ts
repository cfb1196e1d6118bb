import { appendFileSync } from 'node:fs';

/** The long forms, which `npm run test:faults` runs; `npm test` runs a short one of each. */
export const LONG = process.env['FAULTS'] === 'long';

/**
 * The seed of a test's chance: given by FAULTS_SEED, else a new one in the long forms and always the same in the short ones.
 * Printed, so that what failed can be run again.
 */
export function seedOf(test: string): number {
  const given = process.env['FAULTS_SEED'];
  const seed = given === undefined ? (LONG ? Date.now() % 1_000_000 : 1) : Number(given);
  process.stdout.write(`seed of ${test}: FAULTS_SEED=${seed}\n`);
  return seed;
}

/** Keeps what a long form measured, for the table of docs/reliability.md. */
export function figure(fault: string, measured: string): void {
  process.stdout.write(`${fault}: ${measured}\n`);
  const file = process.env['FAULTS_FIGURES'];
  if (LONG && file !== undefined) appendFileSync(file, `${JSON.stringify({ fault, measured })}\n`);
}

/** The value below which so many of a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
