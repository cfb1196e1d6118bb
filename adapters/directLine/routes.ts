import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import { isClientId } from '../../bot/redactActivity.ts';
import { redact } from '../../bot/redaction.ts';
import type { Upload } from '../../bot/store.ts';
import { NoConversationError, type Turns } from '../../bot/turn.ts';
import { addressOf, type Answer, type Handler, readBody, readShape, Refusal, route } from '../http.ts';
import { fileAnswer, findUpload } from '../uploads.ts';
import { type Access, type AccessParts, newGrant } from './access.ts';
import { activitySet, PostedActivity, readContactForm, readText, readWatermark } from './activities.ts';
import type { FileAddresses } from './fileAddresses.ts';
import type { Hub } from './hub.ts';
import type { Limits } from './limits.ts';
import { readForm } from './multipart.ts';
import { readPicture } from './pictures.ts';
import { type Grant, TOKEN_LASTS } from './tokens.ts';

export interface DirectLineParts extends AccessParts {
  access: Access;
  turns: Turns;
  hub: Hub;
  files: FileAddresses;
  limits: Limits;
  /** The customer is writing; called for each sign of it, which is not stored. */
  onTyping?(conversationId: string): void;
  now: Now;
  log: Logger;
  /** How clients reach us, when it is not by the address they ask. */
  publicUrl?: string;
  trustedProxies: number;
}

export const ROOT = '/v3/directline';
const TokenRequest = z.object({ user: z.object({ id: z.string().min(1).max(128) }).optional() });

/** Where clients reach this server: the setting, or the host they asked for. */
export function baseOf(host: string | undefined, publicUrl: string | undefined): string {
  return (publicUrl ?? `http://${host}`).replace(/\/$/, '');
}

/** Direct Line 3.0 over REST, as its official clients use it; docs/direct-line.md is its description. */
export function directLineRoutes(server: Server, parts: DirectLineParts): void {
  const { access, store, turns, hub, tokens, origins, files, limits, now, log } = parts;

  const streamUrl = async (request: Request, grant: Grant, watermark: string): Promise<string> => {
    const base = baseOf(request.header('host'), parts.publicUrl);
    const url = new URL(`${base}${ROOT}/conversations/${encodeURIComponent(grant.conversationId)}/stream`);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('watermark', watermark);
    url.searchParams.set('t', await tokens.stream(grant));
    return url.href;
  };

  const tokenFor = async (grant: Grant): Promise<Record<string, unknown>> => ({
    conversationId: grant.conversationId,
    token: await tokens.conversation(grant),
    expires_in: TOKEN_LASTS,
  });

  const opened = async (
    request: Request,
    grant: Grant,
    watermark = '',
  ): Promise<Record<string, unknown>> => ({
    ...(await tokenFor(grant)),
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

  const take = async (
    request: Request,
    grant: Grant,
    activity: z.infer<typeof PostedActivity>,
    uploads: Upload[],
  ): Promise<Answer> => {
    const { conversationId, userId, customer } = grant;
    const { text, cut } = readText(activity);
    if (activity.type === 'typing') parts.onTyping?.(conversationId);
    if (activity.type !== 'message' || (text.trim() === '' && uploads.length === 0)) {
      return { body: { id: `${conversationId}|ignored` } };
    }
    await limits.message(conversationId, addressOf(request, parts.trustedProxies));
    const key = keyOf(request, activity.channelData?.['clientActivityID'], userId);
    const name = customer?.name ?? activity.from?.name;
    const form = readContactForm(activity.value);
    const message = {
      conversationId,
      kind: 'message' as const,
      // The token, not the body, says who speaks.
      from: { id: userId, ...(name && { name }) },
      text,
      cut,
      ...(activity.channelData && { channelData: activity.channelData }),
      ...(customer && { customer }),
      ...(form && { form }),
      ...(uploads.length > 0 && { uploads }),
      ...(key !== undefined && { key }),
    };
    const { activities } = await turns.run(message).catch(async (error: unknown) => {
      if (!(error instanceof NoConversationError)) throw error;
      // A token may be used before POST /conversations, or when all was erased; the conversation begins then.
      await start(grant);
      return turns.run(message);
    });
    return { body: { id: activities[0]!.id } };
  };

  const respond = (method: 'get' | 'post' | 'del', path: string, handler: Handler): void =>
    route(server, log, method, `${ROOT}${path}`, access.forPages(handler));

  if (parts.secret !== undefined) {
    respond('post', '/tokens/generate', async (request) => {
      if ((await access.who(request)) !== 'secret') {
        throw new Refusal(401, 'Unauthorized', 'Tokens are generated with the Direct Line secret.');
      }
      return { body: await tokenFor(newGrant(readBody(request, TokenRequest).user?.id)) };
    });
  }

  respond('post', '/tokens/refresh', async (request) => {
    const who = await access.who(request);
    if (who === 'secret') {
      throw new Refusal(400, 'BadArgument', 'A token is refreshed with itself, not with the secret.');
    }
    return { body: await tokenFor(who) };
  });

  respond('post', '/conversations', async (request) => {
    const who = await access.who(request);
    const grant = who === 'secret' ? newGrant(readBody(request, TokenRequest).user?.id) : who;
    const { created } = await start(grant);
    return { status: created ? 201 : 200, body: await opened(request, grant) };
  });

  respond('get', '/conversations/:id', async (request) => {
    const grant = await access.grant(request);
    const watermark = (request.query as { watermark?: string }).watermark ?? '';
    return { body: await opened(request, grant, watermark) };
  });

  // Not of the original: a customer's own conversation leaves the database, with its files and tickets.
  respond('del', '/conversations/:id', async (request) => {
    const { conversationId } = await access.grant(request);
    await turns.erase(conversationId);
    hub.erased(conversationId);
    return { status: 204 };
  });

  respond('get', '/conversations/:id/activities', async (request) => {
    const { conversationId } = await access.grant(request);
    const watermark = readWatermark((request.query as { watermark?: string }).watermark);
    const base = baseOf(request.header('host'), parts.publicUrl);
    const stored = await store.activities(conversationId, watermark);
    return { body: activitySet(stored, watermark, (id) => `${base}${ROOT}${files.of(id)}`) };
  });

  respond('post', '/conversations/:id/activities', async (request) =>
    take(request, await access.grant(request), readBody(request, PostedActivity), []),
  );

  respond('post', '/conversations/:id/upload', async (request) => {
    const grant = await access.grant(request);
    const form = await readForm(request);
    const activity = readShape(form.activity ?? { type: 'message' }, PostedActivity);
    return take(
      request,
      grant,
      activity,
      form.files.map(({ name, bytes }) => readPicture(name, bytes)),
    );
  });

  respond('get', '/files/:id', async (request) => {
    const { id } = request.params as { id: string };
    const signed = files.valid(id, request.query as Record<string, unknown>);
    const grant = signed ? undefined : await access.who(request);
    const upload = await findUpload(store, id);
    if (grant !== undefined && grant !== 'secret' && grant.conversationId !== upload.conversationId) {
      throw new Refusal(401, 'Unauthorized', 'The file is of another conversation.');
    }
    return fileAnswer(upload);
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

/** The idempotency key, within the user: the client's own id first, then the header. */
function keyOf(request: Request, clientActivityId: unknown, userId: string): string | undefined {
  const id =
    typeof clientActivityId === 'string' && clientActivityId
      ? clientActivityId
      : request.header('idempotency-key');
  if (!id) return undefined;
  // A key is kept, and a client may make it of what was typed: one with a card number in it is kept as a digest.
  const kept =
    isClientId(id) || redact(id).text === id
      ? id.slice(0, 200)
      : createHash('sha256').update(id).digest('base64url');
  return `${userId}:${kept}`;
}
