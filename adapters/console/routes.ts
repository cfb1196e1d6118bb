import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import type { Store, Ticket } from '../../bot/store.ts';
import { bundle, serve } from '../bundle.ts';
import { Refusal, route } from '../http.ts';
import { ticketSummary, ticketWhole } from '../ticketView.ts';
import { fileAnswer, findUpload } from '../uploads.ts';
import { sessionRoutes } from './sessions.ts';

export interface ConsoleParts {
  store: Store;
  now: Now;
  log: Logger;
}

const PAGE = 'adapters/console/page';
/** Customers' words reach this page: no inline script or style, and no text that the browser would read as HTML. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/** A list longer than this serves nobody; what is left out is the oldest that is not urgent, and `total` counts it. */
const MOST_LISTED = 1_000;

const Query = z.object({ status: z.enum(['open', 'closed']).optional() });

/** The agents' page and what it reads. */
export async function consoleRoutes(server: Server, parts: ConsoleParts): Promise<void> {
  const { store, now, log } = parts;

  serve(server, log, '/console', 'text/html; charset=utf-8', readFileSync(`${PAGE}/index.html`), PAGE_CSP);
  serve(server, log, '/console/app.css', 'text/css; charset=utf-8', readFileSync(`${PAGE}/app.css`));
  serve(server, log, '/console/app.js', 'text/javascript; charset=utf-8', await bundle(`${PAGE}/app.tsx`));

  const forAgents = sessionRoutes(server, parts);

  // `now` goes along: ages and deadlines are told by the clock that wrote the times, not by the agent's computer.
  route(
    server,
    log,
    'get',
    '/console/api/tickets',
    forAgents(async (request) => {
      const tickets = await queue(store, readStatus(request));
      return {
        body: {
          now: now().toISOString(),
          total: tickets.length,
          tickets: tickets.slice(0, MOST_LISTED).map(ticketSummary),
        },
      };
    }),
  );
  route(
    server,
    log,
    'get',
    '/console/api/tickets/:reference',
    forAgents(async (request) => {
      const { reference } = request.params as { reference: string };
      const ticket = await store.ticket(reference.toUpperCase());
      if (!ticket) throw new Refusal(404, 'NotFound', 'Ce ticket n’existe pas.');
      return { body: { now: now().toISOString(), ...(await ticketWhole(store, ticket)) } };
    }),
  );
  route(
    server,
    log,
    'get',
    '/console/api/files/:id',
    forAgents(async (request) => fileAnswer(await findUpload(store, (request.params as { id: string }).id))),
  );
}

function readStatus(request: Request): Ticket['status'] | undefined {
  const read = Query.safeParse(request.query);
  if (!read.success) throw new Refusal(400, 'BadArgument', 'status must be open or closed.');
  return read.data.status;
}

/** Urgent ones that are open first, then the newest. */
async function queue(store: Store, status: Ticket['status'] | undefined): Promise<Ticket[]> {
  const all: Ticket[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await store.tickets({
      limit: 100,
      ...(status !== undefined && { status }),
      ...(cursor !== undefined && { cursor }),
    });
    all.push(...page.tickets);
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  const urgent = (ticket: Ticket): number =>
    ticket.status === 'open' && ticket.priority === 'urgent' ? 1 : 0;
  return all.sort((a, b) => urgent(b) - urgent(a) || b.createdAt.getTime() - a.createdAt.getTime());
}
