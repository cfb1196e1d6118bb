import { TZDate } from '@date-fns/tz';
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
    ...(to && { to: startOf(to, 1) }),
  };
}

/** The beginning of the day, or of one so many days later. */
function startOf(text: string, daysLater = 0): Date {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, date + daysLater, PARIS).getTime());
}
