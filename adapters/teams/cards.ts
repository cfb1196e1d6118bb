import type { Activity, Attachment } from 'botbuilder';
import { ADAPTIVE_CARD } from '../../bot/adaptiveCard.ts';

/** The parts of a reply's card (bot/adaptiveCard.ts) that change between its sending and its use. */
interface Content {
  body: object[];
  actions?: Action[];
}

interface Action {
  type: string;
  title: string;
  data: Record<string, unknown>;
  fallback?: Action;
}

/** The card of a stored reply. */
export function cardIn({ attachments }: Partial<Activity>): Attachment | undefined {
  return attachments?.find(({ contentType }) => contentType === ADAPTIVE_CARD);
}

/** Whether a card offers something. */
export function isArmed({ content }: Attachment): boolean {
  return ((content as Content).actions ?? []).length > 0;
}

/** The card as it leaves: its buttons say which card of which conversation they are, so that each is used once. */
export function armed(card: Attachment, of: string, seq: number): Attachment {
  const content = card.content as Content;
  const mark = (action: Action): Action => ({
    ...action,
    data: { ...action.data, of, card: seq },
    ...(action.fallback && { fallback: mark(action.fallback) }),
  });
  return { ...card, content: { ...content, actions: content.actions?.map(mark) } };
}

/** The card after its use, without anything to click: the choice made, where one was. */
export function used(card: Attachment, choice?: string): Attachment {
  const content = card.content as Content;
  const kept = content.body.filter((part) => !('type' in part && part.type === 'Input.ChoiceSet'));
  const chosen = choice !== undefined && titles(card).includes(choice);
  const mark = { type: 'TextBlock', text: `✓ ${choice}`, weight: 'Bolder', color: 'Good', wrap: true };
  return { ...card, content: { ...content, body: [...kept, ...(chosen ? [mark] : [])], actions: [] } };
}

/** What a card offers, by buttons or in a list. */
function titles({ content }: Attachment): string[] {
  const { actions = [], body } = content as Content;
  const listed = body.flatMap((part) =>
    'choices' in part ? (part.choices as { title: string }[]).map(({ title }) => title) : [],
  );
  return listed.length > 0 ? listed : actions.map(({ title }) => title);
}
