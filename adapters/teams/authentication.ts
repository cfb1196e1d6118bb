import { readFileSync } from 'node:fs';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConfiguration,
  AuthenticationConstants,
  AuthenticationError,
  type BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { decodeJwt } from 'jose';
import type { Config } from '../../bot/config.ts';
import { type Pace, TEAMS_PACE } from './connector.ts';

/** Whose tokens are believed and where keys are read; Microsoft's public cloud unless a test names another. */
export interface Cloud {
  issuer: string;
  openIdMetadata: string;
  credentials: ServiceClientCredentialsFactory;
  pace: Pace;
}

/**
 * The SDK's authentication of the channel. What names another issuer goes by the SDK's side doors, for skills and for the
 * emulator, which do not look at the service address: `namesIssuer` keeps it from there.
 */
export function authenticationIn({
  issuer,
  openIdMetadata,
  credentials,
}: Omit<Cloud, 'pace'>): BotFrameworkAuthentication {
  const onlyTheChannel = async (claims: { type: string; value: unknown }[]): Promise<void> => {
    // A number of seconds, as every token of the channel has it: one without would never end.
    if (claims.some(({ type, value }) => type === 'exp' && typeof value === 'number')) return;
    throw new AuthenticationError('A token of the channel ends.', 401);
  };
  return BotFrameworkAuthenticationFactory.create(
    '',
    true,
    AuthenticationConstants.ToChannelFromBotLoginUrl,
    AuthenticationConstants.ToChannelFromBotOAuthScope,
    issuer,
    AuthenticationConstants.OAuthUrl,
    openIdMetadata,
    AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    '',
    credentials,
    new AuthenticationConfiguration([], onlyTheChannel),
  );
}

/** Microsoft's public cloud, with the credentials of the settings, which `readConfig` has found whole. */
export function publicCloud(config: Config): Cloud {
  return {
    issuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
    openIdMetadata: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
    pace: TEAMS_PACE,
    credentials: new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppId: config.TEAMS_APP_ID,
      MicrosoftAppType: config.TEAMS_APP_TYPE,
      MicrosoftAppTenantId: config.TEAMS_TENANT_ID,
      MicrosoftAppPassword: config.TEAMS_APP_PASSWORD,
      ...(config.TEAMS_CERTIFICATE_KEY_FILE !== undefined && {
        CertificateThumbprint: config.TEAMS_CERTIFICATE_THUMBPRINT,
        CertificatePrivateKey: readFileSync(config.TEAMS_CERTIFICATE_KEY_FILE, 'utf8'),
      }),
    }),
  };
}

/** Whether a header's token says, signed or not, that it is from this issuer; asked before the SDK fetches anything. */
export function namesIssuer(authorization: string, issuer: string): boolean {
  try {
    return decodeJwt(authorization.split(' ')[1] ?? '').iss === issuer;
  } catch {
    return false;
  }
}

/** Whether the keys could not be fetched: then nothing is known of the token, and it may be sent again. */
export function keysAreMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'FetchError' || (error instanceof AuthenticationError && error.statusCode === 500);
}

/** The bot's own token, as it shows it to the connector. */
export async function ownToken({ credentials }: Cloud, appId: string): Promise<string> {
  const own = await credentials.createCredentials(
    appId,
    AuthenticationConstants.ToChannelFromBotOAuthScope,
    AuthenticationConstants.ToChannelFromBotLoginUrl,
    true,
  );
  if (own instanceof AppCredentials) return own.getToken();
  throw new Error('These credentials give no token.');
}
