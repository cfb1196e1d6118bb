import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import type { Store } from '../../bot/store.ts';
import { Refusal } from '../http.ts';
import { Customer } from './identity.ts';

/** Seconds. Official clients refresh every 15 minutes. */
export const TOKEN_LASTS = 30 * 60;
const STREAM_LASTS = 60;
const RESUME_LASTS = 30 * 24 * 3600;

/** Who may speak in which conversation. */
export interface Grant {
  conversationId: string;
  userId: string;
  /** Who that is, when the shop vouches for it (identity.ts). */
  customer?: Customer;
}

type Purpose = 'conversation' | 'stream' | 'resume';

/** The names that clients read: `user` decides the user id in the official client. */
const Claims = z.object({
  conv: z.string(),
  user: z.string(),
  use: z.enum(['conversation', 'stream', 'resume']),
  jti: z.string(),
  exp: z.number(),
  customer: Customer.optional(),
});

type Verified = z.infer<typeof Claims>;

/** Tokens whose verification is remembered; one is some hundred bytes. */
const MOST_KEPT = 10_000;

/** Signed tokens, each bound to one conversation and one user. */
export class Tokens {
  private readonly key: Uint8Array;
  private readonly now: Now;
  private readonly verified = new Map<string, Verified>();
  private readonly store: Pick<Store, 'useOnce'>;

  constructor(secret: string, store: Pick<Store, 'useOnce'>, now: Now) {
    this.key = new TextEncoder().encode(secret);
    this.store = store;
    this.now = now;
  }

  /** For the routes of a conversation; 30 minutes. */
  conversation(grant: Grant): Promise<string> {
    return this.sign(grant, 'conversation', TOKEN_LASTS);
  }

  /** For one WebSocket; once, within 60 seconds. */
  stream(grant: Grant): Promise<string> {
    return this.sign(grant, 'stream', STREAM_LASTS);
  }

  /** For our widget, to come back to its conversation later; 30 days. */
  resume(grant: Grant): Promise<string> {
    return this.sign(grant, 'resume', RESUME_LASTS);
  }

  private sign({ conversationId, userId, customer }: Grant, use: Purpose, seconds: number): Promise<string> {
    const now = Math.floor(this.now().getTime() / 1000);
    return new SignJWT({ conv: conversationId, user: userId, use, ...(customer && { customer }) })
      .setProtectedHeader({ alg: 'HS256' })
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.key);
  }

  /**
   * @throws Refusal 403 for an expired token (official clients read 403 as just that), 401 for any other.
   */
  async read(token: string | undefined, use: Purpose): Promise<Grant> {
    if (token === undefined) throw invalid();
    try {
      const claims = this.known(token) ?? (await this.verify(token));
      if (claims.use !== use) throw invalid();
      if (use === 'stream') await this.useOnce(claims.jti);
      return {
        conversationId: claims.conv,
        userId: claims.user,
        ...(claims.customer && { customer: claims.customer }),
      };
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (error instanceof errors.JWTExpired) {
        throw new Refusal(403, 'TokenExpired', 'The token has expired; ask for a new one.');
      }
      throw invalid();
    }
  }

  /** What a token says that was verified before and is still valid: a customer shows the same one with every message. */
  private known(token: string): Verified | undefined {
    const claims = this.verified.get(token);
    return claims && claims.exp * 1000 > this.now().getTime() ? claims : undefined;
  }

  private async verify(token: string): Promise<Verified> {
    const { payload } = await jwtVerify(token, this.key, {
      algorithms: ['HS256'],
      currentDate: this.now(),
    });
    const claims = Claims.parse(payload);
    this.verified.set(token, claims);
    if (this.verified.size > MOST_KEPT) this.verified.delete(this.verified.keys().next().value!);
    return claims;
  }

  private async useOnce(id: string): Promise<void> {
    const now = this.now();
    const until = new Date(now.getTime() + STREAM_LASTS * 1000);
    if (!(await this.store.useOnce(id, { now, until }))) throw invalid();
  }
}

function invalid(): Refusal {
  return new Refusal(
    401,
    'Unauthorized',
    'The token is missing, malformed, or not for this; generate one for this conversation.',
  );
}
