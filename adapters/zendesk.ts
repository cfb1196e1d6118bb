import type { DeskEvent } from '../bot/deskEvent.ts';
import type { Store, Ticket } from '../bot/store.ts';
import { call } from './helpdesk.ts';
import type { Deliver } from './outbox.ts';
import type { TargetFetch } from './targetFetch.ts';
import type { Target } from './targets.ts';
import { ticketText } from './ticketText.ts';

export interface ZendeskSettings {
  /** https://<subdomain>.zendesk.com */
  url: string;
  /** The address of the Zendesk user whose API token it is. */
  email: string;
  token: string;
  fetch: TargetFetch;
}

/**
 * Tickets in Zendesk, by its Tickets API: ours is the `external_id`, so that a ticket is made once and found again. A
 * closed ticket becomes "solved" there, an agent's answer a comment.
 */
export function zendeskTarget({ url, email, token, fetch }: ZendeskSettings, store: Store): Target {
  const headers = {
    authorization: `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`,
  };
  const api = (
    signal: AbortSignal,
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<unknown> =>
    call({ fetch, url: `${url}/api/v2/${path}`, method, headers: { ...headers, ...more }, signal, body });

  const find = async (reference: string, signal: AbortSignal): Promise<number | undefined> => {
    const found = await api(signal, 'GET', `tickets.json?external_id=${encodeURIComponent(reference)}`);
    return (found as { tickets: { id: number }[] }).tickets[0]?.id;
  };

  const deliver: Deliver = async (row, signal) => {
    const event = row.payload as DeskEvent;
    const ticket = await store.ticket(event.reference);
    if (!ticket) return { outcome: 'refused', reason: 'The ticket is no longer there.' };
    const id = await find(ticket.reference, signal);
    if (id === undefined) {
      const made = { ticket: await newTicket(store, ticket) };
      await api(signal, 'POST', 'tickets.json', made, { 'idempotency-key': row.id });
    } else if (event.type !== 'ticket.created') {
      await api(signal, 'PUT', `tickets/${id}.json`, { ticket: await changeOf(store, ticket, event) });
    }
    return { outcome: 'delivered' };
  };
  return {
    kind: 'zendesk',
    wants: ({ type }) => ['ticket.created', 'ticket.replied', 'ticket.closed'].includes(type),
    deliver,
  };
}

async function newTicket(store: Store, ticket: Ticket): Promise<Record<string, unknown>> {
  const { reference, subject, priority, customerEmail, intent } = ticket;
  return {
    external_id: reference,
    subject: `[${reference}] ${subject}`,
    comment: { body: await ticketText(store, ticket), public: false },
    priority: priority === 'urgent' ? 'urgent' : 'normal',
    tags: ['guichet', intent],
    ...(customerEmail !== undefined && { requester: { name: customerEmail, email: customerEmail } }),
  };
}

/** Ours went to the customer already, so comments are for colleagues. */
async function changeOf(store: Store, ticket: Ticket, event: DeskEvent): Promise<Record<string, unknown>> {
  if (event.type === 'ticket.replied') {
    const [message] = await store.activities(ticket.conversationId, event.seq - 1, 1);
    return { comment: { body: message?.activity.text ?? '', public: false } };
  }
  return {
    status: 'solved',
    comment: { body: ticket.resolution ?? `${ticket.reference} est clos.`, public: false },
  };
}
