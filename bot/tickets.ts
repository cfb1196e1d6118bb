import { randomInt } from 'node:crypto';
import type { Flow } from '../dialogs/flow.ts';
import { type FormState, relevantSlots, show } from '../dialogs/form.ts';
import { texts } from '../dialogs/texts.ts';
import type { Finders } from '../dialogs/slots.ts';
import { promiseClock } from './promises.ts';
import { describeRemoved, type RemovedKind } from './redaction.ts';
import type { ConversationRecord, Ticket } from './store.ts';
import type { SupportHours } from './supportHours.ts';

/** Without 0, O, 1, I, L, U: a reference is read aloud and typed back. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "SUP-" and six characters: 729 million references, not guessable from one another. */
function newReference(): string {
  return `SUP-${Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}

/** A ticket reference named in a message, as it is written on tickets. Without the hyphen it has a digit, or it is a word. */
export function referenceIn(text: string): string | undefined {
  const found = /\bSUP(-| ?- ?|[ _]?(?=[A-Z]{0,5}\d))([2-9A-HJKMNP-TV-Z]{6})\b/i.exec(text);
  return found ? `SUP-${found[2]!.toUpperCase()}` : undefined;
}

export interface TicketSource {
  flow: Flow;
  form: FormState;
  conversation: ConversationRecord;
  removed: readonly RemovedKind[];
  now: Date;
  hours: SupportHours;
  find: Finders;
  /** The first ticket of the same handoff, when it is another. */
  linkedTo?: string;
}

/** The ticket that a finished form makes: every relevant detail with where it came from, and the promises made. */
export function createTicket(source: TicketSource): Ticket {
  const { flow, form, conversation, removed, now, hours, find } = source;
  const asked = relevantSlots(flow, form.values).map((slot) => {
    // Agents may read it on another day: "mercredi 18 mars à 14 h 07".
    const value = form.values[slot.name];
    const source = form.sources[slot.name];
    return {
      name: slot.name,
      label: slot.label,
      required: slot.required,
      givenBy: 'customer' as const,
      ...(value !== undefined && { value, shown: show(slot, value) }),
      ...(value !== undefined && source && { source }),
    };
  });
  const remarks = (form.remarks ? [form.remarks.join('\n')] : []).map((value) => ({
    name: 'remarks',
    label: texts.remarks,
    value,
    shown: value,
    required: false,
    givenBy: 'customer' as const,
  }));
  const derived = (flow.derived?.(form.values, { now, find }) ?? []).map((detail) => ({
    ...detail,
    required: false,
    givenBy: 'bot' as const,
  }));
  const promises = flow.promises?.(form.values, promiseClock(now, hours)) ?? [];
  const email = form.values['email'] ?? form.values['registrationEmail'];
  const note = describeRemoved([...removed]);
  return {
    reference: newReference(),
    ...(source.linkedTo !== undefined && { linkedTo: source.linkedTo }),
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
    details: [...asked, ...remarks, ...derived],
    promises,
  };
}

/** The other tickets of the same handoff, among `tickets`. */
export function linkedTickets(ticket: Ticket, tickets: readonly Ticket[]): Ticket[] {
  const first = ({ linkedTo, reference }: Ticket): string => linkedTo ?? reference;
  return tickets.filter((other) => other.reference !== ticket.reference && first(other) === first(ticket));
}
