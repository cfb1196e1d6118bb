import { createTransport, type SendMailOptions } from 'nodemailer';
import type { DeskEvent } from '../bot/deskEvent.ts';
import type { Store, StoredActivity, Ticket } from '../bot/store.ts';
import { transcriptFile, type TranscriptFormat } from '../bot/transcript.ts';
import { type MailText, mailTexts } from './emailTexts.ts';
import type { Deliver, Delivery } from './outbox.ts';
import type { Target } from './targets.ts';
import { filesOf } from './uploads.ts';

export interface EmailSettings {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  smtpUrl: string;
  /** Whom mails come from. */
  from: string;
  /** The support's mailbox; without it only customers get mail. */
  support?: string;
  shopName: string;
  /** The address of the console, for links in mails to the support. */
  consoleUrl?: string;
  /** The longest that the server may take for each step of the dialogue, in milliseconds; 10 s when absent. */
  longestStepMs?: number;
}

const LONGEST_STEP_MS = 10_000;

/** The mailbox of the support, and the customer's recap. */
export function emailTargets(settings: EmailSettings, store: Store): Target[] {
  const send = mailer(settings);
  const texts = mailTexts(settings);
  const support = settings.support;
  const toSupport: Target[] =
    support === undefined
      ? []
      : [
          {
            kind: 'support_email',
            wants: (event) => event.type === 'ticket.created',
            deliver: forTicket(store, async (ticket) => ({
              to: support,
              ...(ticket.customerEmail !== undefined && { replyTo: ticket.customerEmail }),
              ...texts.toSupport(ticket),
              attachments: await transcriptOf(store, ticket, ['txt', 'html']),
            })),
          },
        ];
  return [
    ...toSupport,
    {
      kind: 'customer_email',
      wants: (event) => ['ticket.created', 'ticket.replied', 'ticket.closed'].includes(event.type),
      deliver: forTicket(store, async (ticket, event) => {
        if (ticket.customerEmail === undefined) return undefined;
        const text = await customerText(ticket, event);
        // Replies by mail find their way back by the reference in the subject and in References.
        return text && { to: ticket.customerEmail, ...text, headers: { 'Auto-Submitted': 'auto-generated' } };
      }),
    },
  ];

  async function customerText(
    ticket: Ticket,
    event: DeskEvent,
  ): Promise<(MailText & Pick<SendMailOptions, 'attachments'>) | undefined> {
    switch (event.type) {
      case 'ticket.created':
        return texts.recap(ticket);
      case 'ticket.closed':
        return texts.closed(ticket);
      case 'ticket.replied': {
        const [message] = await store.activities(ticket.conversationId, event.seq - 1, 1);
        if (!message) return undefined;
        return {
          ...texts.reply(ticket, message.activity.from?.name ?? '', message.activity.text ?? ''),
          attachments: await picturesOf(store, message),
        };
      }
      default:
        return undefined;
    }
  }

  function forTicket(
    from: Store,
    write: (ticket: Ticket, event: DeskEvent) => Promise<SendMailOptions | undefined>,
  ): Deliver {
    return async (row) => {
      const event = row.payload as DeskEvent;
      const ticket = await from.ticket(event.reference);
      if (!ticket) return { outcome: 'refused', reason: 'The ticket is no longer there.' };
      const mail = await write(ticket, event);
      return mail ? send(row.id, ticket.reference, mail) : { outcome: 'delivered' };
    };
  }
}

type Send = (id: string, reference: string, mail: SendMailOptions) => Promise<Delivery>;

/** Sends under a Message-ID made of the row's id, so that a mail sent twice is one in the reader's mailbox. */
function mailer({ smtpUrl, from, longestStepMs = LONGEST_STEP_MS }: EmailSettings): Send {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: longestStepMs,
    greetingTimeout: longestStepMs,
    socketTimeout: longestStepMs,
    // A message is made of our own parts; none is fetched or read from a path.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = domainOf(from);
  return async (id, reference, mail) => {
    try {
      await transport.sendMail({
        from,
        messageId: messageId(id, host),
        // One thread for the ticket, in mail readers that go by it.
        inReplyTo: messageId(reference, host),
        references: messageId(reference, host),
        ...mail,
      });
      return { outcome: 'delivered' };
    } catch (error) {
      return afterError(error);
    }
  };
}

/** "<id@host>"; what an id may not hold in a header becomes a dash. */
function messageId(id: string, host: string): string {
  return `<${id.replace(/[^\w.-]/g, '-')}@${host}>`;
}

function domainOf(address: string): string {
  return /@([\w.-]+)/.exec(address)?.[1] ?? 'guichet.local';
}

/**
 * A refusal of this mail (5xx to its sender, recipient or content, RFC 5321) stays one; everything else may pass: time-outs, 4xx,
 * refused credentials, a server that has no service now.
 */
function afterError(error: unknown): Delivery {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message: string };
  // The server's words may quote addresses; the code says enough.
  const reason = [code, responseCode].filter(Boolean).join(' ') || message;
  const final =
    responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return final ? { outcome: 'refused', reason } : { outcome: 'later', reason };
}

async function picturesOf(
  store: Store,
  message: StoredActivity,
): Promise<NonNullable<SendMailOptions['attachments']>> {
  const uploads = await Promise.all(filesOf(message).map(({ id }) => store.upload(id)));
  return uploads.flatMap((upload) =>
    upload
      ? [{ filename: upload.name, contentType: upload.contentType, content: Buffer.from(upload.bytes) }]
      : [],
  );
}

async function transcriptOf(
  store: Store,
  ticket: Ticket,
  formats: readonly TranscriptFormat[],
): Promise<NonNullable<SendMailOptions['attachments']>> {
  const conversation = (await store.conversation(ticket.conversationId))!;
  const activities = await store.activities(ticket.conversationId);
  return formats.map((format) => {
    const file = transcriptFile({ conversation, activities, references: [ticket.reference] }, format);
    return { filename: file.name, contentType: file.contentType, content: file.body };
  });
}
