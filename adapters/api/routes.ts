import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Store } from '../../bot/store.ts';
import { bearer, type Handler, Refusal, route, sameSecret } from '../http.ts';
import { ticketSummary, ticketWhole } from '../ticketView.ts';
import { fileAnswer, findUpload } from '../uploads.ts';

const Query = z.object({
  status: z.enum(['open', 'closed'], 'must be open or closed').optional(),
  since: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 instant, for example 2026-03-18T00:00:00Z' })
    .transform((text) => new Date(text))
    .optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100, 'must be between 1 and 100').optional(),
});

/** The shop's own systems read tickets here; see docs/api.md. Registered only where API_TOKEN is set. */
export function apiRoutes(
  server: Server,
  { store, token, log }: { store: Store; token: string; log: Logger },
): void {
  const guarded =
    (handler: Handler): Handler =>
    (request) => {
      if (sameSecret(bearer(request), token)) return handler(request);
      throw new Refusal(401, 'Unauthorized', 'Send the API token: Authorization: Bearer <API_TOKEN>.', {
        'WWW-Authenticate': 'Bearer',
      });
    };

  route(
    server,
    log,
    'get',
    '/api/tickets',
    guarded(async (request) => {
      const { tickets, nextCursor } = await store.tickets(readQuery(request));
      return {
        body: { tickets: tickets.map(ticketSummary), ...(nextCursor !== undefined && { nextCursor }) },
      };
    }),
  );

  route(
    server,
    log,
    'get',
    '/api/tickets/:reference',
    guarded(async (request) => {
      const { reference } = request.params as { reference: string };
      const ticket = await store.ticket(reference.toUpperCase());
      if (!ticket) throw new Refusal(404, 'NotFound', 'There is no ticket with this reference.');
      return { body: await ticketWhole(store, ticket) };
    }),
  );

  route(
    server,
    log,
    'get',
    '/api/files/:id',
    guarded(async (request) => fileAnswer(await findUpload(store, (request.params as { id: string }).id))),
  );
}

function readQuery(request: Request): z.infer<typeof Query> {
  const read = Query.safeParse(request.query);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(400, 'BadArgument', `${issue!.path.join('.')} ${issue!.message}`);
}
