import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Ticket, TicketSearch } from '../../bot/store.ts';
import { formats, transcriptFile, type TranscriptFormat } from '../../bot/transcript.ts';
import { csv } from '../../bot/transcript/csv.ts';
import { localTime, utcTime } from '../../bot/transcript/time.ts';
import { type Answer, Refusal, route } from '../http.ts';
import { ticketSummary } from '../ticketView.ts';
import type { ConsoleParts } from './routes.ts';
import type { ForAgents } from './sessions.ts';
import { readSpan, Span } from './span.ts';

const PAGE = 50;
/** Lines of an export. */
const MOST_EXPORTED = 50_000;

const Search = Span.extend({
  text: z.string().trim().max(200).optional(),
  intent: z
    .string()
    .regex(/^[a-z_]{0,40}$/)
    .optional(),
  status: z.enum(['open', 'closed', '']).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
});

/** What is kept, found again and taken along: the search, its export, transcripts as files. */
export function recordRoutes(server: Server, parts: ConsoleParts, agents: ForAgents): void {
  const { store, audit, now, log } = parts;

  route(
    server,
    log,
    'get',
    '/console/api/search',
    agents.only(async (request) => {
      const { tickets, total } = await store.records.searchTickets({ ...readSearch(request), limit: PAGE });
      return { body: { now: now().toISOString(), total, tickets: tickets.map(ticketSummary) } };
    }),
  );

  route(
    server,
    log,
    'get',
    '/console/api/search.csv',
    agents.only(async (request, agent) => {
      const { tickets } = await store.records.searchTickets({
        ...readSearch(request),
        limit: MOST_EXPORTED,
      });
      await audit.exported(agent, 'search');
      return file('tickets.csv', 'text/csv; charset=utf-8', csv([COLUMNS, ...tickets.map(rowOf)]));
    }),
  );

  route(
    server,
    log,
    'get',
    '/console/api/tickets/:reference/transcript/:format',
    agents.only(async (request, agent) => {
      const { reference, format } = request.params as { reference: string; format: string };
      const ticket = await store.ticket(reference.toUpperCase());
      if (!ticket || !Object.hasOwn(formats, format))
        throw new Refusal(404, 'NotFound', 'Ce fichier n’existe pas.');
      const conversation = (await store.conversation(ticket.conversationId))!;
      const withNotes = (request.query as { notes?: string }).notes === '1';
      const { name, contentType, body } = transcriptFile(
        {
          conversation,
          activities: await store.activities(ticket.conversationId),
          references: [ticket.reference],
          ...(withNotes && { notes: await store.desk.notes(ticket.conversationId) }),
        },
        format as TranscriptFormat,
      );
      await audit.exported(agent, `ticket ${ticket.reference}`);
      return file(name, contentType, body);
    }),
  );
}

function readSearch(request: Request): Omit<TicketSearch, 'limit'> {
  const read = Search.safeParse(request.query);
  if (!read.success) throw new Refusal(400, 'BadArgument', 'Cette recherche n’est pas lisible.');
  const { text, intent, status, offset, ...span } = read.data;
  return {
    ...readSpan(span),
    ...(text && { text }),
    ...(intent && { intent }),
    ...(status && { status }),
    ...(offset !== undefined && { offset }),
  };
}

const COLUMNS = [
  'référence',
  'sujet',
  'section',
  'statut',
  'priorité',
  'canal',
  'e-mail',
  'créé (Paris)',
  'créé (UTC)',
  'clos (UTC)',
  'agent',
  'détails',
  'réglé',
];

function rowOf(ticket: Ticket): string[] {
  return [
    ticket.reference,
    ticket.subject,
    String(ticket.section),
    ticket.status === 'open' ? 'ouvert' : 'clos',
    ticket.priority === 'urgent' ? 'urgent' : 'normal',
    ticket.channel,
    ticket.customerEmail ?? '',
    localTime(ticket.createdAt),
    utcTime(ticket.createdAt),
    ticket.closedAt ? utcTime(ticket.closedAt) : '',
    ticket.assignee?.name ?? '',
    ticket.details.map(({ label, value, shown }) => `${label}: ${shown ?? value ?? 'non fourni'}`).join('\n'),
    ticket.resolution ?? '',
  ];
}

function file(name: string, contentType: string, body: string): Answer {
  return {
    body,
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Security-Policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    },
  };
}
