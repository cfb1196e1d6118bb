import type { Attachment } from 'botbuilder';
import { plainText, type Reply } from '../dialogs/reply.ts';

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** Teams shows at most six actions on a card; more choices become one list. */
const MOST_ACTIONS = 6;

/**
 * A reply as an Adaptive Card 1.5, whole: text, facts, what follows them, choices. A click sends `{ choice: title }`,
 * which means what typing the title does. Clients without cards show `fallbackText`.
 */
export function adaptiveCard(reply: Reply): Attachment {
  const { text, facts, after, choices = [] } = reply;
  const paragraph = (words: string): object => ({ type: 'TextBlock', text: inert(words), wrap: true });
  const asList = choices.length > MOST_ACTIONS;
  return {
    contentType: ADAPTIVE_CARD,
    content: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      fallbackText: plainText(reply),
      body: [
        ...text.split('\n\n').filter(Boolean).map(paragraph),
        ...(facts
          ? [
              { type: 'TextBlock', text: facts.title, weight: 'Bolder' },
              {
                type: 'FactSet',
                facts: facts.items.map(({ label, value }) => ({ title: label, value: inert(value) })),
              },
            ]
          : []),
        ...(after?.split('\n\n').map(paragraph) ?? []),
        ...(asList
          ? [
              {
                type: 'Input.ChoiceSet',
                id: 'choice',
                style: 'expanded',
                choices: choices.map(({ title }) => ({ title, value: title })),
              },
            ]
          : []),
      ],
      actions: asList
        ? [action('Choisir', {})]
        : choices.map(({ title }) => action(title, { choice: title })),
    },
  };
}

/** Cards read Markdown, and repeat what was typed: a link in it must not hide where it leads. */
function inert(words: string): string {
  return words.replaceAll('](', ']\u200b(');
}

/** Older clients know Action.Submit alone. */
function action(title: string, data: object): object {
  const submit = { type: 'Action.Submit', title, data };
  return { ...submit, type: 'Action.Execute', verb: 'choose', fallback: submit };
}
