import type { Reply } from '../dialogs/reply.ts';
import { deskEvents, deskTexts } from './deskTexts.ts';
import { move, statusEvent } from './handoff.ts';
import { noHandoffTimers, talkTimer } from './handoffTimers.ts';
import { statusRow } from './deskEvent.ts';
import { readMemory } from './memory.ts';
import { askForRating, TALK_LENGTH } from './rating.ts';
import { redact } from './redaction.ts';
import { says } from './render.ts';
import type { ConversationRecord, Handoff, Person, Store, Ticket } from './store.ts';
import type { Change } from './turn.ts';

/* What the steps of the desk have in common: the changes that they are made of. */

/** What a decision is made on: read inside the conversation's queue, so that of two agents at once one comes second. */
export interface Case {
  ticket: Ticket;
  handoff: Handoff | undefined;
  conversation: ConversationRecord;
  at: Date;
}

/** An agent takes the talk, and the ticket with it. */
export function accepted(
  { ticket, at }: Case,
  handoff: Handoff,
  owner: Person,
  text: string,
  conversation: ConversationRecord,
  told = deskEvents.accepted(owner.name),
): Change & { handoff: Handoff } {
  const taken = move(handoff, 'accept', at, owner)!;
  return {
    handoff: taken,
    updatedTickets: [assigned(ticket, owner, at)],
    activities: [statusEvent(taken, told, conversation, at), says({ text }, conversation, at)],
    timers: [...noHandoffTimers(handoff), talkTimer(handoff, at)],
    outbox: [statusRow(taken, at)],
  };
}

/** The talk is over: the customer is told, asked for a rating where that is fit, and is the bot's again. */
export async function ended(
  store: Pick<Store, 'lastActivities'>,
  { handoff, conversation, at }: Case,
  step: 'return' | 'close',
  text: string,
  settled: string,
  ticket: Ticket,
): Promise<Change> {
  const over = move(handoff!, step, at)!;
  const memory = readMemory(conversation.state);
  const said: Reply[] = [
    { text: [text, ...(settled ? [deskTexts.settled(redact(settled).text)] : [])].join('\n\n') },
  ];
  const talk = await store.lastActivities(conversation.id, TALK_LENGTH);
  const question = askForRating((memory.desk ??= {}), handoff!, talk);
  if (question) said.push(question);
  const reply = { ...said.at(-1)!, text: said.map((part) => part.text).join('\n\n') };
  return {
    handoff: over,
    state: memory,
    updatedTickets: [ticket],
    activities: [
      statusEvent(over, deskEvents[step === 'close' ? 'closed' : 'returned'], conversation, at),
      says(reply, conversation, at),
    ],
    timers: noHandoffTimers(handoff!),
    outbox: [statusRow(over, at)],
  };
}

/** The ticket as the agent's own. */
export function assigned(ticket: Ticket, agent: Person, at: Date): Ticket {
  return { ...ticket, assignee: { id: agent.id, name: agent.name }, updatedAt: at };
}
