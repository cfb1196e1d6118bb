import { says } from '../../bot/render.ts';
import type { Store } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import { MAX_FILE, readPicture } from '../directLine/pictures.ts';
import { Refusal } from '../http.ts';
import type { Deliver, Delivery } from '../outbox.ts';
import type { SentFile } from './activity.ts';
import { addressOf } from './place.ts';
import { teamsTexts } from './texts.ts';

export interface FileParts {
  store: Store;
  turns: Turns;
  /** The bot's own token, for pictures that lie with the connector. */
  token: () => Promise<string>;
  /** Origins of the connector. */
  serviceUrls: readonly string[];
}

/** Where Teams keeps the files of its users; nothing else is fetched, whatever a message names. */
const SHAREPOINT = /(?:^|\.)(?:sharepoint\.com|sharepoint-df\.com|onedrive\.com)$/;

/** Fetches a file that came with a message, and adds it to the conversation as the customer's. */
export function filesDeliverer({ store, turns, token, serviceUrls }: FileParts): Deliver {
  return async (row, signal): Promise<Delivery> => {
    const { conversationId, url, name, withToken } = row.payload as SentFile & { conversationId: string };
    const conversation = await store.conversation(conversationId);
    const address = conversation && addressOf(conversation);
    if (!address) return { outcome: 'refused', reason: 'The conversation is no longer there.' };
    const { origin, protocol, hostname } = new URL(url);
    const known = withToken
      ? serviceUrls.includes(origin)
      : protocol === 'https:' && SHAREPOINT.test(hostname);
    const bytes = known ? await fetched(url, withToken ? await token() : undefined, signal) : 'refused';
    if (bytes === 'later') return { outcome: 'later', reason: 'The file could not be fetched.' };
    const picture = bytes === 'refused' ? undefined : pictureIn(name, bytes);
    if (picture) {
      const from = { id: conversation.userId, name: address.customer.name };
      await turns.run({ conversationId, kind: 'message', from, text: '', uploads: [picture], key: row.id });
    } else {
      await turns.change(
        conversationId,
        (current, at) => ({ activities: [says({ text: teamsTexts.fileRefused }, current, at)] }),
        row.id,
      );
    }
    return { outcome: 'delivered' };
  };
}

function pictureIn(name: string, bytes: Buffer): ReturnType<typeof readPicture> | undefined {
  try {
    return readPicture(name, bytes);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Reads at most what a picture may hold; a redirect is not followed, since where it leads was not checked. */
async function fetched(
  url: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Buffer | 'later' | 'refused'> {
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  const response = await fetch(url, { headers, redirect: 'manual', signal });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    return response.status === 429 || response.status >= 500 ? 'later' : 'refused';
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MAX_FILE) return 'refused';
    parts.push(part);
  }
  return Buffer.concat(parts);
}
