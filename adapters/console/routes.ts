import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import type { AgentRecord, Store, Ticket } from '../../bot/store.ts';
import { bundle, serve } from '../bundle.ts';
import { type Answer, readBody, Refusal, route } from '../http.ts';
import { ticketSummary, ticketWhole } from '../ticketView.ts';
import { openSession, signIn, tokenDigest } from './agents.ts';

export interface ConsoleParts {
  store: Store;
  now: Now;
  log: Logger;
}

const FOLDER = 'adapters/console';
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const COOKIE = '__Host-guichet';
const TWELVE_HOURS = 12 * 3600;
const TRIES = { points: 10, duration: 15 * 60 };
const MOST_LISTED = 1_000;

const Credentials = z.object({ email: z.string().max(320), password: z.string().max(1024) });

/** The agents' page and what it reads. */
export async function consoleRoutes(server: Server, { store, now, log }: ConsoleParts): Promise<void> {
  const [byAccount, byAddress] = [new RateLimiterMemory(TRIES), new RateLimiterMemory(TRIES)];

  serve(server, log, '/console', 'text/html; charset=utf-8', readFileSync(`${FOLDER}/index.html`), PAGE_CSP);
  serve(server, log, '/console/app.css', 'text/css; charset=utf-8', readFileSync(`${FOLDER}/app.css`));
  serve(server, log, '/console/app.js', 'text/javascript; charset=utf-8', await bundle(`${FOLDER}/app.tsx`));

  const signedIn = async (request: Request): Promise<AgentRecord> => {
    const token = cookieOf(request);
    const agent = token === undefined ? undefined : await store.sessionAgent(tokenDigest(token), now());
    if (!agent) throw new Refusal(401, 'Unauthorized', 'Connectez-vous pour continuer.');
    return agent;
  };
  const guarded = (path: string, handler: (request: Request) => Promise<Answer>): void =>
    route(server, log, 'get', path, async (request) => {
      await signedIn(request);
      return { ...(await handler(request)), headers: { 'Cache-Control': 'no-store' } };
    });

  route(server, log, 'post', '/console/api/session', async (request) => {
    refuseOtherSites(request);
    const { email, password } = readBody(request, Credentials);
    const address = request.socket.remoteAddress ?? 'unknown';
    try {
      await Promise.all([byAccount.consume(email.trim().toLowerCase()), byAddress.consume(address)]);
    } catch (limit) {
      const seconds = Math.ceil(((limit as { msBeforeNext?: number }).msBeforeNext ?? 60_000) / 1000);
      throw new Refusal(429, 'TooManyRequests', 'Trop d’essais. Réessayez dans un quart d’heure.', {
        'Retry-After': String(seconds),
      });
    }
    const agent = await signIn(store, email, password);
    if (!agent) throw new Refusal(401, 'Unauthorized', 'L’adresse ou le mot de passe ne convient pas.');
    await Promise.all([byAccount.delete(email.trim().toLowerCase()), byAddress.delete(address)]);
    const token = await openSession(store, agent.id, now());
    return {
      body: { name: agent.name, role: agent.role },
      headers: { 'Set-Cookie': cookie(token, TWELVE_HOURS) },
    };
  });

  route(server, log, 'del', '/console/api/session', async (request) => {
    refuseOtherSites(request);
    const token = cookieOf(request);
    if (token !== undefined) await store.closeSession(tokenDigest(token));
    return { status: 204, headers: { 'Set-Cookie': cookie('', 0) } };
  });

  guarded('/console/api/tickets', async () => ({
    body: { tickets: (await queue(store)).map(ticketSummary) },
  }));
  guarded('/console/api/tickets/:reference', async (request) => {
    const ticket = await store.ticket((request.params as { reference: string }).reference);
    if (!ticket) throw new Refusal(404, 'NotFound', 'Ce ticket n’existe pas.');
    return { body: await ticketWhole(store, ticket) };
  });
}

/** Urgent ones first, then the newest. */
async function queue(store: Store): Promise<Ticket[]> {
  const all: Ticket[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await store.tickets({ limit: 100, ...(cursor !== undefined && { cursor }) });
    all.push(...page.tickets);
    cursor = page.nextCursor;
    if (cursor === undefined || all.length >= MOST_LISTED) break;
  }
  const urgent = (ticket: Ticket): number =>
    ticket.status === 'open' && ticket.priority === 'urgent' ? 1 : 0;
  return all.sort((a, b) => urgent(b) - urgent(a) || b.createdAt.getTime() - a.createdAt.getTime());
}

/** Browsers say where a request comes from; programs say nothing. */
function refuseOtherSites(request: Request): void {
  const site = request.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') {
    throw new Refusal(403, 'Forbidden', 'Cette demande vient d’un autre site.');
  }
}

function cookieOf(request: Request): string | undefined {
  const pairs = (request.header('cookie') ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) || undefined;
}

function cookie(token: string, seconds: number): string {
  return `${COOKIE}=${token}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`;
}
