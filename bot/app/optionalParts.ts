import type { Logger } from 'pino';
import type { ConsoleParts } from '../../adapters/console/routes.ts';
import type { Metrics, MetricsParts } from '../../adapters/metrics/metrics.ts';
import type { Peers } from '../../adapters/storage/peers.ts';
import type { Teams } from '../../adapters/teams/teams.ts';
import type { Tracing } from '../../adapters/tracing.ts';
import type { Config } from '../config.ts';

/* What many shops do not use is loaded where a setting asks for it: it costs time at the start, and memory. */

/** Microsoft Teams. */
export async function startTeams(...parts: ConstructorParameters<typeof Teams>): Promise<Teams | undefined> {
  const [config] = parts;
  if (config.TEAMS_ENABLED !== 'true') return undefined;
  const { Teams } = await import('../../adapters/teams/teams.ts');
  return new Teams(...parts);
}

/** The other processes, of a database that several can serve. */
export async function peersOf({ DATABASE_URL: url }: Config, log: Logger): Promise<Peers | undefined> {
  if (url === undefined) return undefined;
  const { Peers } = await import('../../adapters/storage/peers.ts');
  return new Peers(url, log);
}

/** What is counted, where a token lets a collector read it. */
export async function startMetrics(
  { METRICS_TOKEN: token }: Config,
  parts: Omit<MetricsParts, 'token'>,
): Promise<Metrics | undefined> {
  if (token === undefined) return undefined;
  const { Metrics } = await import('../../adapters/metrics/metrics.ts');
  return new Metrics({ ...parts, token });
}

/** Traces of turns, where the settings name a collector. */
export async function startTracing({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
}: Config): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { Tracing } = await import('../../adapters/tracing.ts');
  return new Tracing(endpoint);
}

/** Sign-in by the company's own provider, where the settings name one. */
export function openIdOf(config: Config): Pick<ConsoleParts, 'openId'> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL } = config;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !PUBLIC_URL) return {};
  return {
    openId: {
      issuer: OIDC_ISSUER,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      consoleUrl: new URL('/console', PUBLIC_URL).href,
    },
  };
}
