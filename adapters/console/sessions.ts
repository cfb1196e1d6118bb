import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { AgentRecord } from '../../bot/store.ts';
import { addressOf, type Answer, type Handler, readBody, Refusal, route } from '../http.ts';
import { openSession, signIn, tokenDigest } from './agents.ts';
import type { ConsoleParts } from './routes.ts';
import { codeFits } from './secondFactor.ts';
import { SignInTries } from './signInTries.ts';

/** The prefix has browsers accept it only when Secure, for this host alone, so that no sibling host can plant one. */
const COOKIE = '__Host-guichet';
const TWELVE_HOURS = 12 * 3600;
export const NO_STORE = { 'Cache-Control': 'no-store' };

const Credentials = z.object({
  email: z.string().max(320),
  password: z.string().max(1024),
  code: z.string().max(20).optional(),
});

type AgentHandler = (request: Request, agent: AgentRecord) => Promise<Answer> | Answer;

/** What lets signed-in agents in, and nobody else. */
export interface ForAgents {
  /** @throws Refusal 401 when nobody is signed in. */
  of(request: Request): Promise<AgentRecord>;
  /** A handler for agents. What changes something is refused when another site asks for it. */
  only(handler: AgentHandler): Handler;
  /** A handler for supervisors; 403 for agents. */
  supervisors(handler: AgentHandler): Handler;
}

/** Sign-in, sign-out, and who is signed in. */
export function sessionRoutes(server: Server, parts: ConsoleParts): ForAgents {
  const { store, now, log } = parts;
  const tries = new SignInTries();

  const agentOf = async (request: Request): Promise<AgentRecord> => {
    const token = tokenOf(request);
    const agent = token === undefined ? undefined : await store.agents.bySession(tokenDigest(token), now());
    if (!agent) throw new Refusal(401, 'Unauthorized', 'Connectez-vous pour continuer.', NO_STORE);
    return agent;
  };

  route(server, log, 'post', '/console/api/session', async (request) => {
    refuseOtherSites(request);
    const { email, password, code } = readBody(request, Credentials);
    const address = addressOf(request, parts.trustedProxies);
    await tries.count(email, address);
    const agent = await signIn(store, email, password);
    if (!agent || agent.disabledAt)
      throw new Refusal(401, 'Unauthorized', 'L’adresse ou le mot de passe ne convient pas.');
    if (agent.totpSecret !== undefined) {
      // A right password alone gives its try back: else asking for the code would cost one.
      if (!code) await tries.giveBack(email, address);
      if (!code) throw new Refusal(401, 'CodeNeeded', 'Saisissez le code de votre application.');
      if (!(await codeFits(store, agent, code, now())))
        throw new Refusal(401, 'CodeNeeded', 'Ce code ne convient pas, ou a déjà servi.');
    }
    await tries.giveBack(email, address);
    return { body: shown(agent), headers: await signedIn(agent) };
  });

  const signedIn = async (agent: AgentRecord): Promise<Record<string, string>> => ({
    ...NO_STORE,
    'Set-Cookie': sessionCookie(await openSession(store, agent.id, now())),
  });

  route(server, log, 'del', '/console/api/session', async (request) => {
    refuseOtherSites(request);
    const token = tokenOf(request);
    if (token !== undefined) {
      const agent = await store.agents.bySession(tokenDigest(token), now());
      await store.agents.closeSession(tokenDigest(token));
      if (agent) await store.desk.setPresence(agent.id, 'offline', now());
    }
    return { status: 204, headers: { ...NO_STORE, 'Set-Cookie': cookie('', 0) } };
  });

  route(server, log, 'get', '/console/api/me', async (request) => ({
    body: shown(await agentOf(request)),
    headers: NO_STORE,
  }));

  const only =
    (handler: AgentHandler): Handler =>
    async (request) => {
      if (request.method !== 'GET') refuseOtherSites(request);
      const answer = await handler(request, await agentOf(request));
      return { ...answer, headers: { ...answer.headers, ...NO_STORE } };
    };
  return {
    of: agentOf,
    only,
    supervisors: (handler) =>
      only((request, agent) => {
        if (agent.role === 'supervisor') return handler(request, agent);
        throw new Refusal(403, 'Forbidden', 'Seuls les responsables peuvent faire cela.');
      }),
  };
}

/** The cookie of a session just opened. */
export function sessionCookie(token: string): string {
  return cookie(token, TWELVE_HOURS);
}

/** The digest of the session that a request belongs to. */
export function sessionOf(request: Request): string | undefined {
  const token = tokenOf(request);
  return token === undefined ? undefined : tokenDigest(token);
}

function shown({ id, name, email, role, totpSecret }: AgentRecord): Record<string, unknown> {
  return { id, name, email, role, secondFactor: totpSecret !== undefined };
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
