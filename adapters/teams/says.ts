import { renderReply } from '../../bot/render.ts';
import type { ConversationRecord, TurnCommit } from '../../bot/store.ts';

/** Something that the bot says by itself, as an entry of a commit. */
export function says(
  text: string,
  conversation: ConversationRecord,
  at: Date,
): TurnCommit['activities'][number] {
  return { role: 'bot', at, activity: renderReply({ text }, conversation, at) };
}
