import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { AgentRecord } from '../../bot/store.ts';
import { type Handler, readBody, Refusal, route } from '../http.ts';
import { openSession, signIn, tokenDigest } from './agents.ts';
import type { ConsoleParts } from './routes.ts';
import { SignInTries } from './signInTries.ts';

/** The prefix has browsers accept it only when Secure, for this host alone, so that no sibling host can plant one. */
const COOKIE = '__Host-guichet';
const TWELVE_HOURS = 12 * 3600;
const NO_STORE = { 'Cache-Control': 'no-store' };

const Credentials = z.object({ email: z.string().max(320), password: z.string().max(1024) });

/**
 * Sign-in, sign-out, and who is signed in.
 * @returns what makes a handler answer to signed-in agents only, and 401 to others.
 */
export function sessionRoutes(
  server: Server,
  { store, now, log }: ConsoleParts,
): (handler: Handler) => Handler {
  const tries = new SignInTries();

  const agentOf = async (request: Request): Promise<AgentRecord> => {
    const token = tokenOf(request);
    const agent = token === undefined ? undefined : await store.sessionAgent(tokenDigest(token), now());
    if (!agent) throw new Refusal(401, 'Unauthorized', 'Connectez-vous pour continuer.', NO_STORE);
    return agent;
  };

  route(server, log, 'post', '/console/api/session', async (request) => {
    refuseOtherSites(request);
    const { email, password } = readBody(request, Credentials);
    const address = request.socket.remoteAddress ?? 'unknown';
    await tries.count(email, address);
    const agent = await signIn(store, email, password);
    if (!agent) throw new Refusal(401, 'Unauthorized', 'L’adresse ou le mot de passe ne convient pas.');
    await tries.giveBack(email, address);
    const token = await openSession(store, agent.id, now());
    return { body: shown(agent), headers: { ...NO_STORE, 'Set-Cookie': cookie(token, TWELVE_HOURS) } };
  });

  route(server, log, 'del', '/console/api/session', async (request) => {
    refuseOtherSites(request);
    const token = tokenOf(request);
    if (token !== undefined) await store.closeSession(tokenDigest(token));
    return { status: 204, headers: { ...NO_STORE, 'Set-Cookie': cookie('', 0) } };
  });

  route(server, log, 'get', '/console/api/me', async (request) => ({
    body: shown(await agentOf(request)),
    headers: NO_STORE,
  }));

  return (handler) => async (request) => {
    await agentOf(request);
    const answer = await handler(request);
    return { ...answer, headers: { ...answer.headers, ...NO_STORE } };
  };
}

function shown({ name, role }: AgentRecord): Pick<AgentRecord, 'name' | 'role'> {
  return { name, role };
}

/** Browsers say where a request comes from; programs say nothing. */
function refuseOtherSites(request: Request): void {
  const site = request.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') {
    throw new Refusal(403, 'Forbidden', 'Cette demande vient d’un autre site.');
  }
}

function tokenOf(request: Request): string | undefined {
  const pairs = (request.header('cookie') ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) || undefined;
}

function cookie(token: string, seconds: number): string {
  return `${COOKIE}=${token}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`;
}
