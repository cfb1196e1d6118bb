import type { FormResult } from '../dialogs/formDialog.ts';
import { flowOf } from '../dialogs/index.ts';
import { hoursNow } from './contactHours.ts';
import { createdRow } from './deskEvent.ts';
import type { OpenTurn } from './openTurn.ts';
import { promiseNow } from './promises.ts';
import type { Ticket } from './store.ts';
import { createTicket, linkedTickets } from './tickets.ts';
import { choices, texts } from './texts.ts';

/* What follows when a form ends: the ticket, the next problem of the same handoff, a clean end. */

/** @param result how the form ended; undefined when it goes on */
export async function afterForm(turn: OpenTurn, result: FormResult | undefined): Promise<void> {
  if (!result) return;
  if (result.outcome === 'solved') {
    turn.say({ text: texts.solved, choices: [{ title: choices.menu }] });
    return goOnWithNext(turn);
  }
  const { memory, now, given, parts } = turn;
  const { effects, conversation } = given;
  const ticket = createTicket({
    flow: flowOf(result.intent)!,
    form: result.form,
    conversation,
    removed: memory.removed,
    now,
    hours: parts.hours,
    find: parts.finders(now),
    ...(memory.handoff !== undefined && { linkedTo: memory.handoff }),
  });
  memory.removed = [];
  if (ticket.customerEmail !== undefined) memory.known['email'] = ticket.customerEmail;
  effects.tickets.push(ticket);
  effects.outbox.push(createdRow(ticket.reference, now));
  turn.say([texts.received(ticket.reference), ...promised(ticket, now)].join('\n\n'));
  if (memory.next.length > 0) {
    memory.handoff ??= ticket.reference;
    return goOnWithNext(turn);
  }
  await tellWhatComes(turn, ticket);
}

/** "Annuler", and confirmed: nothing of this form is sent; a problem that waits is next. */
export async function afterCancel(turn: OpenTurn): Promise<void> {
  await turn.closeForms();
  turn.say({ text: texts.cancelled, choices: [{ title: choices.menu }] });
  await goOnWithNext(turn);
}

async function goOnWithNext(turn: OpenTurn): Promise<void> {
  const next = turn.memory.next.shift();
  if (!next) {
    delete turn.memory.handoff;
    return;
  }
  turn.say(texts.nextProblem(flowOf(next.intent)!.about));
  await turn.begin(next.intent, next.text);
}

/** The next opening is said with the hours. */
function promised(ticket: Ticket, now: Date): string[] {
  const promises = ticket.promises.filter(({ kind }) => kind !== 'support_opens');
  const inquiry = ticket.intent === 'lost_parcel' ? [texts.inquiry] : [];
  return [...inquiry, ...promises.map((promise) => promiseNow(promise, now))];
}

/** Once for all tickets of the handoff: who answers, when, and where. */
async function tellWhatComes(turn: OpenTurn, ticket: Ticket): Promise<void> {
  const { parts, now, given, memory } = turn;
  const before = await parts.ticketsOfCustomer(given.conversation.userId);
  const linked = linkedTickets(ticket, before);
  const lines = [
    ...(linked.length > 0 ? [texts.linked([...linked, ticket].map(({ reference }) => reference))] : []),
    `${hoursNow(turn)} ${parts.hours.isOpen(now) ? texts.openDesk : texts.closedDesk}`,
    ticket.customerEmail === undefined ? texts.answerHere : texts.answerByEmail(ticket.customerEmail),
  ];
  delete memory.handoff;
  turn.say(lines.join('\n\n'));
  memory.pending = { kind: 'more' };
  turn.say({ text: texts.anythingElse, choices: [{ title: choices.menu }] });
}
