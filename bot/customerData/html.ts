import type { ConversationData } from '../customerData.ts';
import type { Ticket, Upload } from '../store.ts';
import { articleOf, escape, page } from '../transcript/html.ts';
import { localTime } from '../transcript/time.ts';
import { transcriptLines } from '../transcript.ts';

const STYLE = `
img { max-width: 100%; }
h2 { font-size: 1.1rem; margin-top: 2.5rem; }
dt { color: #596275; }
dd { margin: 0 0 .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** All of it for people, with its pictures. */
export function customerDataHtml(data: readonly ConversationData[], at: Date): string {
  const read = data.length === 0 ? 'Rien n’est gardé.' : 'Heures de Paris, puis heures UTC.';
  return page(
    {
      title: 'Données du support',
      heading: 'Données gardées par le support',
      about: `Lues le ${localTime(at)}. ${read}`,
      style: STYLE,
      pictures: true,
    },
    data.map(conversationOf),
  );
}

function conversationOf(data: ConversationData): string {
  const { conversation, tickets, ratings, uploads, sentences } = data;
  return [
    `<h2>Conversation du ${localTime(conversation.createdAt)}</h2>`,
    `<p class="about">${escape(conversation.id)}, canal ${escape(conversation.channel)}, utilisateur ${escape(conversation.userId)}</p>`,
    ...tickets.map(ticketOf),
    ...transcriptLines(data).map(articleOf),
    ...uploads.map(pictureOf),
    ...ratings.map(
      ({ score, comment }) => `<p>Note donnée\u00a0: ${score} sur 5. ${escape(comment ?? '')}</p>`,
    ),
    sentences.length > 0 &&
      `<p>Phrases gardées pour l’apprentissage\u00a0: ${sentences.map((text) => `«\u00a0${escape(text)}\u00a0»`).join(', ')}</p>`,
  ]
    .filter(Boolean)
    .join('\n');
}

function ticketOf(ticket: Ticket): string {
  const rows = [
    ['Sujet', ticket.subject],
    ['État', ticket.status === 'open' ? 'ouvert' : 'clos'],
    ['E-mail', ticket.customerEmail],
    ...ticket.details.map(({ label, shown, value }) => [label, shown ?? value]),
    ...ticket.promises.map(({ text }) => ['Promesse', text]),
    ['Réglé', ticket.resolution],
  ].filter(([, value]) => value);
  return `<h3>Ticket ${escape(ticket.reference)}</h3>\n<dl>\n${rows
    .map(([label, value]) => `<dt>${escape(label!)}</dt><dd>${escape(value!)}</dd>`)
    .join('\n')}\n</dl>`;
}

/** Only types that pictures have were ever taken in (adapters/directLine/pictures.ts). */
function pictureOf({ name, contentType, bytes }: Upload): string {
  const source = `data:${escape(contentType)};base64,${Buffer.from(bytes).toString('base64')}`;
  return `<p class="more">${escape(name)}</p><img alt="${escape(name)}" src="${source}">`;
}
