import type { DeskEvent } from '../bot/deskEvent.ts';
import type { Store, Ticket } from '../bot/store.ts';
import { call } from './helpdesk.ts';
import type { Deliver } from './outbox.ts';
import type { TargetFetch } from './targetFetch.ts';
import type { Target } from './targets.ts';
import { ticketText } from './ticketText.ts';

export interface ChatwootSettings {
  url: string;
  accountId: number;
  /** An inbox of the kind "API". */
  inboxId: number;
  /** An agent's or agent bot's access token. */
  token: string;
  fetch: TargetFetch;
}

interface Contact {
  id: number;
}
interface Conversation {
  id: number;
  custom_attributes?: { guichet_reference?: string };
}

/**
 * Tickets as conversations in Chatwoot, by its application API: the customer is a contact, our reference a custom
 * attribute, so that a conversation is made once and found again. An agent's answer becomes a private note, a closed
 * ticket a resolved conversation.
 */
export function chatwootTarget(settings: ChatwootSettings, store: Store): Target {
  const base = `${settings.url}/api/v1/accounts/${settings.accountId}`;
  const headers = { api_access_token: settings.token };
  const api = (signal: AbortSignal, method: string, path: string, body?: unknown): Promise<unknown> =>
    call({ fetch: settings.fetch, url: `${base}/${path}`, method, headers, signal, body });

  const findContact = async (identifier: string, signal: AbortSignal): Promise<Contact | undefined> => {
    const found = await api(signal, 'GET', `contacts/search?q=${encodeURIComponent(identifier)}`);
    return (found as { payload: Contact[] }).payload[0];
  };

  const contactOf = async (ticket: Ticket, signal: AbortSignal): Promise<Contact> => {
    // The address is the contact; a customer without one is known by the conversation.
    const identifier = ticket.customerEmail ?? ticket.conversationId;
    const known = await findContact(identifier, signal);
    if (known) return known;
    try {
      const made = await api(signal, 'POST', 'contacts', {
        inbox_id: settings.inboxId,
        name: ticket.customerEmail ?? `Client ${ticket.reference}`,
        identifier,
        ...(ticket.customerEmail !== undefined && { email: ticket.customerEmail }),
      });
      return (made as { payload: { contact: Contact } }).payload.contact;
    } catch (error) {
      // Another ticket of the same customer was faster.
      const made = await findContact(identifier, signal);
      if (made) return made;
      throw error;
    }
  };

  const conversationOf = async (
    ticket: Ticket,
    contact: Contact,
    signal: AbortSignal,
  ): Promise<Conversation | undefined> => {
    const found = await api(signal, 'GET', `contacts/${contact.id}/conversations`);
    return (found as { payload: Conversation[] }).payload.find(
      ({ custom_attributes }) => custom_attributes?.guichet_reference === ticket.reference,
    );
  };

  const deliver: Deliver = async (row, signal) => {
    const event = row.payload as DeskEvent;
    const ticket = await store.ticket(event.reference);
    if (!ticket) return { outcome: 'refused', reason: 'The ticket is no longer there.' };
    const contact = await contactOf(ticket, signal);
    const conversation = await conversationOf(ticket, contact, signal);
    if (!conversation) {
      await api(signal, 'POST', 'conversations', {
        inbox_id: settings.inboxId,
        contact_id: contact.id,
        status: 'open',
        custom_attributes: { guichet_reference: ticket.reference },
        // With the conversation, so that there is none without it.
        message: { content: await ticketText(store, ticket) },
      });
    } else if (event.type === 'ticket.replied') {
      const [message] = await store.activities(ticket.conversationId, event.seq - 1, 1);
      await api(signal, 'POST', `conversations/${conversation.id}/messages`, {
        content: message?.activity.text ?? '',
        message_type: 'outgoing',
        private: true,
      });
    } else if (event.type === 'ticket.closed') {
      await api(signal, 'POST', `conversations/${conversation.id}/toggle_status`, { status: 'resolved' });
    }
    return { outcome: 'delivered' };
  };
  return {
    kind: 'chatwoot',
    wants: ({ type }) => ['ticket.created', 'ticket.replied', 'ticket.closed'].includes(type),
    deliver,
  };
}
