import type { Activity } from 'botbuilder';
import { reduce } from '../../adapters/widget/panel/shown.ts';
import type { Wire } from '../../adapters/widget/panel/wire.ts';
import { renderReply } from '../../bot/render.ts';
import type { ConversationRecord, StoredActivity } from '../../bot/store.ts';
import { transcriptLines } from '../../bot/transcript.ts';
import { toText } from '../../bot/transcript/text.ts';
import type { Reply } from '../../dialogs/reply.ts';

const AT = new Date('2026-03-18T13:30:00Z');
const conversation = (channel: string): ConversationRecord => ({
  id: 'c',
  channel,
  userId: 'u',
  createdAt: AT,
  lastSeq: 0,
  version: 0,
  state: {},
});

const RECAP: Reply = {
  text: 'C’est corrigé : numéro de commande, 100246.',
  facts: {
    title: 'Récapitulatif',
    items: [
      { label: 'Numéro de commande', value: '100246' },
      { label: 'Numéro de suivi', value: 'non fourni', missing: true },
      { label: 'Situation', value: 'Boîte vide : rien, « vraiment » rien.' },
    ],
  },
  after: 'Tout est juste ?',
  choices: ['Envoyer', 'Modifier', 'Annuler'].map((title) => ({ title })),
};
const MENU: Reply = {
  text: 'Voici les sujets.',
  choices: ['Accès', 'Connexion', 'Affichage', 'Lenteur', 'Paiement', 'Colis', 'Sécurité', 'Contact'].map(
    (title) => ({
      title,
    }),
  ),
};
const QUESTION: Reply = {
  text: 'Un paiement qui ne passe pas.\n\nQuel est le message ?',
  asks: 'exactMessage',
};

/** What a rendering tells: everything said, in order, facts as pairs, choices by title. */
interface Told {
  facts: [string, string][];
  choices: string[];
  words: string[];
}

const wordsOf = (...parts: (string | undefined)[]): string[] =>
  parts.flatMap((part) => (part ?? '').split(/[\s\u00a0•]+/).filter((word) => /[\p{L}\d]/u.test(word)));

function asReply(reply: Reply): Told {
  const facts = reply.facts?.items.map(({ label, value }): [string, string] => [label, value]) ?? [];
  const choices = reply.choices?.map(({ title }) => title) ?? [];
  return { facts, choices, words: wordsOf(reply.text, reply.facts?.title, ...facts.flat(), reply.after) };
}

function asWidget(reply: Reply): Told {
  const activity = JSON.parse(
    JSON.stringify({ id: '1', ...renderReply(reply, conversation('directline'), AT) }),
  ) as Wire;
  const { messages } = reduce(
    { messages: [], link: 'online', agent: undefined, typing: undefined },
    { kind: 'activity', activity, past: true },
  );
  const { reply: parts, text, choices } = messages[0]!;
  const facts = parts?.facts.items.map(({ label, value }): [string, string] => [label, value]) ?? [];
  const words = parts ? wordsOf(parts.text, parts.facts.title, ...facts.flat(), parts.after) : wordsOf(text);
  return { facts, choices, words };
}

interface CardPart {
  type: string;
  text?: string;
  title?: string;
  facts?: { title: string; value: string }[];
  choices?: { title: string }[];
}

function asCard(reply: Reply): Told {
  const activity = renderReply(reply, conversation('msteams'), AT);
  const card = activity.attachments?.[0]?.content as { body: CardPart[]; actions: CardPart[] } | undefined;
  if (!card) return asPlainText(reply);
  const facts = card.body
    .flatMap((part) => part.facts ?? [])
    .map(({ title, value }): [string, string] => [title, value]);
  const listed = card.body.flatMap((part) => part.choices ?? []).map(({ title }) => title);
  return {
    facts,
    choices: listed.length > 0 ? listed : card.actions.map(({ title }) => title!),
    words: card.body.flatMap((part) =>
      wordsOf(part.text, ...(part.facts ?? []).flatMap(({ title, value }) => [title, value])),
    ),
  };
}

const factsIn = (text: string): [string, string][] =>
  [...text.matchAll(/^• (.+?)\u00a0: (.+)$/gmu)].map((match) => [match[1]!, match[2]!]);

function asPlainText(reply: Reply): Told {
  const { text = '', suggestedActions } = renderReply(reply, conversation('test'), AT);
  return {
    facts: factsIn(text),
    choices: suggestedActions?.actions.map(({ title }) => title) ?? [],
    words: wordsOf(text),
  };
}

function asTranscript(reply: Reply): Told {
  const activity: Partial<Activity> = renderReply(reply, conversation('test'), AT);
  const stored: StoredActivity = { conversationId: 'c', seq: 1, id: '1', role: 'bot', at: AT, activity };
  const source = { conversation: conversation('test'), activities: [stored] };
  const [line] = transcriptLines(source);
  // The file that is downloaded holds the same line.
  for (const word of wordsOf(line!.text)) expect(toText(source)).toContain(word);
  return { facts: factsIn(line!.text), choices: [...line!.choices], words: wordsOf(line!.text) };
}

describe.each([
  ['a recap', RECAP],
  ['a menu of eight', MENU],
  ['a question', QUESTION],
])('%s tells the same', (_, reply) => {
  test.each([
    ['in the widget', asWidget],
    ['on an Adaptive Card', asCard],
    ['in plain text', asPlainText],
    ['in the transcript', asTranscript],
  ])('%s', (__, render) => {
    expect(render(reply)).toEqual(asReply(reply));
  });
});

test('a card has at most six actions, and all of it in words for clients without cards', () => {
  for (const reply of [RECAP, MENU]) {
    const card = renderReply(reply, conversation('msteams'), AT).attachments![0]!;
    const { actions, fallbackText } = card.content as { actions: unknown[]; fallbackText: string };
    expect(actions.length).toBeLessThanOrEqual(6);
    expect(fallbackText).toBe(renderReply(reply, conversation('test'), AT).text);
  }
});
