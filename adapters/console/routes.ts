import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { AgentDesk } from '../../bot/agentDesk.ts';
import type { Now } from '../../bot/clock.ts';
import { placesInQueue } from '../../bot/handoff.ts';
import { isPresent } from '../../bot/presence.ts';
import type { Store, Ticket } from '../../bot/store.ts';
import type { SupportHours } from '../../bot/supportHours.ts';
import { bundle, serve } from '../bundle.ts';
import type { Hub } from '../directLine/hub.ts';
import { Refusal, route } from '../http.ts';
import type { Outbox } from '../outbox.ts';
import { ticketWhole } from '../ticketView.ts';
import { fileAnswer, findUpload } from '../uploads.ts';
import { accountRoutes } from './account.ts';
import { administrationRoutes } from './administration.ts';
import type { Audit } from './audit.ts';
import { deskRoutes } from './deskRoutes.ts';
import { type News, newsRoute } from './news.ts';
import type { OpenIdSettings } from './openId.ts';
import { handoffView, queueView } from './queue.ts';
import { recordRoutes } from './recordRoutes.ts';
import { NO_STORE, sessionRoutes } from './sessions.ts';
import { supervisionRoutes } from './supervision.ts';

export interface ConsoleParts {
  store: Store;
  desk: AgentDesk;
  hours: SupportHours;
  hub: Hub;
  outbox: Pick<Outbox, 'wake'>;
  news: News;
  audit: Audit;
  now: Now;
  log: Logger;
  trustedProxies: number;
  /** Within how many hours of opening a ticket is to be answered. */
  answerWithin: number;
  /** Where the page's bundled script is kept. */
  dataFolder: string;
  openId?: OpenIdSettings;
}

const PAGE = 'adapters/console/page';
/** In their order: a later one says otherwise where both speak. */
const STYLES = ['base', 'frame', 'forms', 'tickets', 'transcript', 'talk', 'figures'];
/** Customers' words reach this page: no inline script or style, and no text that the browser would read as HTML. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const Query = z.object({ status: z.enum(['open', 'closed']).optional() });

/** The agents' page and what it reads. */
export async function consoleRoutes(server: Server, parts: ConsoleParts): Promise<void> {
  const { store, hours, answerWithin, news, audit, now, log } = parts;

  serve(server, log, '/console', 'text/html; charset=utf-8', readFileSync(`${PAGE}/index.html`), {
    'Content-Security-Policy': PAGE_CSP,
  });
  serve(server, log, '/console/icon.svg', 'image/svg+xml', readFileSync(`${PAGE}/icon.svg`));
  const styles = STYLES.map((name) => readFileSync(`${PAGE}/styles/${name}.css`));
  serve(server, log, '/console/app.css', 'text/css; charset=utf-8', Buffer.concat(styles));
  serve(
    server,
    log,
    '/console/app.js',
    'text/javascript; charset=utf-8',
    await bundle(`${PAGE}/app.tsx`, parts.dataFolder),
  );

  const agents = sessionRoutes(server, parts);
  if (parts.openId) {
    const { openIdRoutes } = await import('./openId.ts');
    openIdRoutes(server, parts.openId, parts);
  }
  // What the sign-in page offers, before anybody is signed in.
  route(server, log, 'get', '/console/api/sign-in', () => ({
    body: { openId: parts.openId !== undefined },
    headers: NO_STORE,
  }));
  accountRoutes(server, parts, agents);
  administrationRoutes(server, parts, agents);
  deskRoutes(server, parts, agents);
  recordRoutes(server, parts, agents);
  supervisionRoutes(server, parts, agents);
  newsRoute(server, news, agents);

  // `now` goes along: ages and deadlines are told by the clock that wrote the times, not by the agent's computer.
  route(
    server,
    log,
    'get',
    '/console/api/tickets',
    agents.only(async (request) => ({
      body: await queueView({ store, hours, answerWithin }, readStatus(request), now()),
    })),
  );
  route(
    server,
    log,
    'get',
    '/console/api/tickets/:reference',
    agents.only(async (request, agent) => {
      const { reference } = request.params as { reference: string };
      const ticket = await store.ticket(reference.toUpperCase());
      if (!ticket) throw new Refusal(404, 'NotFound', 'Ce ticket n’existe pas.');
      await audit.viewed(agent, ticket.reference);
      return { body: await ticketPage(ticket) };
    }),
  );
  route(
    server,
    log,
    'get',
    '/console/api/files/:id',
    agents.only(async (request) =>
      fileAnswer(await findUpload(store, (request.params as { id: string }).id)),
    ),
  );

  /** The ticket whole, with what only agents see: notes, the talk, who could take it over. */
  async function ticketPage(ticket: Ticket): Promise<Record<string, unknown>> {
    const [whole, notes, live, presences] = await Promise.all([
      ticketWhole(store, ticket),
      store.desk.notes(ticket.conversationId),
      store.desk.allLive(),
      store.desk.presences(),
    ]);
    const at = now();
    const handoff = live.find(({ reference }) => reference === ticket.reference);
    return {
      now: at.toISOString(),
      ...whole,
      lastSeq: (await store.conversation(ticket.conversationId))?.lastSeq ?? 0,
      notes: notes.map(({ id, afterSeq, at: taken, agentName, text }) => ({
        id,
        afterSeq,
        at: taken.toISOString(),
        agent: agentName,
        text,
      })),
      ...(handoff && { handoff: handoffView(handoff, placesInQueue(live).get(handoff.id)) }),
      agents: presences.map((presence) => ({
        id: presence.id,
        name: presence.name,
        present: isPresent(presence, at),
      })),
    };
  }
}

function readStatus(request: Request): Ticket['status'] | undefined {
  const read = Query.safeParse(request.query);
  if (!read.success) throw new Refusal(400, 'BadArgument', 'status must be open or closed.');
  return read.data.status;
}
