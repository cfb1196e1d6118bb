import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { AgentReply } from '../../bot/agentReply.ts';
import type { DeskResult } from '../../bot/deskDecision.ts';
import type { Person, Upload } from '../../bot/store.ts';
import { readForm } from '../directLine/multipart.ts';
import { readPicture } from '../directLine/pictures.ts';
import { type Answer, readBody, readShape, Refusal, route } from '../http.ts';
import { transcriptLine } from '../ticketView.ts';
import type { ConsoleParts } from './routes.ts';
import type { ForAgents } from './sessions.ts';

const text = z
  .string()
  .trim()
  .min(1, 'Écrivez quelque chose.')
  .max(4_000, 'C’est trop long : 4\u00a0000\u00a0caractères au plus.');
const Seen = { after: z.int().min(0), key: z.string().min(8).max(100) };
const Reply = z.object({ text, ...Seen });
/** Beside a picture there need be no words. */
const Caption = z.object({ text: z.string().trim().max(4_000), ...Seen });
const Note = z.object({ text, key: z.string().min(8).max(100) });
const Reassignment = z.object({
  to: z.string().max(100),
  comment: z.string().trim().max(1_000, 'Ce commentaire est trop long.'),
});
const Settled = z.object({ text: z.string().trim().max(1_000, 'C’est trop long.') });

/** What agents do with a ticket and its talk. */
export function deskRoutes(server: Server, parts: ConsoleParts, agents: ForAgents): void {
  const { desk, store, news, hub, log } = parts;

  const step = (
    name: string,
    act: (reference: string, agent: Person, request: Request) => Promise<DeskResult>,
  ): void =>
    route(
      server,
      log,
      'post',
      `/console/api/tickets/:reference/${name}`,
      agents.only(async (request, { id, name: called }) => {
        const reference = (request.params as { reference: string }).reference.toUpperCase();
        const result = await act(reference, { id, name: called }, request);
        const ticket = await store.ticket(reference);
        if (ticket) news.tell({ type: 'conversation', conversationId: ticket.conversationId });
        return answerOf(result);
      }),
    );

  step('claim', (reference, agent) => desk.claim(reference, agent));
  step('release', (reference, agent) => desk.release(reference, agent));
  step('reopen', (reference, agent) => desk.reopen(reference, agent));
  step('reply', async (reference, agent, request) => desk.reply(reference, agent, await readReply(request)));
  step('note', (reference, agent, request) => {
    const note = readBody(request, Note);
    return desk.note(reference, agent, note.text, `${agent.id}:${note.key}`);
  });
  step('reassign', (reference, agent, request) => {
    const { to, comment } = readBody(request, Reassignment);
    return desk.reassign(reference, agent, to, comment);
  });
  step('return', (reference, agent, request) =>
    desk.giveBack(reference, agent, readBody(request, Settled).text),
  );
  step('close', (reference, agent, request) => desk.close(reference, agent, readBody(request, Settled).text));

  route(
    server,
    log,
    'post',
    '/console/api/tickets/:reference/typing',
    agents.only(async (request, agent) => {
      const { reference } = request.params as { reference: string };
      const ticket = await store.ticket(reference.toUpperCase());
      const handoff = ticket && (await store.desk.live(ticket.conversationId));
      // Only who talks with the customer is seen typing.
      if (handoff?.owner?.id === agent.id) hub.typing(handoff.conversationId, agent.name);
      return { status: 204 };
    }),
  );
}

/** JSON, or a form with the same as its part "activity" and pictures beside it. */
async function readReply(request: Request): Promise<AgentReply> {
  if (request.contentType() !== 'multipart/form-data') return readBody(request, Reply);
  const { activity, files } = await readForm(request);
  const uploads = files.map(({ name, bytes }) => pictureOf(name, bytes));
  return { ...readShape(activity, uploads.length > 0 ? Caption : Reply), uploads };
}

function pictureOf(name: string, bytes: Buffer): Upload {
  try {
    return readPicture(name, bytes);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      error.status,
      error.code,
      'Seules les images PNG, JPEG, GIF et WebP de 4\u00a0Mo au plus sont acceptées.',
    );
  }
}

function answerOf(result: DeskResult): Answer {
  switch (result.outcome) {
    case 'done':
      return { status: 204 };
    case 'unknown':
      throw new Refusal(404, 'NotFound', 'Ce ticket n’existe pas.');
    case 'refused':
      throw new Refusal(409, 'Refused', result.reason);
    case 'stale':
      return {
        status: 409,
        body: {
          error: {
            code: 'Stale',
            message:
              'D’autres messages sont arrivés pendant que vous écriviez. Relisez, puis envoyez de nouveau.',
          },
          newer: result.newer.map(transcriptLine),
        },
      };
  }
}
