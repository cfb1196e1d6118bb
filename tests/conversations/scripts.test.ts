import { Chat, type Said } from '../chat.ts';
import type { Ticket } from '../../bot/store.ts';
import { linkedTickets } from '../../bot/tickets.ts';
import { Report } from './report.ts';
import { loadScripts, plain, type Script } from './script.ts';

const scripts = loadScripts();
const report = new Report();

test.each(scripts.map((script) => [`${script.file}: ${script.title}`, script] as const))(
  '%s',
  async (_, script) => {
    const chat = new Chat(script.at, script.settings, script.channel);
    try {
      for (const step of script.chat) await play(chat, step);
      const tickets = await chat.tickets();
      expect(tickets.map((ticket, i) => summary(ticket, tickets, script.tickets[i]))).toEqual(
        script.tickets.map(expected),
      );
      report.add(script, tickets);
    } finally {
      chat.end();
    }
  },
);

test('every row of behaviour has a script, every detail of every flow is asked in one, and there are 120 at least', () => {
  report.write(scripts.length);
  expect(report.rowsNotShown).toEqual([]);
  expect(report.detailsNotAsked).toEqual([]);
  expect(scripts.length).toBeGreaterThanOrEqual(120);
});

async function play(chat: Chat, step: Script['chat'][number]): Promise<void> {
  if (step.at) chat.at(step.at);
  const said: Said | undefined =
    step.wait === undefined ? await chat.says(step.customer!) : await chat.waits(step.wait);
  const answer = {
    customer: step.customer ?? `(${step.wait} minutes)`,
    bot: said ? plain(said.text) : 'nothing',
  };
  for (const text of step.bot ?? []) {
    expect(answer).toEqual({ ...answer, bot: expect.stringContaining(plain(text)) as unknown });
  }
  for (const text of step.not ?? []) {
    expect(answer).toEqual({ ...answer, bot: expect.not.stringContaining(plain(text)) as unknown });
  }
  if (step.choices) expect(said?.choices).toEqual(expect.arrayContaining(step.choices));
}

type Check = Script['tickets'][number];

/** What a script's check names of a ticket, in the check's own form. */
function summary(ticket: Ticket, all: readonly Ticket[], check: Check | undefined): Record<string, unknown> {
  const names = Object.keys(check?.details ?? {});
  const values = ticket.details
    .filter(({ name }) => names.includes(name))
    .map(({ name, value }) => [name, value]);
  const missing = ticket.details.filter(({ required, value }) => required && value === undefined);
  const whole = {
    section: ticket.section,
    priority: ticket.priority,
    email: ticket.customerEmail,
    details: Object.fromEntries(values) as unknown,
    missing: missing.map(({ label }) => label),
    promises: Object.fromEntries(ticket.promises.map(({ kind, dueAt }) => [kind, dueAt])),
    removed: ticket.removed,
    linked: linkedTickets(ticket, all).length > 0,
  };
  return Object.fromEntries(
    Object.entries(whole).filter(([key]) => key === 'missing' || key in (check ?? { section: 0 })),
  );
}

/** A script that does not name what is missing says that nothing required is. */
function expected(check: Check): Record<string, unknown> {
  return { ...check, missing: check.missing ?? [] };
}
