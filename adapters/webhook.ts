import { Webhook } from 'standardwebhooks';
import type { Now } from '../bot/clock.ts';
import type { DeskEvent } from '../bot/deskEvent.ts';
import { handoffInitiation } from '../bot/handoffInitiation.ts';
import type { Store } from '../bot/store.ts';
import type { Deliver, Delivery } from './outbox.ts';
import type { TargetFetch } from './targetFetch.ts';
import type { Target } from './targets.ts';
import { ticketWhole, transcriptLine } from './ticketView.ts';

const LONGEST_MS = 10_000;
const LONGEST_WAIT_MS = 3600_000;

export interface WebhookSettings {
  url: string;
  /** "whsec_" and base64, as Standard Webhooks writes them. */
  secret: string;
  /** The longest that the receiver may take to answer, in milliseconds; 10 s when absent. */
  longestMs?: number;
  fetch: TargetFetch;
}

/**
 * Tells an address of tickets by Standard Webhooks (headers webhook-id, webhook-timestamp, webhook-signature). The id is
 * the row's, the same at each try.
 */
export function webhookTarget(
  { url, secret, longestMs = LONGEST_MS, fetch }: WebhookSettings,
  { store, now }: { store: Store; now: Now },
): Target {
  const signer = new Webhook(secret);
  const deliver: Deliver = async (row, signal) => {
    const event = row.payload as DeskEvent;
    const data = await eventData(store, event);
    if (!data) return { outcome: 'refused', reason: 'What it tells of is no longer there.' };
    const body = JSON.stringify({ type: event.type, timestamp: row.createdAt.toISOString(), data });
    const at = now();
    return post(fetch, url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': row.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signer.sign(row.id, at, body),
      },
    });
  };
  return { kind: 'webhook', wants: () => true, deliver };
}

/** The ticket whole; with its handoff, and the message or the Bot Framework event that the event is about. */
async function eventData(store: Store, event: DeskEvent): Promise<Record<string, unknown> | undefined> {
  const ticket = await store.ticket(event.reference);
  if (!ticket) return undefined;
  const data = await ticketWhole(store, ticket);
  if (event.type === 'ticket.replied') {
    const [message] = await store.activities(ticket.conversationId, event.seq - 1, 1);
    return { ...data, message: message && transcriptLine(message) };
  }
  if (!('handoffId' in event)) return data;
  const handoff = await store.desk.handoff(event.handoffId);
  const conversation = await store.conversation(ticket.conversationId);
  if (!handoff || !conversation) return undefined;
  if (event.type === 'handoff.status') {
    return { ...data, handoff: { id: handoff.id, state: event.state, agent: handoff.owner?.name } };
  }
  const activity = handoffInitiation(
    handoff,
    ticket,
    conversation,
    await store.activities(ticket.conversationId),
  );
  return { ...data, handoff: { id: handoff.id, state: 'queued' }, activity };
}

/**
 * Posts, and reads the answer as Standard Webhooks asks: 2xx is taken, 410 is "no more"; a redirect is a failure, since
 * what is signed for one address must not go to another; Retry-After is obeyed, up to an hour.
 */
async function post(
  fetch: TargetFetch,
  url: string,
  request: { body: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<Delivery> {
  const response = await fetch(url, { method: 'POST', ...request });
  await response.body?.cancel();
  if (response.ok) return { outcome: 'delivered' };
  if (response.status === 410) return { outcome: 'refused', reason: 'The receiver wants no more (410).' };
  const afterMs = retryAfter(response.headers.get('retry-after'));
  return {
    outcome: 'later',
    reason: `The receiver answered ${response.status}.`,
    ...(afterMs !== undefined && { afterMs }),
  };
}

/** Retry-After in milliseconds, given in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(0, ms)) : undefined;
}
