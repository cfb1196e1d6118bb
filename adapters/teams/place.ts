import { createHash } from 'node:crypto';
import type { ConversationRecord, Reach } from '../../bot/store.ts';
import type { TeamsActivity } from './activity.ts';

/** Where and to whom to write in Teams; the `address` of a conversation's reach. */
export interface Address {
  serviceUrl: string;
  /** Teams' own id of the conversation; of a channel, with the thread. */
  conversationId: string;
  tenantId?: string;
  customer: { id: string; name: string; aadObjectId?: string };
  bot: { id: string; name: string };
}

export const CHANNEL = 'msteams';

/** The conversation that an activity belongs to, as we name it, and how it is reached. */
export interface Place {
  id: string;
  userId: string;
  reach: Reach & { address: Address };
}

/**
 * In a personal chat the conversation is Teams' own. In a group or a channel each person has one of their own, so that
 * two who ask at once do not answer each other's questions.
 */
export function placeOf(
  activity: Pick<TeamsActivity, 'serviceUrl' | 'conversation' | 'from' | 'recipient'>,
): Place {
  const { conversation, from, recipient, serviceUrl } = activity;
  const shared = (conversation.conversationType ?? 'personal') !== 'personal';
  const account = ({ id, name, aadObjectId }: typeof from): Address['customer'] => ({
    id,
    name: name ?? '',
    ...(aadObjectId && { aadObjectId }),
  });
  return {
    id: nameOf(conversation.id, ...(shared ? [from.id] : [])),
    userId: `teams:${from.aadObjectId ?? from.id}`,
    reach: {
      shared,
      address: {
        serviceUrl,
        conversationId: conversation.id,
        ...(conversation.tenantId && { tenantId: conversation.tenantId }),
        customer: account(from),
        bot: { id: recipient.id, name: recipient.name ?? '' },
      },
    },
  };
}

/** Teams' ids are long and hold characters that addresses do not. */
function nameOf(...parts: string[]): string {
  return `teams-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;
}

/** The address of a conversation that Teams brought. */
export function addressOf({ reach }: ConversationRecord): Address | undefined {
  return reach?.address as Address | undefined;
}
