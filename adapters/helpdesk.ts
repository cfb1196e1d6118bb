import { retryAfter } from './webhook.ts';
import type { Delivery } from './outbox.ts';
import type { TargetFetch } from './targetFetch.ts';

/** A helpdesk did not take a call; `delivery` says whether another try may help. */
export class HelpdeskError extends Error {
  readonly delivery: Delivery;

  constructor(delivery: Exclude<Delivery, { outcome: 'delivered' }>) {
    super(delivery.reason);
    this.name = 'HelpdeskError';
    this.delivery = delivery;
  }
}

/** What another try with the same body cannot mend. */
const FINAL = [400, 404, 410, 422];

/**
 * One call of a helpdesk's JSON API.
 * @throws HelpdeskError when it answers anything but 2xx; a wrong token (401, 403) may be mended, so it is tried again
 */
export async function call(request: {
  fetch: TargetFetch;
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
  signal: AbortSignal;
}): Promise<unknown> {
  const { fetch, url, method, headers, body, signal } = request;
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    signal,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? {} : (JSON.parse(text) as unknown);
  const reason = `The helpdesk answered ${response.status} to ${method}.`;
  const afterMs = retryAfter(response.headers.get('retry-after'));
  throw new HelpdeskError(
    FINAL.includes(response.status)
      ? { outcome: 'refused', reason }
      : { outcome: 'later', reason, ...(afterMs !== undefined && { afterMs }) },
  );
}
