import type {
  ConversationRecord,
  DataSubject,
  Handoff,
  Note,
  Rating,
  Store,
  StoredActivity,
  Ticket,
  Upload,
} from './store.ts';

/** All that is kept of one conversation. */
export interface ConversationData {
  conversation: ConversationRecord;
  activities: StoredActivity[];
  tickets: Ticket[];
  handoffs: Handoff[];
  ratings: Rating[];
  notes: Note[];
  uploads: Upload[];
  /** Sentences that wait to be labelled for the assistant's training, or are. */
  sentences: string[];
}

type Source = Pick<Store, 'privacy' | 'conversation' | 'activities' | 'ticketsOf' | 'records' | 'desk'>;

/** Reads all that is kept of a customer, conversation by conversation, the oldest first. */
export async function customerData(
  store: Source,
  subject: DataSubject,
  now: Date,
): Promise<ConversationData[]> {
  const ids = await store.privacy.conversationsOf(subject);
  const read = await Promise.all(ids.map((id) => conversationData(store, id, now)));
  return read.filter((data) => data !== undefined);
}

async function conversationData(store: Source, id: string, now: Date): Promise<ConversationData | undefined> {
  const conversation = await store.conversation(id);
  if (!conversation) return undefined;
  const span = { from: conversation.createdAt, to: now };
  const ofIt = (row: { conversationId: string }): boolean => row.conversationId === id;
  return {
    conversation,
    activities: await store.activities(id),
    tickets: await store.ticketsOf(id),
    handoffs: (await store.records.handoffs(span)).filter(ofIt),
    ratings: (await store.records.ratings(span)).filter(ofIt),
    notes: await store.desk.notes(id),
    uploads: await store.privacy.uploadsOf(id),
    sentences: await store.privacy.sentencesOf(id),
  };
}
