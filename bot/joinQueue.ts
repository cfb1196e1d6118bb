import { randomUUID } from 'node:crypto';
import { newForm } from '../dialogs/form.ts';
import { flowOf } from '../dialogs/index.ts';
import type { Finders } from '../dialogs/slots.ts';
import { createdRow, eventRow } from './deskEvent.ts';
import { deskEvents, deskTexts } from './deskTexts.ts';
import { placeInQueue, statusEvent } from './handoff.ts';
import { handoffTimers } from './handoffTimers.ts';
import { openForm } from './memory.ts';
import type { Handoff, Store, Ticket } from './store.ts';
import type { BotTurn } from './supportBot.ts';
import type { SupportHours } from './supportHours.ts';
import { createTicket } from './tickets.ts';

interface QueueParts {
  store: Pick<Store, 'desk' | 'ticketsOf'>;
  hours: SupportHours;
  finders: (now: Date) => Finders;
}

/** Puts the customer into the queue for a talk, with what is known as a ticket. The support must be open. */
export async function joinQueue(turn: BotTurn, parts: QueueParts): Promise<void> {
  const { effects, conversation, memory, now } = turn;
  const ticket = await ticketFor(turn, parts);
  const handoff: Handoff = {
    id: randomUUID(),
    conversationId: conversation.id,
    reference: ticket.reference,
    state: 'queued',
    priority: ticket.priority,
    queuedAt: now,
  };
  memory.dialogs = { dialogStack: [] };
  memory.offered = [];
  delete memory.pending;
  delete memory.handoff;
  effects.handoff = handoff;
  effects.timers.push(...handoffTimers(handoff, parts.hours, now));
  effects.events.push(statusEvent(handoff, deskEvents.queued, conversation, now));
  effects.outbox.push(
    eventRow(
      { type: 'handoff.initiate', reference: ticket.reference, handoffId: handoff.id },
      `handoff-${handoff.id}`,
      now,
    ),
  );
  const place = placeInQueue(handoff, await parts.store.desk.allLive());
  turn.say({ text: deskTexts.queued(place, ticket.reference) });
}

/** The form that is open, as far as it is filled; else the conversation's last open ticket; else an empty one. */
async function ticketFor(turn: BotTurn, { store, hours, finders }: QueueParts): Promise<Ticket> {
  const { conversation, memory, effects, now } = turn;
  const form = openForm(memory);
  // What was known before this form, such as the address, is on the earlier ticket too.
  const told = Object.entries(form?.state.values ?? {}).some(([name, value]) => memory.known[name] !== value);
  if (!told) {
    const open = (await store.ticketsOf(conversation.id)).findLast(({ status }) => status === 'open');
    if (open) return open;
  }
  const ticket = createTicket({
    flow: flowOf(form?.id ?? 'human_agent')!,
    form: form?.state ?? newForm(),
    conversation,
    removed: memory.removed,
    now,
    hours,
    find: finders(now),
  });
  memory.removed = [];
  effects.tickets.push(ticket);
  effects.outbox.push(createdRow(ticket.reference, now));
  return ticket;
}
