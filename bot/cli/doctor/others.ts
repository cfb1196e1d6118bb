import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Config } from '../../config.ts';
import { type Finding, reasonOf } from './finding.ts';

const WITHIN_MS = 5_000;

/** Reaches the receiver, by TLS where the address says so; no event is sent. */
export async function webhook({ WEBHOOK_URL }: Config): Promise<Finding[]> {
  if (WEBHOOK_URL === undefined) return [];
  return [await reaches('WEBHOOK_URL', WEBHOOK_URL)];
}

/** Reaches the helpdesks that the settings name; no ticket is made. */
export function helpdesks({ CHATWOOT_URL, ZENDESK_URL }: Config): Promise<Finding[]> {
  const named = Object.entries({ CHATWOOT_URL, ZENDESK_URL });
  return Promise.all(
    named.flatMap(([name, url]) => (url === undefined ? [] : [reaches(name as 'ZENDESK_URL', url)])),
  );
}

async function reaches(name: 'WEBHOOK_URL' | 'CHATWOOT_URL' | 'ZENDESK_URL', url: string): Promise<Finding> {
  const { protocol, hostname, port, host } = new URL(url);
  const secure = protocol === 'https:';
  const target = { host: hostname, port: Number(port) || (secure ? 443 : 80), servername: hostname };
  try {
    await new Promise<void>((resolve, reject) => {
      const socket = secure ? connectTls(target, () => resolve()) : connectPlain(target, () => resolve());
      socket.setTimeout(WITHIN_MS, () => socket.destroy(new Error('no answer within 5 seconds')));
      socket.once('error', reject);
      socket.once(secure ? 'secureConnect' : 'connect', () => socket.destroy());
    });
  } catch (error) {
    return {
      state: 'wrong',
      says: `${name}: ${host} is not reached: ${reasonOf(error)}.`,
      todo: `Correct ${name}, or have the firewall let this machine reach it. Until then events wait, 72 hours at most.`,
    };
  }
  return { state: 'good', says: `${name}: ${host} is reached.` };
}

/** The company's sign-in: reads what the provider tells of itself. */
export async function signIn({ OIDC_ISSUER }: Config): Promise<Finding[]> {
  if (OIDC_ISSUER === undefined) return [];
  const address = `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    const { issuer } = (await response.json()) as { issuer?: unknown };
    if (issuer === OIDC_ISSUER) return [{ state: 'good', says: `OIDC_ISSUER: ${OIDC_ISSUER} answers.` }];
    return [
      {
        state: 'wrong',
        says: `OIDC_ISSUER: the provider calls itself ${String(issuer)}.`,
        todo: 'Set OIDC_ISSUER to exactly that.',
      },
    ];
  } catch (error) {
    return [
      {
        state: 'wrong',
        says: `OIDC_ISSUER: ${address} cannot be read: ${reasonOf(error)}.`,
        todo: 'Correct OIDC_ISSUER; until then agents sign in by password.',
      },
    ];
  }
}

/** Asks Microsoft for the bot's own token, as each answer to Teams needs one. Whether the settings are whole was read before. */
export async function teams(config: Config): Promise<Finding[]> {
  if (config.TEAMS_APP_ID === undefined) return [];
  if (config.TEAMS_ENABLED !== 'true')
    return [
      {
        state: 'note',
        says: 'Teams: TEAMS_APP_ID is set, but Teams is off.',
        todo: 'Set TEAMS_ENABLED=true, or remove the settings of Teams.',
      },
    ];
  try {
    const late = new Promise<never>((_resolve, reject) =>
      setTimeout(() => reject(new Error('no answer within 5 seconds')), WITHIN_MS).unref(),
    );
    // Microsoft's SDK takes a second to load.
    const { ownToken, publicCloud } = await import('../../../adapters/teams/authentication.ts');
    await Promise.race([ownToken(publicCloud(config), config.TEAMS_APP_ID), late]);
  } catch (error) {
    return [
      {
        state: 'wrong',
        says: `Teams: Microsoft gives no token: ${reasonOf(error)}.`,
        todo: 'Check TEAMS_APP_ID, TEAMS_TENANT_ID and the secret or certificate (docs/teams.md), and that this machine reaches login.microsoftonline.com.',
      },
    ];
  }
  return [{ state: 'good', says: 'Teams: the credentials are taken.' }];
}
