import type { InvokeResponse, TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { type Answer, readBody, Refusal, route } from '../http.ts';
import { forSdk, TeamsActivity } from './activity.ts';
import type { TeamsAdapter } from './adapter.ts';
import { keysAreMissing, namesIssuer } from './authentication.ts';

export interface TeamsRouteParts {
  adapter: TeamsAdapter;
  issuer: string;
  /** Origins that answers may be sent to. */
  serviceUrls: readonly string[];
  /** Acts on an activity; @returns the answer to an invoke. */
  take: (activity: TeamsActivity) => Promise<InvokeResponse | undefined>;
  log: Logger;
}

/**
 * The Bot Framework's one route. The body's shape is checked before the SDK, then where it wants answers sent, then the
 * token; a caller learns that it was refused, and not why.
 */
export function teamsRoutes(
  server: Server,
  { adapter, issuer, serviceUrls, take, log }: TeamsRouteParts,
): void {
  route(server, log, 'post', '/api/messages', async (request): Promise<Answer> => {
    const authorization = request.header('authorization') ?? '';
    if (!namesIssuer(authorization, issuer)) throw unauthorized();
    const activity = readBody(request, TeamsActivity);
    if (!serviceUrls.includes(new URL(activity.serviceUrl).origin)) throw unauthorized();
    const forwarded = forSdk(activity);
    const who = await adapter.who(forwarded, authorization).catch((error: unknown) => {
      // Without keys nothing is known of the token: Teams sends again what it gets 503 for.
      if (keysAreMissing(error)) throw error;
      throw unauthorized();
    });
    const answer = await adapter.take(who, forwarded, async (context: TurnContext) => {
      const invoked = await take(activity);
      if (invoked) await context.sendActivity({ type: 'invokeResponse', value: invoked });
    });
    return {
      status: answer?.status ?? 200,
      ...(answer?.body !== undefined && { body: answer.body as object }),
    };
  });
}

function unauthorized(): Refusal {
  return new Refusal(401, 'Unauthorized', 'This was not sent by the channel.');
}
