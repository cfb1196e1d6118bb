import PostalMime from 'postal-mime';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';
import { BOT } from '../bot/envelope.ts';
import { HISTORY_LINES } from '../bot/redaction.ts';
import { redactSaid } from '../bot/redactSaid.ts';
import type { ConversationRecord, Store, Ticket } from '../bot/store.ts';
import { referenceIn } from '../bot/tickets.ts';
import type { Turns } from '../bot/turn.ts';
import { type Answer, readBody, Refusal, route } from './http.ts';

export interface InboundEmailParts {
  store: Store;
  turns: Turns;
  log: Logger;
  /** "whsec_" and base64: the sender signs as Standard Webhooks do. */
  secret: string;
}

/** Either the mail as it came (RFC 5322), or its parts as mail services post them. */
const Mail = z.union([
  z.object({ raw: z.string().min(1).max(250_000) }),
  z.object({
    from: z.string().max(1_000),
    subject: z.string().max(1_000).default(''),
    text: z.string().max(200_000),
    messageId: z.string().min(1).max(1_000),
    references: z.string().max(10_000).default(''),
    autoSubmitted: z.boolean().default(false),
  }),
]);

interface ReadMail {
  from: string;
  subject: string;
  text: string;
  messageId: string;
  references: string;
  /** Sent by a machine: an absence note, a delivery report. */
  autoSubmitted: boolean;
}

const MOST_CHARACTERS = 4_000;

/**
 * Takes in what customers answer by e-mail: POST /api/inbound-email, called by the mail service. The mail's reference says
 * which ticket it is for, and only the ticket's own customer is heard. The message joins the conversation, redacted like any
 * other, once for its Message-ID.
 */
export function inboundEmailRoute(server: Server, { store, turns, log, secret }: InboundEmailParts): void {
  const verifier = new Webhook(secret);

  route(server, log, 'post', '/api/inbound-email', async (request): Promise<Answer> => {
    verify(verifier, request);
    const mail = await readMail(request);
    if (mail.autoSubmitted) return { body: { status: 'ignored', reason: 'It was sent by a machine.' } };
    const reference = referenceIn(mail.subject) ?? referenceIn(mail.references);
    const ticket = reference === undefined ? undefined : await store.ticket(reference);
    if (!ticket) {
      throw new Refusal(422, 'NoTicket', 'No known reference stands in the subject or in References.');
    }
    if (ticket.customerEmail?.toLowerCase() !== mail.from.toLowerCase()) {
      throw new Refusal(422, 'OtherSender', 'The sender is not the customer of this ticket.');
    }
    const { replayed } = await turns.change(
      ticket.conversationId,
      async (conversation, at) => {
        const text = newText(mail.text).toWellFormed().slice(0, MOST_CHARACTERS);
        const history = await store.lastActivities(conversation.id, HISTORY_LINES);
        const said = redactSaid(text, 'customer', history);
        return {
          activities: [customerMail(said.text, conversation, at)],
          rewritten: said.rewritten,
          updatedTickets: [heardAgain({ ...ticket, details: said.forget(ticket.details) }, at)],
        };
      },
      `email:${mail.messageId}`,
    );
    return { body: { status: replayed ? 'known' : 'taken', reference: ticket.reference } };
  });
}

/** @throws Refusal 401 unless the body is signed, with a time of now. */
function verify(verifier: Webhook, request: Request): void {
  const raw = (request.rawBody ?? '') as string;
  try {
    verifier.verify(raw, request.headers as Record<string, string>);
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    throw new Refusal(
      401,
      'Unauthorized',
      'The signature is missing or wrong; sign with INBOUND_EMAIL_SECRET.',
    );
  }
}

async function readMail(request: Request): Promise<ReadMail> {
  const given = readBody(request, Mail);
  if (!('raw' in given)) return { ...given, from: addressIn(given.from) };
  const mail = await PostalMime.parse(given.raw);
  const header = (name: string): string => mail.headers.find(({ key }) => key === name)?.value ?? '';
  if (!mail.messageId) throw new Refusal(400, 'BadArgument', 'The mail has no Message-ID.');
  return {
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    messageId: mail.messageId,
    references: `${mail.references ?? ''} ${mail.inReplyTo ?? ''}`,
    autoSubmitted: !/^(?:no)?$/i.test(header('auto-submitted')),
  };
}

/** "Luc <luc@exemple.fr>" -> "luc@exemple.fr". */
function addressIn(from: string): string {
  return (/<([^<>]+)>/.exec(from)?.[1] ?? from).trim();
}

/** Where the mail that is answered begins, as mail programs mark it in French and English. */
const QUOTE =
  /^(?:>.*|le .{4,120}a écrit\s*:|on .{4,120}wrote:|-{2,}\s*(?:message d['’]origine|original message|message transféré).*|_{10,}|de\s*:\s.+@.+)$/imu;

/** What was newly written, without the mail that it answers and without a signature. */
export function newText(text: string): string {
  const whole = text.replace(/\r\n?/g, '\n');
  const quoted = QUOTE.exec(whole);
  const said = whole
    .slice(0, quoted?.index ?? whole.length)
    .split(/^-- $/m)[0]!
    .trim();
  // A mail that begins with the quotation answers below or within it: better all than nothing.
  return said || whole.trim();
}

function customerMail(
  text: string,
  conversation: ConversationRecord,
  at: Date,
): { role: 'customer'; at: Date; activity: Record<string, unknown> } {
  return {
    role: 'customer',
    at,
    activity: {
      type: 'message',
      channelId: conversation.channel,
      conversation: { id: conversation.id },
      from: { id: conversation.userId, name: '', role: 'user' },
      recipient: BOT,
      timestamp: at,
      locale: 'fr-FR',
      text,
      channelData: { via: 'email' },
    },
  };
}

/** A customer who writes again reopens what was closed. */
function heardAgain({ closedAt, ...ticket }: Ticket, at: Date): Ticket {
  return {
    ...ticket,
    status: 'open',
    updatedAt: at,
    ...(ticket.status === 'open' && closedAt && { closedAt }),
  };
}
