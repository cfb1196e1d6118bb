import type { Request, Server } from 'restify';
import { z } from 'zod';
import { type AgentRecord } from '../../bot/store.ts';
import { addressOf, type Answer, readBody, Refusal, route } from '../http.ts';
import { hashPassword, signIn } from './agents.ts';
import type { ConsoleParts } from './routes.ts';
import { newSecret, stepOf } from './secondFactor.ts';
import { type ForAgents, sessionOf } from './sessions.ts';
import { SignInTries } from './signInTries.ts';

const MIN_PASSWORD = 12;

const Presence = z.object({ status: z.enum(['online', 'away']).optional() });
const Password = z.object({
  current: z.string().max(1024),
  next: z
    .string()
    .min(MIN_PASSWORD, `Choisissez au moins ${MIN_PASSWORD}\u00a0caractères.`)
    .max(1024, 'C’est trop long.'),
});
const SecondFactor = z.object({ secret: z.string().regex(/^[A-Z2-7]{32,64}$/), code: z.string().max(20) });
const Removal = z.object({ password: z.string().max(1024) });

/** What agents do about themselves: presence, password, second factor. */
export function accountRoutes(server: Server, parts: ConsoleParts, agents: ForAgents): void {
  const { store, now, log } = parts;
  const tries = new SignInTries();

  /** The page says every 15 s that it is there; with a status when the agent chose one. */
  route(
    server,
    log,
    'post',
    '/console/api/presence',
    agents.only(async (request, { id }) => {
      const { status } = readBody(request, Presence);
      const before = (await store.desk.presences()).find((presence) => presence.id === id);
      // Whoever was signed out is back by opening the page.
      const next = status ?? (before?.status === 'away' ? 'away' : 'online');
      await store.desk.setPresence(id, next, now());
      return { body: { status: next } };
    }),
  );

  route(
    server,
    log,
    'post',
    '/console/api/me/password',
    agents.only(async (request, agent) => {
      const { current, next } = readBody(request, Password);
      await mustKnow(request, agent, current);
      return change(request, { ...agent, passwordHash: await hashPassword(next) });
    }),
  );

  route(
    server,
    log,
    'get',
    '/console/api/me/second-factor',
    agents.only((_request, { email }) => ({ body: newSecret(email) })),
  );

  route(
    server,
    log,
    'post',
    '/console/api/me/second-factor',
    agents.only(async (request, agent) => {
      const { secret, code } = readBody(request, SecondFactor);
      // Whoever finds a session open must not put a telephone of their own in its place: removing asks for the password.
      if (agent.totpSecret !== undefined)
        throw new Refusal(409, 'Exists', 'Un second facteur est déjà actif ; retirez-le d’abord.');
      const step = stepOf(secret, code, now());
      if (step === undefined)
        throw new Refusal(400, 'BadCode', 'Ce code ne convient pas. Essayez le suivant.');
      return change(request, { ...agent, totpSecret: secret, totpStep: step });
    }),
  );

  route(
    server,
    log,
    'post',
    '/console/api/me/second-factor/removal',
    agents.only(async (request, agent) => {
      await mustKnow(request, agent, readBody(request, Removal).password);
      const without = { ...agent };
      delete without.totpSecret;
      delete without.totpStep;
      return change(request, without);
    }),
  );

  /** Writes the account; whoever else holds a session of it holds it no more. */
  async function change(request: Request, agent: AgentRecord): Promise<Answer> {
    await store.agents.update(agent);
    await store.agents.closeSessionsOf(agent.id, sessionOf(request));
    return { status: 204 };
  }

  async function mustKnow(request: Request, { email }: AgentRecord, password: string): Promise<void> {
    const address = addressOf(request, parts.trustedProxies);
    await tries.count(email, address);
    if (!(await signIn(store, email, password)))
      throw new Refusal(400, 'WrongPassword', 'Le mot de passe actuel ne convient pas.');
    await tries.giveBack(email, address);
  }
}
