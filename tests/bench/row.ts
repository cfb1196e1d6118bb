/** A row of the bench: one thing measured, and what it should be. */
export interface Row {
  /** As it is called: npm run bench -- NAME */
  name: string;
  title: string;
  /** @param short a few seconds instead of a minute; its figures are rough */
  run(short: boolean): Promise<Measured>;
}

export interface Measured {
  /** What was measured and how, in one paragraph. */
  how: string;
  table: Table;
  goals: readonly Goal[];
  /** What could not be measured here, and why. */
  missing?: readonly string[];
}

export interface Table {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What a figure should be: `atLeast` or `atMost`. */
export interface Goal {
  what: string;
  measured: number;
  unit: string;
  atLeast?: number;
  atMost?: number;
  /**
   * Of figures that are the same on a slow and busy machine: beyond this something was broken, and the short form fails. A goal
   * without it is only told.
   */
  broken?: number;
}

export function isMet({ measured, atLeast, atMost }: Goal): boolean {
  return (atLeast === undefined || measured >= atLeast) && (atMost === undefined || measured <= atMost);
}

export function isBroken({ measured, atLeast, broken }: Goal): boolean {
  if (broken === undefined) return false;
  return atLeast === undefined ? measured > broken : measured < broken;
}

/** A figure as people read it: three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
