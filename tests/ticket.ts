import { type DeskEvent, createdRow, eventRow } from '../bot/deskEvent.ts';
import type { Store, Ticket } from '../bot/store.ts';
import type { Change } from '../bot/turn.ts';
import { keepTurn } from './storedTurn.ts';

export const NOON = new Date('2026-03-18T13:30:00Z');

/** A ticket as a lost parcel makes it. */
export function ticketOf(differences: Partial<Ticket> = {}): Ticket {
  return {
    reference: 'SUP-4T7K2M',
    conversationId: 'c',
    channel: 'directline',
    intent: 'lost_parcel',
    section: 6,
    subject: 'Problème de livraison',
    status: 'open',
    priority: 'normal',
    createdAt: NOON,
    updatedAt: NOON,
    customerEmail: 'luc@exemple.fr',
    removed: '1 donnée bancaire retirée',
    advice: ['voisins'],
    details: [
      {
        name: 'orderNumber',
        label: 'Numéro de commande',
        value: '100245',
        shown: '100245',
        required: true,
        givenBy: 'customer',
        source: 'spotted',
      },
      { name: 'trackingNumber', label: 'Numéro de suivi', required: true, givenBy: 'customer' },
    ],
    promises: [
      { kind: 'carrier_inquiry', text: 'Enquête en cours.', dueAt: new Date('2026-04-01T16:00:00Z') },
    ],
    ...differences,
  };
}

/** A conversation of two messages and the ticket that came of it, with its row in the outbox, as a turn writes them. */
export async function keepTicketTurn(store: Store, ticket: Ticket): Promise<void> {
  const { conversationId, reference } = ticket;
  await store.openConversation({ id: conversationId, channel: 'directline', userId: 'dl_1', now: NOON });
  await keepTurn(store, conversationId, {
    activities: [
      { role: 'customer', at: NOON, activity: { type: 'message', text: 'Mon colis <b>manque</b>.' } },
      { role: 'bot', at: NOON, activity: { type: 'message', text: 'C’est envoyé !' } },
    ],
    tickets: [ticket],
    outbox: [createdRow(reference, ticket.createdAt)],
  });
}

/** What happens to a ticket later, as a turn of its conversation writes it. */
export async function happens(store: Store, event: DeskEvent, change: Change = {}): Promise<void> {
  const { conversationId } = (await store.ticket(event.reference))!;
  const { version } = (await store.conversation(conversationId))!;
  const at = change.activities?.[0]?.at ?? NOON;
  await keepTurn(store, conversationId, {
    ...change,
    outbox: [eventRow(event, `${event.type}-${event.reference}-${version}`, at)],
  });
}
