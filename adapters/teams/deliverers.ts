import type { Now } from '../../bot/clock.ts';
import { readMemory } from '../../bot/memory.ts';
import { says } from '../../bot/render.ts';
import type { ConversationRecord, OutboxRow, Store, StoredActivity } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import type { Deliver, Delivery } from '../outbox.ts';
import { cardIn, isArmed, used } from './cards.ts';
import type { Called, Connector } from './connector.ts';
import { messageFor } from './messages.ts';
import { addressOf, CHANNEL, placeOf } from './place.ts';
import { teamsTexts } from './texts.ts';

export interface DelivererParts {
  store: Store;
  turns: Turns;
  connector: Connector;
}

/** A welcome that more people than this would read is not said. */
const MOST_WELCOMED = 100;
/** How far before a message its last card is looked for. */
const LOOK_BACK = 20;

const GONE: Delivery = { outcome: 'refused', reason: 'The conversation is no longer there.' };

/** The row by which a message leaves for Teams; those of one conversation in their order. */
export function leavesForTeams(
  conversation: ConversationRecord,
  seq: number,
  now: Now,
): OutboxRow | undefined {
  if (conversation.channel !== CHANNEL) return undefined;
  const { id } = conversation;
  return {
    id: rowId(id, seq),
    kind: 'teams',
    payload: { conversationId: id, seq },
    createdAt: now(),
    lane: `teams:${id}`,
  };
}

function rowId(conversationId: string, seq: number): string {
  return `teams-${conversationId}-${seq}`;
}

/** Who delivers the rows for Teams' conversations, by kind. */
export function teamsDeliverers({ store, turns, connector }: DelivererParts): Record<string, Deliver> {
  const teams: Deliver = async (row) => {
    const { conversationId, seq } = row.payload as { conversationId: string; seq: number };
    const conversation = await store.conversation(conversationId);
    const address = conversation && addressOf(conversation);
    const before = await store.activities(conversationId, Math.max(0, seq - 1 - LOOK_BACK), LOOK_BACK + 1);
    const entry = before.find((each) => each.seq === seq);
    if (!conversation?.reach || !address || !entry) return GONE;
    const { reach } = conversation;
    if (reach.refused) return { outcome: 'refused', reason: 'The bot was removed or blocked there (403).' };
    if (await isUnwanted(conversation, entry, before)) return { outcome: 'delivered' };

    const last = lastCard(before.filter((each) => each.seq < seq));
    const lastId = last && (await store.deliveries.theirId(rowId(conversationId, last.entry.seq)));
    if (last && lastId !== undefined) {
      const done = { type: 'message', summary: last.entry.activity.text ?? '', attachments: [last.used] };
      const updated = await connector.update(address, lastId, done);
      // A card that cannot be changed any more is no reason to say nothing.
      if (updated.outcome === 'later') return updated;
    }
    const sent = await connector.send(address, messageFor(entry, address, reach.shared));
    return settled(sent, conversation);
  };

  const settled = async (sent: Called<string>, conversation: ConversationRecord): Promise<Delivery> => {
    if (sent.outcome === 'done') return { outcome: 'delivered', theirId: sent.value };
    if ('blocked' in sent) await store.setReach(conversation.id, { ...conversation.reach!, refused: true });
    return sent;
  };

  /** News that nobody asked for, for a customer who wants none; what a talk with an agent says is always wanted. */
  const isUnwanted = async (
    { id, state }: ConversationRecord,
    { role, seq, activity }: StoredActivity,
    before: readonly StoredActivity[],
  ): Promise<boolean> => {
    if (!readMemory(state).quiet || role !== 'bot' || activity.replyToId !== undefined) return false;
    const ofTalk = before.some((each) => each.seq === seq - 1 && each.activity.name === 'handoff.status');
    return !ofTalk && !(await store.desk.live(id));
  };

  const welcome: Deliver = async (row) => {
    const { conversationId } = row.payload as { conversationId: string };
    const conversation = await store.conversation(conversationId);
    const address = conversation && addressOf(conversation);
    if (!conversation || !address) return GONE;
    const crowded = await connector.crowded(address, MOST_WELCOMED);
    if (crowded.outcome !== 'done') return crowded;
    if (!crowded.value) {
      const from = { id: conversation.userId, name: address.customer.name };
      await turns.run({ conversationId, kind: 'start', from, text: '', key: 'start' });
    }
    return { outcome: 'delivered' };
  };

  /** What was said in a group goes on in the private chat: the message is taken up there. */
  const inPrivate: Deliver = async (row) => {
    const { conversationId, seq } = row.payload as { conversationId: string; seq: number };
    const conversation = await store.conversation(conversationId);
    const address = conversation && addressOf(conversation);
    const [said] = await store.activities(conversationId, seq - 1, 1);
    if (!address || !said) return GONE;
    const opened = await connector.openPrivate(address);
    if (opened.outcome === 'refused') {
      await turns.change(
        conversationId,
        (current, at) => ({ activities: [says({ text: teamsTexts.openPrivate }, current, at)] }),
        `${row.id}:refused`,
      );
    }
    if (opened.outcome !== 'done') return opened;
    const place = placeOf({
      serviceUrl: address.serviceUrl,
      conversation: { id: opened.value, conversationType: 'personal', tenantId: address.tenantId ?? null },
      from: address.customer,
      recipient: address.bot,
    });
    const { id, userId, reach } = place;
    await store.openConversation({ id, channel: CHANNEL, userId, now: row.createdAt, reach });
    await turns.run({
      conversationId: id,
      kind: 'message',
      from: { id: userId, name: address.customer.name },
      text: said.activity.text ?? '',
      key: row.id,
    });
    return { outcome: 'delivered' };
  };

  return { teams, teams_welcome: welcome, private_chat: inPrivate };
}

/**
 * The card before this message, when it is the last thing that was sent: then it has not been disarmed. With the choice
 * that the customer made meanwhile, by a click or in words.
 */
function lastCard(
  before: readonly StoredActivity[],
): { entry: StoredActivity; used: ReturnType<typeof used> } | undefined {
  const entry = before.findLast(({ role, activity }) => role !== 'customer' && activity.type === 'message');
  const card = entry && cardIn(entry.activity);
  if (!card || !isArmed(card)) return undefined;
  const said = before.find(({ seq, role }) => seq > entry.seq && role === 'customer');
  return { entry, used: used(card, said?.activity.text) };
}
