import type { Server } from 'restify';
import { z } from 'zod';
import { statisticsOf } from '../../bot/statistics.ts';
import { flows } from '../../dialogs/index.ts';
import { readBody, Refusal, route } from '../http.ts';
import type { ConsoleParts } from './routes.ts';
import type { ForAgents } from './sessions.ts';
import { readSpan, Span } from './span.ts';

/** Of the audit log; `npm run privacy -- audit` reads further back. */
const MOST_NOTED = 200;
const MOST_LISTED = 200;
const MOST_COUNTED = 100_000;
const DAYS_SHOWN = 30;
/** What a sentence may be labelled as besides the subjects. */
const OTHER_LABELS = ['out_of_scope', 'greeting', 'thanks_goodbye', 'ignore'];
const LABELS = [...flows.map(({ intent }) => intent), ...OTHER_LABELS];

const Label = z.object({ label: z.enum(LABELS).nullable() });

/** Figures, sentences to label, deliveries that were given up. */
export function supervisionRoutes(server: Server, parts: ConsoleParts, agents: ForAgents): void {
  const { store, outbox, hours, now, log } = parts;

  route(
    server,
    log,
    'get',
    '/console/api/statistics',
    agents.only(async (request) => {
      const read = Span.safeParse(request.query);
      if (!read.success) throw new Refusal(400, 'BadArgument', 'Ces dates ne sont pas lisibles.');
      const { from, to } = readSpan(read.data);
      const end = to ?? now();
      const span = { from: from ?? new Date(end.getTime() - DAYS_SHOWN * 86_400_000), to: end };
      const [conversations, { tickets }, handoffs, ratings] = await Promise.all([
        store.records.conversations(span),
        store.records.searchTickets({ ...span, limit: MOST_COUNTED }),
        store.records.handoffs(span),
        store.records.ratings(span),
      ]);
      return {
        body: {
          from: span.from.toISOString(),
          to: span.to.toISOString(),
          ...statisticsOf({ conversations, tickets, handoffs, ratings }, hours),
        },
      };
    }),
  );

  route(
    server,
    log,
    'get',
    '/console/api/misunderstood',
    agents.only(async () => ({
      body: {
        labels: LABELS,
        sentences: (await store.records.misunderstood({ labelled: false, limit: MOST_LISTED })).map(
          ({ id, text, at }) => ({ id, text, at: at.toISOString() }),
        ),
      },
    })),
  );

  route(
    server,
    log,
    'post',
    '/console/api/misunderstood/:id',
    agents.only(async (request) => {
      const { id } = request.params as { id: string };
      const { label } = readBody(request, Label);
      if (!(await store.records.label(id, label ?? undefined)))
        throw new Refusal(404, 'NotFound', 'Cette phrase n’est plus là.');
      return { status: 204 };
    }),
  );

  route(
    server,
    log,
    'get',
    '/console/api/dead-letters',
    agents.supervisors(async () => ({
      body: {
        letters: (await store.deliveries.dead(MOST_LISTED)).map(
          ({ id, kind, payload, attempts, deadAt, reason }) => ({
            id,
            kind,
            reference: (payload as { reference?: string }).reference,
            attempts,
            deadAt: deadAt.toISOString(),
            reason,
          }),
        ),
      },
    })),
  );

  route(
    server,
    log,
    'get',
    '/console/api/audit',
    agents.supervisors(async () => {
      const [entries, people] = await Promise.all([store.audit.latest(MOST_NOTED), store.agents.all()]);
      const names = new Map(people.map(({ id, name }) => [id, name]));
      return {
        body: {
          entries: entries.map((entry) => ({ ...entry, actor: names.get(entry.actor) ?? entry.actor })),
        },
      };
    }),
  );

  route(
    server,
    log,
    'post',
    '/console/api/dead-letters',
    agents.supervisors(async (request) => {
      const { id } = readBody(request, z.object({ id: z.string().max(300) }));
      if (!(await store.deliveries.sendAgain(id, now())))
        throw new Refusal(404, 'NotFound', 'Cet envoi n’est plus en échec.');
      outbox.wake();
      return { status: 204 };
    }),
  );
}
