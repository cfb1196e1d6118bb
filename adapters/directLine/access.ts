import { randomUUID } from 'node:crypto';
import type { Request } from 'restify';
import type { Store } from '../../bot/store.ts';
import { bearer, type Handler, Refusal, sameSecret } from '../http.ts';
import type { Origins } from './origins.ts';
import type { Grant, Tokens } from './tokens.ts';

export interface AccessParts {
  store: Store;
  tokens: Tokens;
  origins: Origins;
  /** DIRECT_LINE_SECRET; without it, tokens come from the widget's own route alone. */
  secret?: string;
}

/** Who asks, and for which conversation. */
export class Access {
  private readonly parts: AccessParts;

  constructor(parts: AccessParts) {
    this.parts = parts;
  }

  /** The bearer's conversation and user; the secret's holder may act in any conversation. */
  async who(request: Request): Promise<Grant | 'secret'> {
    const given = bearer(request);
    if (sameSecret(given, this.parts.secret)) return 'secret';
    return this.parts.tokens.read(given, 'conversation');
  }

  /**
   * The grant for the conversation in the path.
   * @throws Refusal 401 for a token of another conversation; 404 for one that does not exist, which only the secret's
   * holder can ask for.
   */
  async grant(request: Request): Promise<Grant> {
    const who = await this.who(request);
    const { id } = request.params as { id: string };
    if (who !== 'secret') {
      if (who.conversationId === id) return who;
      throw new Refusal(
        401,
        'Unauthorized',
        'The token is for another conversation; use the one generated for this.',
      );
    }
    const conversation = await this.parts.store.conversation(id);
    if (conversation) return { conversationId: id, userId: conversation.userId };
    throw new Refusal(404, 'NotFound', 'There is no such conversation; start one with POST /conversations.');
  }

  /** For programs and for pages that may speak to us; these can read every answer, refusals too. Nothing is cached. */
  forPages(handler: Handler): Handler {
    const { origins } = this.parts;
    return async (request) => {
      const origin = request.header('origin');
      const headers = { 'Cache-Control': 'no-store', ...origins.cors(origin) };
      if (!origins.allowed(origin, request.header('host'))) {
        throw new Refusal(
          401,
          'Unauthorized',
          'This page may not connect; add its origin to ALLOWED_ORIGINS.',
        );
      }
      try {
        const answer = await handler(request);
        return { ...answer, headers: { ...headers, ...answer.headers } };
      } catch (error) {
        if (error instanceof Refusal) {
          throw new Refusal(error.status, error.code, error.message, { ...headers, ...error.headers });
        }
        throw error;
      }
    };
  }
}

/** A new conversation for a known user, or for a new one; the prefix is the one Direct Line reserves for ids in tokens. */
export function newGrant(userId = `dl_${randomUUID()}`): Grant {
  return { conversationId: randomUUID(), userId };
}
