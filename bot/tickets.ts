import { randomInt } from 'node:crypto';
import type { Flow } from '../dialogs/flow.ts';
import { type FormState, relevantSlots, show } from '../dialogs/form.ts';
import { describeRemoved, type RemovedKind } from './redaction.ts';
import type { ConversationRecord, Ticket } from './store.ts';
import type { SupportHours } from './supportHours.ts';

/** Without 0, O, 1, I, L, U: a reference is read aloud and typed back. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "SUP-" and six characters: 729 million references, not guessable from one another. */
export function newReference(): string {
  return `SUP-${Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}

/** A ticket reference named in a message, in capitals. */
export function referenceIn(text: string): string | undefined {
  return /\bSUP-[2-9A-HJKMNP-TV-Z]{6}\b/i.exec(text)?.[0].toUpperCase();
}

export interface TicketSource {
  flow: Flow;
  form: FormState;
  conversation: ConversationRecord;
  removed: readonly RemovedKind[];
  now: Date;
  hours: SupportHours;
}

/** The ticket that a finished form makes: every relevant detail with where it came from, and the promises made. */
export function createTicket({ flow, form, conversation, removed, now, hours }: TicketSource): Ticket {
  const details = relevantSlots(flow, form.values).map((slot) => {
    const value = form.values[slot.name];
    const source = form.sources[slot.name];
    return {
      name: slot.name,
      label: slot.label,
      required: slot.required,
      givenBy: 'customer' as const,
      ...(value !== undefined && { value, shown: show(slot, value, now) }),
      ...(value !== undefined && source && { source }),
    };
  });
  const promises =
    flow.promises?.(form.values, { now, addWorkingDays: (from, days) => hours.addWorkingDays(from, days) }) ??
    [];
  const email = form.values['email'] ?? form.values['registrationEmail'];
  const note = describeRemoved([...removed]);
  return {
    reference: newReference(),
    conversationId: conversation.id,
    channel: conversation.channel,
    intent: flow.intent,
    section: flow.section,
    subject: flow.title,
    status: 'open',
    priority: flow.priority,
    createdAt: now,
    updatedAt: now,
    ...(email !== undefined && { customerEmail: email }),
    ...(note !== undefined && { removed: note }),
    advice: flow.advised,
    details,
    promises,
  };
}
