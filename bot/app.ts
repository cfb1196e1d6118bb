import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { apiRoutes } from '../adapters/api/routes.ts';
import { Audit } from '../adapters/console/audit.ts';
import { News } from '../adapters/console/news.ts';
import { consoleRoutes } from '../adapters/console/routes.ts';
import { Access } from '../adapters/directLine/access.ts';
import { FileAddresses } from '../adapters/directLine/fileAddresses.ts';
import { Hub } from '../adapters/directLine/hub.ts';
import { Limits } from '../adapters/directLine/limits.ts';
import { Origins } from '../adapters/directLine/origins.ts';
import { directLineRoutes } from '../adapters/directLine/routes.ts';
import { Streams } from '../adapters/directLine/stream.ts';
import { Tokens } from '../adapters/directLine/tokens.ts';
import { healthRoutes } from '../adapters/health.ts';
import { createHttpServer } from '../adapters/http.ts';
import { Outbox } from '../adapters/outbox.ts';
import { deliverersOf } from '../adapters/targets.ts';
import { configuredTargets } from '../adapters/configuredTargets.ts';
import type { Cloud } from '../adapters/teams/authentication.ts';
import { leavesForTeams } from '../adapters/teams/deliverers.ts';
import { widgetRoutes } from '../adapters/widget/routes.ts';
import { orCutOff } from './app/cutOff.ts';
import { openIdOf, peersOf, startMetrics, startTeams, startTracing } from './app/optionalParts.ts';
import type { Now } from './clock.ts';
import type { Config } from './config.ts';
import { AgentDesk } from './agentDesk.ts';
import { Discretion } from './discretion.ts';
import { deskTimers } from './deskTimers.ts';
import { Loop } from './loop.ts';
import { noticeInWords, noticeOf } from './notice.ts';
import { Retention } from './retention.ts';
import { BOT_TIMERS, runTimer } from './returning.ts';
import type { Store, StoredActivity } from './store.ts';
import { SupportHours } from './supportHours.ts';
import { Timers } from './timers.ts';
import { Turns, type TurnParts } from './turn.ts';

const LOOK_FOR_VANISHED_MS = 5_000;
const RETENTION_EVERY_MS = 24 * 60 * 60_000;
export interface App {
  server: Server;
  /** Starts to listen; @returns the address to go to. */
  listen(): Promise<string>;
  /**
   * Stops listening, sends sockets away, lets running turns and deliveries finish; takes 7 s at most. GET /readyz answers
   * 503 from the first moment on.
   */
  close(): Promise<void>;
}

/**
 * The server with all its routes, not yet listening: tests start here.
 * @param parts `teamsCloud`: another cloud for Teams than Microsoft's public one
 */
export async function createApp(
  config: Config,
  parts: { store: Store; bot: TurnParts['bot']; now: Now; log: Logger; teamsCloud?: Cloud },
): Promise<App> {
  const { store, bot, now, log, teamsCloud } = parts;
  const teams = await startTeams(config, store, log, teamsCloud);
  const peers = await peersOf(config, log);
  const hub = new Hub((signal) => {
    if (signal.kind === 'typing') void teams?.typing(signal.conversationId);
    peers?.tell(signal);
  });
  const news = new News((event) => peers?.tell({ kind: 'news', event }));
  const publish = (activities: StoredActivity[]): void => {
    hub.publish(activities);
    const [first] = activities;
    // Other processes tell their pages of what was committed without being asked to.
    if (first) news.hear({ type: 'conversation', conversationId: first.conversationId });
  };
  const notice = noticeOf(config);
  const turns = new Turns({
    store,
    bot: new Discretion(bot, noticeInWords(notice)),
    now,
    log,
    publish,
    outgoing: (conversation, seq) => leavesForTeams(conversation, seq, now),
    ended: (report) => {
      if (report.queued > 0) outbox.wake();
      metrics?.turnEnded(report);
      tracing?.turnEnded(report);
    },
  });
  // Who delivers the outbox's rows and who acts on timers, by their kind.
  const targets = [...(await configuredTargets(config, { store, now })), ...(teams?.targets() ?? [])];
  const deliverers = { ...deliverersOf(targets), ...teams?.deliverers(turns) };
  const outbox = new Outbox(
    { store, now, log, settled: (delivery) => metrics?.deliverySettled(delivery) },
    deliverers,
  );
  const hours = new SupportHours(config.SUPPORT_HOLIDAYS);
  const deskParts = { store, turns, hours, now };
  const desk = new AgentDesk(deskParts);
  const asTurn = runTimer(turns);
  const timers = new Timers(
    { store, now, log },
    { ...Object.fromEntries(BOT_TIMERS.map((kind) => [kind, asTurn])), ...deskTimers(deskParts) },
  );
  const newSecret = (): string => randomBytes(32).toString('hex');
  const tokens = new Tokens(await store.secret('direct-line-tokens', newSecret), store, now);
  const files = new FileAddresses(await store.secret('file-addresses', newSecret), now);
  const origins = new Origins(config.ALLOWED_ORIGINS, log);

  const server = createHttpServer(log, config.PUBLIC_URL);
  const tracing = await startTracing(config);
  const metrics = await startMetrics(config, {
    store,
    now,
    log,
    kinds: Object.keys(deliverers),
    sockets: () => streams.size(),
    consolePages: () => news.count(),
  });
  metrics?.routes(server);
  let stopping = false;
  healthRoutes(server, { store, log, stopping: () => stopping });
  const reached = {
    trustedProxies: config.TRUSTED_PROXIES,
    ...(config.PUBLIC_URL !== undefined && { publicUrl: config.PUBLIC_URL }),
  };
  const secret = config.DIRECT_LINE_SECRET;
  const allowed = { store, tokens, origins, ...(secret !== undefined && { secret }) };
  const access = new Access(allowed);
  const limits = new Limits(config);
  const onTyping = (conversationId: string): void =>
    news.tell({ type: 'typing', conversationId, who: 'customer' });
  directLineRoutes(server, { ...allowed, ...reached, access, turns, hub, files, limits, onTyping, now, log });
  await widgetRoutes(server, {
    ...reached,
    store,
    tokens,
    access,
    limits,
    hours,
    now,
    log,
    shopName: config.SHOP_NAME,
    notice,
    dataFolder: config.DATA_DIR,
    ...(config.IDENTITY_SECRET !== undefined && { identitySecret: config.IDENTITY_SECRET }),
  });
  await consoleRoutes(server, {
    store,
    desk,
    hours,
    hub,
    outbox,
    news,
    audit: new Audit(store, now),
    now,
    log,
    trustedProxies: config.TRUSTED_PROXIES,
    answerWithin: config.ANSWER_WITHIN_HOURS,
    dataFolder: config.DATA_DIR,
    ...openIdOf(config),
  });
  const inboundSecret = config.INBOUND_EMAIL_SECRET;
  if (inboundSecret !== undefined) {
    const { inboundEmailRoute } = await import('../adapters/inboundEmail.ts');
    inboundEmailRoute(server, { store, turns, log, secret: inboundSecret });
  }
  teams?.routes(server, { turns, now, log });
  if (config.API_TOKEN !== undefined) apiRoutes(server, { store, token: config.API_TOKEN, log });
  let vanished: Loop | undefined;
  const retention = new Retention({ store, now, log }, config);
  let daily: Loop | undefined;
  const streams = new Streams(server.server, {
    ...reached,
    store,
    hub,
    tokens,
    origins,
    files,
    log,
    socketsPerAddress: config.SOCKETS_PER_ADDRESS,
    dropped: (reason) => metrics?.socketDropped(reason),
  });

  return {
    server,
    listen: () =>
      new Promise((resolve, reject) => {
        // On restify's own server, which passes the errors on, and throws those that nobody hears.
        server.once('error', reject);
        server.listen(config.PORT, config.HOST, () => {
          outbox.start();
          timers.start();
          peers?.listen({ hub, news });
          vanished = new Loop(() => desk.releaseVanished(), LOOK_FOR_VANISHED_MS, log);
          daily = new Loop(() => retention.run(), RETENTION_EVERY_MS, log);
          daily.wake();
          const { port } = server.server.address() as AddressInfo;
          resolve(
            `http://${config.HOST === '127.0.0.1' || config.HOST === '0.0.0.0' ? 'localhost' : config.HOST}:${port}/`,
          );
        });
      }),
    close: async () => {
      stopping = true;
      retention.stop();
      const closed = new Promise<void>((resolve) => server.server.close(() => resolve()));
      streams.close();
      news.close();
      const finish = async (): Promise<void> => {
        await Promise.all([vanished?.stop(), daily?.stop(), timers.stop(), outbox.stop()]);
        await turns.idle();
        await peers?.close();
        await tracing?.stop();
        await closed;
      };
      await orCutOff(server.server, finish());
    },
  };
}
