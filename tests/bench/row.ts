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
   * Of ratios alone, which are the same on a slow machine: how far from the goal, as a factor, the short form fails. A goal
   * without it is only told.
   */
  margin?: number;
}

export function isMet({ measured, atLeast, atMost }: Goal): boolean {
  return (atLeast === undefined || measured >= atLeast) && (atMost === undefined || measured <= atMost);
}

/** Whether the figure is beyond the margin that the short form leaves. */
export function isFarOff({ margin, atLeast, atMost, ...goal }: Goal): boolean {
  if (margin === undefined) return false;
  return !isMet({
    ...goal,
    ...(atLeast !== undefined && { atLeast: atLeast / margin }),
    ...(atMost !== undefined && { atMost: atMost * margin }),
  });
}

/** A figure as people read it: three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
