import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'restify';
import { z } from 'zod';
import type { AgentRecord } from '../../bot/store.ts';
import { readBody, Refusal, route } from '../http.ts';
import { hashPassword } from './agents.ts';
import type { ConsoleParts } from './routes.ts';
import type { ForAgents } from './sessions.ts';

const name = z.string().trim().min(1, 'Donnez un nom.').max(80, 'Ce nom est trop long.');
const role = z.enum(['agent', 'supervisor'], 'Choisissez un rôle.');
const NewAgent = z.object({ email: z.email('Cette adresse n’est pas valable.').max(320), name, role });
const Changes = z.object({
  name: name.optional(),
  role: role.optional(),
  disabled: z.boolean().optional(),
  newPassword: z.literal(true).optional(),
  withoutSecondFactor: z.literal(true).optional(),
});

/** The agents' accounts, for supervisors. */
export function administrationRoutes(server: Server, parts: ConsoleParts, agents: ForAgents): void {
  const { store, audit, now, log } = parts;

  route(
    server,
    log,
    'get',
    '/console/api/agents',
    agents.supervisors(async () => ({ body: { agents: (await store.agents.all()).map(shown) } })),
  );

  route(
    server,
    log,
    'post',
    '/console/api/agents',
    agents.supervisors(async (request, me) => {
      const given = readBody(request, NewAgent);
      const password = newPassword();
      const agent = { ...given, id: randomUUID(), passwordHash: await hashPassword(password) };
      if (!(await store.agents.add(agent)))
        throw new Refusal(409, 'Exists', 'Un compte a déjà cette adresse.');
      await audit.accountChanged(me, agent.id);
      return { status: 201, body: { agent: shown(agent), password } };
    }),
  );

  route(
    server,
    log,
    'post',
    '/console/api/agents/:id',
    agents.supervisors(async (request, me) => {
      const agent = await store.agents.byId((request.params as { id: string }).id);
      if (!agent) throw new Refusal(404, 'NotFound', 'Ce compte n’existe pas.');
      const changes = readBody(request, Changes);
      if (agent.id === me.id && (changes.disabled || changes.role === 'agent')) {
        throw new Refusal(
          409,
          'OneSelf',
          'Un autre responsable doit le faire pour vous : sinon plus personne ne le pourrait.',
        );
      }
      const password = changes.newPassword && newPassword();
      const { totpSecret, totpStep, disabledAt, ...rest } = agent;
      const keepsFactor = !changes.withoutSecondFactor;
      const disabled = changes.disabled ?? disabledAt !== undefined;
      const next: AgentRecord = {
        ...rest,
        name: changes.name ?? agent.name,
        role: changes.role ?? agent.role,
        ...(keepsFactor && totpSecret !== undefined && { totpSecret }),
        ...(keepsFactor && totpStep !== undefined && { totpStep }),
        ...(disabled && { disabledAt: disabledAt ?? now() }),
        ...(password && { passwordHash: await hashPassword(password) }),
      };
      await store.agents.update(next);
      if (disabled || password) await store.agents.closeSessionsOf(agent.id);
      if (disabled) await store.desk.setPresence(agent.id, 'offline', now());
      await audit.accountChanged(me, agent.id);
      return { body: { agent: shown(next), ...(password && { password }) } };
    }),
  );
}

/** 72 random bits, shown once. */
function newPassword(): string {
  return randomBytes(9).toString('base64url');
}

function shown({ id, email, name, role, totpSecret, disabledAt }: AgentRecord): Record<string, unknown> {
  return {
    id,
    email,
    name,
    role,
    secondFactor: totpSecret !== undefined,
    disabled: disabledAt !== undefined,
  };
}
