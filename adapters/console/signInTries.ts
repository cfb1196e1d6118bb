import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { fr } from '../../dialogs/french.ts';
import { Refusal } from '../http.ts';

/** In seconds. */
const LIMIT = { points: 10, duration: 15 * 60 };

/** Sign-ins that failed: at most 10 in 15 minutes for an account and for an address, then a wait. */
export class SignInTries {
  private readonly byAccount = new RateLimiterMemory(LIMIT);
  private readonly byAddress = new RateLimiterMemory(LIMIT);

  /**
   * Counts a try, before its password is looked at: of a hundred sent at once ten are answered.
   * @throws Refusal 429 when one was too many; Retry-After says in how many seconds to come back.
   */
  async count(email: string, address: string): Promise<void> {
    try {
      await Promise.all([this.byAccount.consume(account(email)), this.byAddress.consume(address)]);
    } catch (limit) {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      const seconds = Math.ceil(limit.msBeforeNext / 1000);
      throw new Refusal(429, 'TooManyRequests', tooMany(Math.ceil(seconds / 60)), {
        'Retry-After': String(seconds),
      });
    }
  }

  /**
   * A right password was no guess, and its try is given back. Only its own: who has an account must not be able to
   * clear the count of an address by signing in between two guesses.
   */
  async giveBack(email: string, address: string): Promise<void> {
    await Promise.all([this.byAccount.reward(account(email)), this.byAddress.reward(address)]);
  }
}

function account(email: string): string {
  return email.trim().toLowerCase();
}

function tooMany(minutes: number): string {
  return fr`Trop d’essais. Réessayez dans ${minutes}\u00a0minute${minutes > 1 ? 's' : ''}.`;
}
