import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TZDate } from '@date-fns/tz';
import { parse } from 'yaml';
import { z } from 'zod';
import { PARIS } from '../../dialogs/french.ts';
import { rows, type Row } from './rows.ts';

const texts = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
/** "2026-03-18 14:30" by the clock of Paris. */
const paris = z.string().transform((text, context) => {
  const match = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/.exec(text);
  if (match) {
    const [year, month, date, hours, minutes] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return new Date(new TZDate(year, month - 1, date, hours, minutes, PARIS).getTime());
  }
  context.addIssue({
    code: 'custom',
    message: 'must be a time by the clock of Paris, such as 2026-03-18 14:30',
  });
  return z.NEVER;
});

const Step = z
  .strictObject({
    /** The clock before this step. */
    at: paris.optional(),
    /** Minutes that pass; what is due then happens. */
    wait: z.number().positive().optional(),
    customer: z.string().optional(),
    /** What the answer must hold; `nothing` when the bot must stay silent. */
    bot: texts.optional(),
    not: texts.optional(),
    choices: z.array(z.string()).optional(),
  })
  .refine(
    (step) => (step.customer === undefined) !== (step.wait === undefined),
    'needs either customer or wait',
  );

const TicketCheck = z.strictObject({
  section: z.number(),
  priority: z.enum(['urgent', 'normal']).optional(),
  email: z.string().optional(),
  details: z.record(z.string(), z.string()).optional(),
  missing: z.array(z.string()).optional(),
  /** Kinds with the time they are due; {} when none may be made. */
  promises: z.record(z.string(), paris).optional(),
  removed: z.string().optional(),
  linked: z.boolean().optional(),
});

const Script = z.strictObject({
  title: z.string(),
  covers: z.array(z.enum(Object.keys(rows) as [Row, ...Row[]])).min(1),
  at: paris.default(() => new Date('2026-03-18T14:30:00+01:00')),
  channel: z.string().default('test'),
  settings: z.record(z.string(), z.string()).default({}),
  chat: z.array(Step).min(1),
  /** Every ticket that must be there at the end, in order; none when absent. */
  tickets: z.array(TicketCheck).default([]),
});

export type Script = z.infer<typeof Script> & { file: string };

const FOLDER = 'tests/conversations';

/**
 * The scripts of all files tests/conversations/*.yaml.
 * @throws Error that names file, script and what is wrong in it.
 */
export function loadScripts(): Script[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  return files.sort().flatMap((file) => {
    const list = parse(readFileSync(join(FOLDER, file), 'utf8')) as unknown[];
    return list.map((entry, i) => {
      const read = Script.safeParse(entry);
      if (read.success) return { ...read.data, file };
      const title = (entry as { title?: string }).title ?? `script ${i + 1}`;
      throw new Error(`${file}, « ${title} »: ${z.prettifyError(read.error)}`);
    });
  });
}

/** As compared: no-break spaces, typographic apostrophes and capitals do not count. */
export function plain(text: string): string {
  return text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[’‘]/g, "'")
    .toLowerCase();
}
