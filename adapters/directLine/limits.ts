import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../http.ts';

/** How many in a minute; all are settings. */
export interface LimitSettings {
  MESSAGES_PER_CONVERSATION: number;
  MESSAGES_PER_ADDRESS: number;
  CONVERSATIONS_PER_ADDRESS: number;
}

/** Keeps one customer, or one machine, from taking the server from all others. */
export class Limits {
  private readonly messagesInConversation: RateLimiterMemory;
  private readonly messagesFromAddress: RateLimiterMemory;
  private readonly conversationsFromAddress: RateLimiterMemory;

  constructor(settings: LimitSettings) {
    const perMinute = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: 60 });
    this.messagesInConversation = perMinute(settings.MESSAGES_PER_CONVERSATION);
    this.messagesFromAddress = perMinute(settings.MESSAGES_PER_ADDRESS);
    this.conversationsFromAddress = perMinute(settings.CONVERSATIONS_PER_ADDRESS);
  }

  /** @throws Refusal 429 when the message is one too many; Retry-After says in how many seconds it may be sent again. */
  async message(conversationId: string, address: string): Promise<void> {
    await count(this.messagesInConversation, conversationId);
    await count(this.messagesFromAddress, address);
  }

  /** @throws Refusal 429, as for messages. */
  conversation(address: string): Promise<void> {
    return count(this.conversationsFromAddress, address);
  }
}

async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (limit) {
    if (!(limit instanceof RateLimiterRes)) throw limit;
    const seconds = Math.max(1, Math.ceil(limit.msBeforeNext / 1000));
    throw new Refusal(429, 'TooManyRequests', `Too many at once; send it again in ${seconds} s.`, {
      'Retry-After': String(seconds),
    });
  }
}
