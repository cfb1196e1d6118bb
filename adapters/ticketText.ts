import type { Store, Ticket } from '../bot/store.ts';
import { transcriptFile } from '../bot/transcript.ts';

/** A ticket in plain text, whole, for helpdesks: its details, then the conversation to the last message. */
export async function ticketText(store: Store, ticket: Ticket): Promise<string> {
  const conversation = (await store.conversation(ticket.conversationId))!;
  const activities = await store.activities(ticket.conversationId);
  const transcript = transcriptFile({ conversation, activities, references: [ticket.reference] }, 'txt');
  const details = ticket.details.map(
    ({ label, value, shown }) => `${label} : ${value === undefined ? 'non fourni' : (shown ?? value)}`,
  );
  return [
    `${ticket.subject} (guide, section ${ticket.section})`,
    ...(ticket.removed === undefined ? [] : [`Confidentialité : ${ticket.removed}`]),
    ...details,
    ...ticket.promises.map(({ text }) => text),
    '',
    transcript.body,
  ].join('\n');
}
