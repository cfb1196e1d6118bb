import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { RateLimiterMemory, RateLimiterQueue, RateLimiterRes } from 'rate-limiter-flexible';
import type { Delivery } from '../outbox.ts';
import { retryAfter } from '../webhook.ts';
import type { TeamsAdapter } from './adapter.ts';
import type { Address } from './place.ts';

/** How a call to the connector went; `blocked`: the customer wants no more of the bot, or it was taken out (403). */
export type Called<T> =
  { outcome: 'done'; value: T } | (Exclude<Delivery, { outcome: 'delivered' }> & { blocked?: true });

type Thread = Pick<Address, 'serviceUrl' | 'conversationId'>;

/** What one conversation may be sent. */
export interface Pace {
  inSecond: number;
  inHalfMinute: number;
}

/** As Teams counts it; over it comes 429. */
export const TEAMS_PACE: Pace = { inSecond: 7, inHalfMinute: 60 };

/** The calls to Teams that the bot makes, paced by conversation, with their failures as results. */
export class Connector {
  private readonly adapter: TeamsAdapter;
  private readonly second: RateLimiterQueue;
  private readonly halfMinute: RateLimiterMemory;

  constructor(adapter: TeamsAdapter, { inSecond, inHalfMinute }: Pace = TEAMS_PACE) {
    this.adapter = adapter;
    this.second = new RateLimiterQueue(new RateLimiterMemory({ points: inSecond, duration: 1 }));
    this.halfMinute = new RateLimiterMemory({ points: inHalfMinute, duration: 30 });
  }

  /** @returns the id that Teams gave the activity. */
  send(address: Address, activity: Partial<Activity>): Promise<Called<string>> {
    const { conversationId, bot, customer } = address;
    return this.call(address, async ({ conversations }) => {
      const from = { from: bot, recipient: customer, conversation: { id: conversationId } };
      const sent = await conversations.sendToConversation(conversationId, {
        ...activity,
        ...from,
      } as Activity);
      return sent.id;
    });
  }

  /** Puts another activity in the place of one that was sent. */
  update(thread: Thread, id: string, activity: Partial<Activity>): Promise<Called<string>> {
    const { conversationId } = thread;
    return this.call(thread, async ({ conversations }) => {
      const changed = { ...activity, id, conversation: { id: conversationId } } as Activity;
      await conversations.updateActivity(conversationId, id, changed);
      return id;
    });
  }

  /** Opens the private chat with the customer of a group. @returns its id. */
  openPrivate(address: Address): Promise<Called<string>> {
    const { bot, customer, tenantId } = address;
    return this.call(address, async ({ conversations }) => {
      const { id } = await conversations.createConversation({
        isGroup: false,
        bot,
        members: [{ id: customer.id, name: customer.name }],
        ...(tenantId !== undefined && { tenantId, channelData: { tenant: { id: tenantId } } }),
      } as Parameters<typeof conversations.createConversation>[0]);
      return id;
    });
  }

  /** Begins a thread in a channel. @returns the thread's conversation and the activity's id. */
  post(
    channel: Thread,
    activity: Partial<Activity>,
  ): Promise<Called<{ conversationId: string; activityId: string }>> {
    return this.call(channel, async ({ conversations }) => {
      const { id, activityId } = await conversations.createConversation({
        isGroup: true,
        channelData: { channel: { id: channel.conversationId } },
        activity,
      } as Parameters<typeof conversations.createConversation>[0]);
      return { conversationId: id, activityId: activityId || (id.split('messageid=')[1] ?? '') };
    });
  }

  /** Whether more people than `most` would read what is said. */
  crowded(address: Address, most: number): Promise<Called<boolean>> {
    return this.call(address, async ({ conversations }) => {
      const page = await conversations.getConversationPagedMembers(address.conversationId, {
        pageSize: 2 * most,
        // The first page; the SDK's type has no word for it.
        continuationToken: undefined as unknown as string,
      });
      return page.members.length > most || Boolean(page.continuationToken);
    });
  }

  private async call<T>(
    { serviceUrl, conversationId }: Thread,
    how: (client: ConnectorClient) => Promise<T>,
  ): Promise<Called<T>> {
    try {
      await this.halfMinute.consume(conversationId);
      // At most a second: that is waited for here.
      await this.second.removeTokens(1, conversationId);
      return { outcome: 'done', value: await how(await this.adapter.connector(serviceUrl)) };
    } catch (error) {
      if (error instanceof RateLimiterRes)
        return {
          outcome: 'later',
          reason: 'Teams’ limit for one conversation.',
          afterMs: error.msBeforeNext,
        };
      return failed(error);
    }
  }
}

interface RestFailure extends Error {
  statusCode?: number;
  response?: { headers?: { get(name: string): string | undefined } };
}

/** 400, 403, 404 and 413 will not change by trying again; all else may (Teams: 412, 429, 502, 504, and no answer). */
function failed(error: unknown): Exclude<Called<never>, { outcome: 'done' }> {
  const { statusCode, response, message } = error as RestFailure;
  const reason = statusCode === undefined ? message : `Teams answered ${statusCode}.`;
  if (statusCode === 403) return { outcome: 'refused', reason, blocked: true };
  if (statusCode === 400 || statusCode === 404 || statusCode === 413) return { outcome: 'refused', reason };
  const afterMs = retryAfter(response?.headers?.get('retry-after') ?? null);
  return { outcome: 'later', reason, ...(afterMs !== undefined && { afterMs }) };
}
