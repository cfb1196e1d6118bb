import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Server } from 'restify';
import type { Now } from '../../bot/clock.ts';
import type { Config } from '../../bot/config.ts';
import type { Store } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import type { Deliver } from '../outbox.ts';
import type { Target } from '../targets.ts';
import { TeamsAdapter } from './adapter.ts';
import { agentsChannelTarget } from './agentsChannel.ts';
import { authenticationIn, type Cloud, ownToken, publicCloud } from './authentication.ts';
import { Connector } from './connector.ts';
import { teamsDeliverers } from './deliverers.ts';
import { filesDeliverer } from './files.ts';
import { Inbound } from './inbound.ts';
import { addressOf, CHANNEL } from './place.ts';
import { teamsRoutes } from './routes.ts';

/** Teams as one channel: its route, its deliverers, the agents' channel. Made when TEAMS_ENABLED, and only then. */
export class Teams {
  private readonly config: Config;
  private readonly store: Store;
  private readonly cloud: Cloud;
  private readonly adapter: TeamsAdapter;
  private readonly connector: Connector;
  private readonly log: Logger;
  /** Teams shows one for a few seconds. */
  private readonly shownTyping = new RateLimiterMemory({ points: 1, duration: 3 });

  constructor(config: Config, store: Store, log: Logger, cloud: Cloud = publicCloud(config)) {
    this.config = config;
    this.store = store;
    this.log = log;
    this.cloud = cloud;
    this.adapter = new TeamsAdapter(authenticationIn(cloud), config.TEAMS_APP_ID!);
    this.connector = new Connector(this.adapter, cloud.pace);
    if (config.TEAMS_APP_TYPE === 'MultiTenant') {
      log.warn('TEAMS_APP_TYPE is MultiTenant, which Azure no longer registers; move to SingleTenant');
    }
  }

  /** The agents' channel, where the settings name one. */
  targets(): Target[] {
    const { TEAMS_AGENTS_CHANNEL: channel, PUBLIC_URL, TEAMS_SERVICE_URLS } = this.config;
    if (channel === undefined || PUBLIC_URL === undefined) return [];
    const { store, connector } = this;
    // Microsoft's address for whoever has not been written to yet.
    const serviceUrl = new URL('/teams/', TEAMS_SERVICE_URLS[0]).href;
    const consoleUrl = new URL('/console', PUBLIC_URL).href;
    return [agentsChannelTarget({ store, connector, serviceUrl, channel, consoleUrl })];
  }

  /** Who delivers the rows of the outbox that go to Teams, by their kind. */
  deliverers(turns: Turns): Record<string, Deliver> {
    const { store, connector, cloud, adapter } = this;
    const token = (): Promise<string> => ownToken(cloud, adapter.appId);
    return {
      ...teamsDeliverers({ store, turns, connector }),
      teams_file: filesDeliverer({ store, turns, token, serviceUrls: this.config.TEAMS_SERVICE_URLS }),
    };
  }

  /** An agent is writing: the customer sees it at once, or not at all. */
  async typing(conversationId: string): Promise<void> {
    try {
      const conversation = await this.store.conversation(conversationId);
      const address = conversation?.channel === CHANNEL ? addressOf(conversation) : undefined;
      if (!address || conversation?.reach?.refused) return;
      await this.shownTyping.consume(conversationId);
      await this.connector.send(address, { type: 'typing' });
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) this.log.warn({ err: error }, 'a typing indicator was lost');
    }
  }

  /** Registers POST /api/messages. */
  routes(server: Server, { turns, now, log }: { turns: Turns; now: Now; log: Logger }): void {
    const inbound = new Inbound({ store: this.store, turns, now });
    teamsRoutes(server, {
      adapter: this.adapter,
      issuer: this.cloud.issuer,
      serviceUrls: this.config.TEAMS_SERVICE_URLS,
      take: (activity) => inbound.take(activity),
      log,
    });
  }
}
