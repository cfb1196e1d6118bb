import { createHmac } from 'node:crypto';
import type { Now } from '../../bot/clock.ts';
import { sameSecret } from '../http.ts';

/** Milliseconds. Long enough for a page that stays open; a reload brings fresh addresses. */
const LASTS = 24 * 3600 * 1000;

/**
 * Addresses of customers' files that work without a header, as pictures in a page need: signed, for one file, for a day.
 */
export class FileAddresses {
  private readonly secret: string;
  private readonly now: Now;

  constructor(secret: string, now: Now) {
    this.secret = secret;
    this.now = now;
  }

  /** The path under Direct Line's root, with its signature. */
  of(id: string): string {
    const until = String(this.now().getTime() + LASTS);
    return `/files/${id}?until=${until}&signature=${this.sign(id, until)}`;
  }

  /** @param query as it came: a name given twice is a list */
  valid(id: string, { until, signature }: Record<string, unknown>): boolean {
    if (typeof until !== 'string' || typeof signature !== 'string') return false;
    return sameSecret(signature, this.sign(id, until)) && Number(until) > this.now().getTime();
  }

  private sign(id: string, until: string): string {
    return createHmac('sha256', this.secret).update(`${id} ${until}`).digest('base64url');
  }
}
