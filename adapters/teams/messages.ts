import type { Activity } from 'botbuilder';
import type { StoredActivity } from '../../bot/store.ts';
import { escape } from '../../bot/transcript/html.ts';
import { armed, cardIn } from './cards.ts';
import type { Address } from './place.ts';
import { teamsTexts } from './texts.ts';

/** Characters that a notification shows. */
const LONGEST_SUMMARY = 200;

/**
 * A stored message as it leaves for Teams: its card alone where it has one, since a text beside it would say the same
 * twice; else its text. An agent speaks under the bot's name there, so theirs stands before their words. In groups a
 * text names whom it answers.
 */
export function messageFor(
  { activity, role, conversationId, seq }: StoredActivity,
  address: Address,
  shared: boolean,
): Partial<Activity> {
  const text = activity.text ?? '';
  const card = cardIn(activity);
  if (card) {
    return {
      type: 'message',
      summary: text.slice(0, LONGEST_SUMMARY).toWellFormed(),
      attachments: [armed(card, conversationId, seq)],
    };
  }
  const said = role === 'agent' ? teamsTexts.saidBy(activity.from?.name ?? '', text) : text;
  return { type: 'message', ...(shared ? mentioning(address, said) : { text: said, textFormat: 'plain' }) };
}

function mentioning({ customer }: Address, said: string): Partial<Activity> {
  const tag = `<at>${escape(customer.name)}</at>`;
  return {
    textFormat: 'xml',
    text: `${tag} ${escape(said).replaceAll('\n', '<br>')}`,
    entities: [{ type: 'mention', text: tag, mentioned: { id: customer.id, name: customer.name } }],
  };
}
