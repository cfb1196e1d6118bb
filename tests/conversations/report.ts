import { mkdirSync, writeFileSync } from 'node:fs';
import type { Ticket } from '../../bot/store.ts';
import { flows } from '../../dialogs/index.ts';
import { rows } from './rows.ts';
import type { Script } from './script.ts';

const WAYS = ['asked', 'spotted', 'corrected', 'missing'] as const;
type Way = (typeof WAYS)[number];

/** What the scripts went through: rows of behaviour, and for each detail of each flow, how it came to its ticket. */
export class Report {
  private readonly shown = new Map<string, number>();
  private readonly branches = new Map<string, number>();

  add(script: Script, tickets: readonly Ticket[]): void {
    for (const row of script.covers) this.shown.set(row, (this.shown.get(row) ?? 0) + 1);
    for (const ticket of tickets) {
      for (const { name, source, value } of ticket.details) {
        const way: Way = value === undefined ? 'missing' : (source ?? 'asked');
        const key = `${ticket.intent} ${name} ${way}`;
        this.branches.set(key, (this.branches.get(key) ?? 0) + 1);
      }
    }
  }

  get rowsNotShown(): string[] {
    return Object.keys(rows).filter((row) => !this.shown.has(row));
  }

  /** Details that no script had asked (or, for those never asked, given). */
  get detailsNotAsked(): string[] {
    return flows.flatMap((flow) =>
      flow.slots
        .filter(
          (slot) => !this.branches.has(`${flow.intent} ${slot.name} ${slot.unasked ? 'spotted' : 'asked'}`),
        )
        .map((slot) => `${flow.intent} ${slot.name}`),
    );
  }

  /** Writes coverage/conversations.md. */
  write(scripts: number): void {
    const shown = Object.entries(rows).map(
      ([row, what]) => `| ${row} | ${what} | ${this.shown.get(row) ?? 0} |`,
    );
    const details = flows.flatMap((flow) =>
      flow.slots.map((slot) => {
        const counts = WAYS.map((way) => this.branches.get(`${flow.intent} ${slot.name} ${way}`) ?? 0);
        return `| ${flow.intent} | ${slot.name} | ${counts.join(' | ')} |`;
      }),
    );
    const text = [
      `# What the ${scripts} conversation scripts show`,
      '| row | what | scripts |',
      '|---|---|---|',
      ...shown,
      '',
      `| flow | detail | ${WAYS.join(' | ')} |`,
      `|---|---|${WAYS.map(() => '---|').join('')}`,
      ...details,
      '',
    ];
    mkdirSync('coverage', { recursive: true });
    writeFileSync('coverage/conversations.md', text.join('\n'));
  }
}
