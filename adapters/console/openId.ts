import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import type { Request, Server } from 'restify';
import { jwtVerify, SignJWT } from 'jose';
import { Refusal, route } from '../http.ts';
import { openSession } from './agents.ts';
import type { ConsoleParts } from './routes.ts';
import { NO_STORE, sessionCookie } from './sessions.ts';

export interface OpenIdSettings {
  /** The provider's address, whose /.well-known/openid-configuration is read at the first sign-in. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The console's own address, as browsers reach it. */
  consoleUrl: string;
}

const COOKIE = '__Host-guichet-openid';
/** Seconds between leaving for the provider and coming back. */
const ROUND_TRIP = 600;

/**
 * Sign-in by a company's own OpenID Connect provider: authorization code with PKCE, state and nonce. It opens accounts
 * that a supervisor made, by their verified e-mail address, and makes none.
 */
export function openIdRoutes(server: Server, settings: OpenIdSettings, parts: ConsoleParts): void {
  const { store, now, log } = parts;
  const redirectUri = `${settings.consoleUrl}/openid/callback`;
  // What is remembered between the two requests is signed, so that the browser can keep it; another process may read it.
  const key = async (): Promise<Uint8Array> =>
    Buffer.from(await store.secret('openid-trips', () => randomBytes(32).toString('hex')), 'hex');
  let known: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    known ??= client
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        // A provider on this very machine has no certificate; every other one must.
        execute: isLoopback(settings.issuer) ? [client.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };

  route(server, log, 'get', '/console/openid', async () => {
    const trip = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
    };
    const url = client.buildAuthorizationUrl(await configuration(), {
      redirect_uri: redirectUri,
      scope: 'openid email',
      code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
      code_challenge_method: 'S256',
      state: trip.state,
      nonce: trip.nonce,
    });
    const kept = await new SignJWT(trip)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(`${ROUND_TRIP}s`)
      .sign(await key());
    // Lax, since the provider's page sends the browser back.
    const cookie = `${COOKIE}=${kept}; Path=/; Max-Age=${ROUND_TRIP}; Secure; HttpOnly; SameSite=Lax`;
    return { status: 302, headers: { ...NO_STORE, Location: url.href, 'Set-Cookie': cookie } };
  });

  route(server, log, 'get', '/console/openid/callback', async (request) => {
    const email = await emailOf(request);
    const agent = email === undefined ? undefined : await store.agents.byEmail(email);
    if (!agent || agent.disabledAt) return back('inconnu');
    const token = await openSession(store, agent.id, now());
    return back(undefined, sessionCookie(token));
  });

  /** The verified address that the provider vouches for; undefined when it vouches for none. */
  async function emailOf(request: Request): Promise<string | undefined> {
    const kept = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(request.header('cookie') ?? '')?.[1];
    if (kept === undefined)
      throw new Refusal(400, 'BadArgument', 'La connexion a expiré. Recommencez depuis la console.');
    try {
      const { payload } = await jwtVerify(kept, await key(), { algorithms: ['HS256'] });
      const trip = payload as { verifier: string; state: string; nonce: string };
      const config = await configuration();
      const url = new URL(request.url ?? '', settings.consoleUrl);
      const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}${url.search}`), {
        pkceCodeVerifier: trip.verifier,
        expectedState: trip.state,
        expectedNonce: trip.nonce,
      });
      const claims = tokens.claims();
      if (!claims) return undefined;
      const info =
        claims['email'] === undefined
          ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
          : claims;
      return info['email_verified'] === true ? (info['email'] as string | undefined) : undefined;
    } catch (error) {
      log.warn({ err: error }, 'a sign-in by OpenID Connect was refused');
      return undefined;
    }
  }

  /** To the console: signed in, or with a word on why not. */
  function back(
    problem: string | undefined,
    session?: string,
  ): Awaited<ReturnType<Parameters<typeof route>[4]>> {
    const location = `/console${problem === undefined ? '' : `?connexion=${problem}`}`;
    return {
      status: 302,
      headers: {
        ...NO_STORE,
        Location: location,
        'Set-Cookie': session ?? `${COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`,
      },
    };
  }
}

function isLoopback(address: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);
}
