import type { Activity } from 'botbuilder';
import { BOT } from './envelope.ts';
import type { ConversationRecord, Handoff, StoredActivity, Ticket } from './store.ts';

/**
 * The Bot Framework's `handoff.initiate` event, for helpdesks that speak it: what the bot knows as its value, the
 * conversation to its last message as the attachment "Transcript".
 */
export function handoffInitiation(
  handoff: Handoff,
  ticket: Ticket,
  conversation: ConversationRecord,
  activities: readonly StoredActivity[],
): Partial<Activity> {
  const { id, channel, userId } = conversation;
  const customer = { id: userId, name: '', role: 'user' } as const;
  const conversationAccount = { id } as Activity['conversation'];
  const asked = activities.findLast(({ role, at }) => role === 'customer' && at <= handoff.queuedAt)?.id;
  return {
    type: 'event',
    name: 'handoff.initiate',
    id: handoff.id,
    timestamp: handoff.queuedAt,
    channelId: channel,
    conversation: conversationAccount,
    from: customer,
    recipient: BOT,
    ...(asked !== undefined && { replyToId: asked }),
    relatesTo: {
      ...(asked !== undefined && { activityId: asked }),
      bot: BOT,
      user: customer,
      channelId: channel,
      conversation: conversationAccount,
      serviceUrl: '',
      locale: 'fr-FR',
    },
    value: {
      reference: ticket.reference,
      subject: ticket.subject,
      section: ticket.section,
      priority: ticket.priority,
      details: Object.fromEntries(
        ticket.details.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      ),
    },
    attachments: [
      {
        contentType: 'application/json',
        name: 'Transcript',
        content: { activities: activities.map(({ activity }) => activity) },
      },
    ],
  };
}
