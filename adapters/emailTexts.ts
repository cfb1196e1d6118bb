import { fr } from '../dialogs/french.ts';
import type { Ticket } from '../bot/store.ts';

const HOW_TO_REPLY = fr`répondez à cet e-mail en gardant la référence dans l’objet. N’y écrivez jamais de numéro de carte.`;

export interface MailText {
  subject: string;
  text: string;
}

/** The sentences of mails. The reference stands in each subject: replies are found by it. */
export function mailTexts({ shopName, consoleUrl }: { shopName: string; consoleUrl?: string }): {
  toSupport(ticket: Ticket): MailText;
  recap(ticket: Ticket): MailText;
  /** An agent's answer. */
  reply(ticket: Ticket, agent: string, text: string): MailText;
  closed(ticket: Ticket): MailText;
} {
  return {
    toSupport: (ticket) => ({
      subject: subject(
        ticket,
        ticket.priority === 'urgent' ? fr`URGENT : ${ticket.subject}` : ticket.subject,
      ),
      text: paragraphs(
        fr`Nouveau ticket ${ticket.reference} : ${ticket.subject} (guide, section ${ticket.section}).`,
        consoleUrl && fr`Dans la console : ${consoleUrl}#/tickets/${ticket.reference}`,
        ticket.customerEmail && fr`E-mail du client : ${ticket.customerEmail}`,
        details(ticket),
        ticket.removed && fr`Confidentialité : ${ticket.removed}.`,
        promises(ticket),
        fr`La conversation entière est jointe.`,
      ),
    }),
    recap: (ticket) => ({
      subject: subject(ticket, fr`Votre demande à ${shopName} : ${ticket.subject}`),
      text: paragraphs(
        fr`Bonjour,`,
        fr`Nous avons bien reçu votre demande. Elle porte la référence ${ticket.reference}.`,
        details(ticket),
        promises(ticket),
        fr`Pour la compléter, ${HOW_TO_REPLY}`,
        fr`Le support de ${shopName}`,
      ),
    }),
    reply: (ticket, agent, text) => ({
      subject: subject(ticket, fr`Réponse à votre demande : ${ticket.subject}`),
      text: paragraphs(text, agent, fr`Pour répondre, ${HOW_TO_REPLY}`, fr`Le support de ${shopName}`),
    }),
    closed: (ticket) => ({
      subject: subject(ticket, fr`Votre demande est close : ${ticket.subject}`),
      text: paragraphs(
        fr`Bonjour,`,
        fr`Votre demande ${ticket.reference} est close.`,
        ticket.resolution && fr`Ce qui a été convenu : ${ticket.resolution}`,
        fr`Si le problème revient, ${HOW_TO_REPLY}`,
        fr`Le support de ${shopName}`,
      ),
    }),
  };
}

function subject({ reference }: Ticket, text: string): string {
  return `[${reference}] ${text}`;
}

function details(ticket: Ticket): string {
  return ticket.details
    .map(({ label, value, shown }) => fr`${label} : ${value === undefined ? 'non fourni' : (shown ?? value)}`)
    .join('\n');
}

function promises(ticket: Ticket): string {
  return ticket.promises.map(({ text }) => text).join('\n');
}

function paragraphs(...parts: (string | undefined)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
