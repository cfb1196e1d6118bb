import type { Logger } from 'pino';
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
import { teamsRoutes } from './routes.ts';

/** Teams as one channel: its route, its deliverers, the agents' channel. Made when TEAMS_ENABLED, and only then. */
export class Teams {
  private readonly config: Config;
  private readonly store: Store;
  private readonly cloud: Cloud;
  private readonly adapter: TeamsAdapter;
  private readonly connector: Connector;

  constructor(config: Config, store: Store, log: Logger, cloud: Cloud = publicCloud(config)) {
    this.config = config;
    this.store = store;
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

  deliverers(turns: Turns): Record<string, Deliver> {
    const { store, connector, cloud, adapter } = this;
    const token = (): Promise<string> => ownToken(cloud, adapter.appId);
    return {
      ...teamsDeliverers({ store, turns, connector }),
      teams_file: filesDeliverer({ store, turns, token, serviceUrls: this.config.TEAMS_SERVICE_URLS }),
    };
  }

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
