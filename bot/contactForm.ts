import { z } from 'zod';
import { flowOf } from '../dialogs/index.ts';
import { contact } from '../dialogs/contact.ts';
import { addRemark, type FormState, newForm, setValue, slotNamed, spotted } from '../dialogs/form.ts';
import type { Flow } from '../dialogs/flow.ts';
import type { Finders, Message } from '../dialogs/slots.ts';
import type { BotTurn } from './botTurn.ts';
import { sayHours } from './contactHours.ts';
import { createdRow } from './deskEvent.ts';
import { promiseNow } from './promises.ts';
import type { SupportBot } from './supportBot.ts';
import type { SupportHours } from './supportHours.ts';
import { texts } from './texts.ts';
import { createTicket } from './tickets.ts';

/** What a contact form adds to its message: the subject chosen (an intent), and where to answer. */
export const ContactForm = z.object({ intent: z.string().max(40), email: z.email().max(254) });
export type ContactForm = z.infer<typeof ContactForm>;

export interface ContactFormParts {
  hours: SupportHours;
  /** The finders of a turn whose time is `now`. */
  finders: (now: Date) => Finders;
}

/**
 * The bot, with contact forms taken as they are: one message makes the ticket, and nothing is asked. What the text holds of
 * the subject's details is found in it; the rest is told to agents as missing.
 */
export function withContactForm(
  bot: Pick<SupportBot, 'run'>,
  parts: ContactFormParts,
): Pick<SupportBot, 'run'> {
  return {
    run: async (turn) => {
      const { form } = (turn.activity.value ?? {}) as { form?: ContactForm };
      if (form && turn.activity.type === 'message') takeForm(turn, form, parts);
      else await bot.run(turn);
    },
  };
}

function takeForm(turn: BotTurn, { intent, email }: ContactForm, { hours, finders }: ContactFormParts): void {
  const { conversation, effects, memory, now } = turn;
  const find = finders(now);
  const flow = flowOf(intent) ?? contact;
  const form = filled(flow, { text: turn.activity.text ?? '', now, find }, email);
  const ticket = createTicket({ flow, form, conversation, removed: memory.removed, now, hours, find });
  memory.removed = [];
  memory.known['email'] = email;
  effects.tickets.push(ticket);
  effects.outbox.push(createdRow(ticket.reference, now));
  const promises = ticket.promises.filter(({ kind }) => kind !== 'support_opens');
  const lines = [
    texts.received(ticket.reference),
    ...promises.map((promise) => promiseNow(promise, now)),
    `${sayHours(hours, now)} ${hours.isOpen(now) ? texts.openDesk : texts.closedDesk}`,
    texts.answerByEmail(email),
  ];
  turn.say({ text: lines.join('\n\n') });
}

/** The details that the text names; the text itself is the description, or a remark where the subject asks for none. */
function filled(flow: Flow, { text, now, find }: Message, email: string): FormState {
  const form = newForm();
  const message = { text, now, find };
  for (const { slot, value } of spotted(flow.slots, message)) setValue(form, slot, value, 'spotted');
  const description = slotNamed(flow, 'description');
  if (description) setValue(form, description, text, 'asked');
  else addRemark(form, text);
  form.values['email'] = email;
  form.sources['email'] = 'asked';
  return form;
}
