import { WebSocket } from 'ws';
import { SECRET } from '../faults/guichet.ts';
import type { Shot } from './load.ts';

/** What a customer says, over and over: greetings, a form with its questions, a card number, the hours, a form left. */
export const SAID = [
  'bonjour',
  'mon colis est noté livré mais je n’ai rien reçu, commande CMD-100245',
  'oui, j’ai demandé aux voisins',
  '6A12345678901',
  'la boîte aux lettres est vide depuis mardi',
  'vous êtes ouverts le samedi ?',
  'annuler',
  'oui',
  'ma carte 4111 1111 1111 1111 est refusée au paiement',
  'oui j’ai essayé avec une autre carte',
  'annuler',
  'oui',
] as const;

/** A conversation over Direct Line that a client has opened, with its stream where one is wanted. */
export interface Customer {
  id: string;
  token: string;
  stream?: WebSocket;
  said: number;
}

export async function openConversation(url: string, withStream: boolean): Promise<Customer> {
  const response = await fetch(`${url}/v3/directline/conversations`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${SECRET}`, 'Content-Type': 'application/json' },
    body: '{}',
  });
  if (response.status !== 201) throw new Error(`A conversation could not be opened: ${response.status}`);
  const { conversationId, token, streamUrl } = (await response.json()) as {
    conversationId: string;
    token: string;
    streamUrl: string;
  };
  const customer: Customer = { id: conversationId, token, said: 0 };
  if (!withStream) return customer;
  const stream = new WebSocket(streamUrl);
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', reject);
  });
  // Frames are read, as a browser would.
  stream.on('message', () => undefined);
  return { ...customer, stream };
}

/** As many conversations as asked for, a few at a time. */
export async function openConversations(
  url: string,
  count: number,
  withStreams: boolean,
): Promise<Customer[]> {
  const opened: Customer[] = [];
  while (opened.length < count) {
    const some = Math.min(25, count - opened.length);
    opened.push(
      ...(await Promise.all(Array.from({ length: some }, () => openConversation(url, withStreams)))),
    );
  }
  return opened;
}

/** The customer's next message, under a key of its own, as official clients send it. */
export function nextMessage(customer: Customer, text = SAID[customer.said % SAID.length]!): Shot {
  customer.said += 1;
  return {
    path: `/v3/directline/conversations/${customer.id}/activities`,
    headers: { authorization: `Bearer ${customer.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      from: { id: 'customer' },
      text,
      channelData: { clientActivityID: `message-${customer.said}` },
    }),
  };
}
