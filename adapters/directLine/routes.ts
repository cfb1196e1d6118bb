import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import type { Store } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import { type Answer, bearer, type Handler, readBody, Refusal, route, sameSecret } from '../http.ts';
import { activitySet, boundText, PostedActivity, readWatermark } from './activities.ts';
import type { Origins } from './origins.ts';
import { type Grant, TOKEN_LASTS, type Tokens } from './tokens.ts';

export interface DirectLineParts {
  store: Store;
  turns: Turns;
  tokens: Tokens;
  origins: Origins;
  now: Now;
  log: Logger;
  /** DIRECT_LINE_SECRET; without it, tokens come from the widget's own route alone. */
  secret?: string;
  /** How clients reach us, when it is not by the address they ask. */
  publicUrl?: string;
}

const ROOT = '/v3/directline';
const TokenRequest = z.object({ user: z.object({ id: z.string().min(1).max(128) }).optional() });

/** Direct Line 3.0 over REST, as its official clients use it. */
export function directLineRoutes(server: Server, parts: DirectLineParts): void {
  const { store, turns, tokens, origins, now, log } = parts;

  /** The bearer's conversation and user; the secret's holder may act in any conversation. */
  const authorise = async (request: Request): Promise<Grant | 'secret'> => {
    const given = bearer(request);
    if (sameSecret(given, parts.secret)) return 'secret';
    return tokens.read(given, 'conversation');
  };

  const grantFor = async (request: Request): Promise<Grant> => {
    const who = await authorise(request);
    const id = (request.params as { id: string }).id;
    if (who !== 'secret') {
      if (who.conversationId !== id) {
        throw new Refusal(
          401,
          'Unauthorized',
          'The token is for another conversation; use the one generated for this.',
        );
      }
      return who;
    }
    const conversation = await store.conversation(id);
    if (!conversation)
      throw new Refusal(
        404,
        'NotFound',
        'There is no such conversation; start one with POST /conversations.',
      );
    return { conversationId: id, userId: conversation.userId };
  };

  const streamUrl = async (request: Request, grant: Grant, watermark: string): Promise<string> => {
    const base = parts.publicUrl ?? `http://${request.header('host')}`;
    const url = new URL(`${ROOT}/conversations/${encodeURIComponent(grant.conversationId)}/stream`, base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('watermark', watermark);
    url.searchParams.set('t', await tokens.stream(grant));
    return url.href;
  };

  const opened = async (
    request: Request,
    grant: Grant,
    watermark = '',
  ): Promise<Record<string, unknown>> => ({
    conversationId: grant.conversationId,
    token: await tokens.conversation(grant),
    expires_in: TOKEN_LASTS,
    streamUrl: await streamUrl(request, grant, watermark),
    referenceGrammarId: grant.conversationId,
  });

  /** Opens the conversation, and has the bot say its first words, once. */
  const start = async (grant: Grant): Promise<{ created: boolean }> => {
    const { conversationId, userId } = grant;
    const { created } = await store.openConversation({
      id: conversationId,
      channel: 'directline',
      userId,
      now: now(),
    });
    await turns.run({ conversationId, kind: 'start', from: { id: userId }, text: '', key: 'start' });
    return { created };
  };

  const post = async (request: Request): Promise<Answer> => {
    const grant = await grantFor(request);
    const activity = readBody(request, PostedActivity);
    const ignored = { body: { id: `${grant.conversationId}|ignored` } };
    const { text, cut } = boundText(activity.text ?? '');
    if (activity.type !== 'message' || text.trim() === '') return ignored;
    // A token may be used before POST /conversations; the conversation begins then.
    if (!(await store.conversation(grant.conversationId))) await start(grant);
    const key = keyOf(request, activity.channelData?.['clientActivityID'], grant.userId);
    const { activities } = await turns.run({
      conversationId: grant.conversationId,
      kind: 'message',
      // The token, not the body, says who speaks.
      from: { id: grant.userId, ...(activity.from?.name && { name: activity.from.name }) },
      text,
      cut,
      ...(activity.channelData && { channelData: activity.channelData }),
      ...(key !== undefined && { key }),
    });
    return { body: { id: activities[0]!.id } };
  };

  const respond = (method: 'get' | 'post', path: string, handler: Handler): void => {
    route(server, log, method, `${ROOT}${path}`, async (request) => {
      const cors = origins.cors(request.header('origin'));
      try {
        const answer = await handler(request);
        return { ...answer, headers: { ...answer.headers, ...cors, 'Cache-Control': 'no-store' } };
      } catch (error) {
        if (error instanceof Refusal)
          throw new Refusal(error.status, error.code, error.message, { ...error.headers, ...cors });
        throw error;
      }
    });
  };

  if (parts.secret !== undefined) {
    respond('post', '/tokens/generate', async (request) => {
      if ((await authorise(request)) !== 'secret') {
        throw new Refusal(401, 'Unauthorized', 'Tokens are generated with the Direct Line secret.');
      }
      const grant = newGrant(readBody(request, TokenRequest).user?.id);
      return {
        body: {
          conversationId: grant.conversationId,
          token: await tokens.conversation(grant),
          expires_in: TOKEN_LASTS,
        },
      };
    });
  }

  respond('post', '/tokens/refresh', async (request) => {
    const grant = await tokens.read(bearer(request), 'conversation');
    return {
      body: {
        conversationId: grant.conversationId,
        token: await tokens.conversation(grant),
        expires_in: TOKEN_LASTS,
      },
    };
  });

  respond('post', '/conversations', async (request) => {
    const who = await authorise(request);
    const grant = who === 'secret' ? newGrant(readBody(request, TokenRequest).user?.id) : who;
    const { created } = await start(grant);
    return { status: created ? 201 : 200, body: await opened(request, grant) };
  });

  respond('get', '/conversations/:id', async (request) => {
    const grant = await grantFor(request);
    const watermark = (request.query as { watermark?: string }).watermark ?? '';
    return { body: await opened(request, grant, watermark) };
  });

  respond('get', '/conversations/:id/activities', async (request) => {
    const grant = await grantFor(request);
    const watermark = readWatermark((request.query as { watermark?: string }).watermark);
    return { body: activitySet(await store.activities(grant.conversationId, watermark), watermark) };
  });

  respond('post', '/conversations/:id/activities', post);

  respond('post', '/conversations/:id/upload', async (request) => {
    await grantFor(request);
    throw new Refusal(
      415,
      'NotSupported',
      'Attachments are not taken yet; describe what you see in a message.',
    );
  });

  // A browser's question before a request from another origin; as a route it would make every path under ROOT exist.
  server.pre((request: Request, response: Response, next: (go?: boolean) => void) => {
    if (request.method !== 'OPTIONS' || !request.path().startsWith(ROOT)) return next();
    for (const [name, value] of Object.entries(origins.cors(request.header('origin'))))
      response.setHeader(name, value);
    response.send(204);
    return next(false);
  });
}

/** A new conversation for a known user, or for a new one; the prefix is the one Direct Line reserves for ids in tokens. */
export function newGrant(userId = `dl_${randomUUID()}`): Grant {
  return { conversationId: randomUUID(), userId };
}

/** The idempotency key, within the user: the client's own id first, then the header. */
function keyOf(request: Request, clientActivityId: unknown, userId: string): string | undefined {
  const id =
    typeof clientActivityId === 'string' && clientActivityId
      ? clientActivityId
      : request.header('idempotency-key');
  return id ? `${userId}:${id.slice(0, 200)}` : undefined;
}
