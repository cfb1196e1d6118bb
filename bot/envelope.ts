import type { Activity, ChannelAccount } from 'botbuilder';
import type { ConversationRecord } from './store.ts';

/** The bot, as activities name it. */
export const BOT = { id: 'guichet', name: 'Guichet', role: 'bot' } as const;

/** What every activity to the customer says beside its content: in which conversation, from whom, to whom, when. */
export function toCustomer(
  { id, channel, userId }: ConversationRecord,
  at: Date,
  from: ChannelAccount = BOT,
): Partial<Activity> {
  return {
    channelId: channel,
    conversation: { id } as Activity['conversation'],
    from,
    recipient: { id: userId, name: '', role: 'user' },
    timestamp: at,
  };
}
