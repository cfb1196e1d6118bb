import { TZDate } from '@date-fns/tz';
import { addDays } from '../../dialogs/dateFns.ts';
import { z } from 'zod';
import type { Span as Instants } from '../../bot/store.ts';
import { PARIS } from '../../dialogs/french.ts';

const day = z
  .string()
  .regex(/^(?:\d{4}-\d{2}-\d{2})?$/)
  .optional();

/** Two days as forms give them: YYYY-MM-DD, both included, either left out. */
export const Span = z.object({ from: day, to: day });

/** The days as instants, by the clock of Paris: from the first's beginning to the last's end. */
export function readSpan({ from, to }: z.infer<typeof Span>): Partial<Instants> {
  return {
    ...(from && { from: startOf(from) }),
    ...(to && { to: new Date(addDays(startOf(to), 1).getTime()) }),
  };
}

function startOf(text: string): TZDate {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return new TZDate(year, month - 1, date, PARIS);
}
