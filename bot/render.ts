import type { Activity } from 'botbuilder';
import { plainText, type Reply } from '../dialogs/reply.ts';
import { adaptiveCard } from './adaptiveCard.ts';
import { toCustomer } from './envelope.ts';
import type { ConversationRecord, TurnCommit } from './store.ts';

/** What the bot says by itself, as an entry of a commit. */
export function says(
  reply: Reply,
  conversation: ConversationRecord,
  at: Date,
): TurnCommit['activities'][number] {
  return { role: 'bot', at, activity: renderReply(reply, conversation, at) };
}

/**
 * A reply as an activity: `text` holds all of it for any client, `channelData.reply` its parts for clients that show
 * facts and choices in their own way, `channelData.asks` the name of the detail asked for. On Teams it comes with a card.
 */
export function renderReply(reply: Reply, conversation: ConversationRecord, at: Date): Partial<Activity> {
  return {
    type: 'message',
    ...toCustomer(conversation, at),
    locale: 'fr-FR',
    text: plainText(reply),
    textFormat: 'plain',
    inputHint: 'expectingInput',
    ...(reply.choices?.length && {
      suggestedActions: {
        to: [conversation.userId],
        actions: reply.choices.map(({ title }) => ({ type: 'imBack', title, value: title })),
      },
    }),
    // Teams has no suggested actions in groups, and shows facts on cards alone.
    ...(conversation.channel === 'msteams' &&
      (reply.facts || reply.choices?.length) && { attachments: [adaptiveCard(reply)] }),
    ...((reply.facts || reply.asks) && {
      channelData: {
        ...(reply.facts && { reply: { text: reply.text, facts: reply.facts, after: reply.after } }),
        ...(reply.asks && { asks: reply.asks }),
      },
    }),
  };
}
