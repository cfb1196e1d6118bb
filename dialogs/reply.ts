import type { Choice } from './choices.ts';

/** A labelled value, as on the recap. */
export interface Fact {
  label: string;
  value: string;
  /** Not provided by the customer. */
  missing?: boolean;
}

/**
 * What the bot says, apart from any channel: text, facts and choices, in this order. Each channel renders it in its
 * own way; none adds to it or leaves anything out.
 */
export interface Reply {
  text: string;
  facts?: { title: string; items: readonly Fact[] };
  /** Said after the facts. */
  after?: string;
  choices?: readonly Pick<Choice, 'title'>[];
  /** The detail that it asks for, by name, so that a channel which knows it already can offer it (the page's address). */
  asks?: string;
}

/** The reply in plain text, whole: for channels without cards, for transcripts and for the terminal. */
export function plainText(reply: Reply): string {
  const facts = reply.facts && [
    `${reply.facts.title}\u00a0:`,
    ...reply.facts.items.map((fact) => `• ${fact.label}\u00a0: ${fact.value}`),
  ];
  return [reply.text, facts?.join('\n'), reply.after].filter(Boolean).join('\n\n');
}

/** Several things said in one turn become one message: facts stay where they are, the last choices count. */
export function joinReplies(replies: readonly Reply[]): Reply | undefined {
  if (replies.length === 0) return undefined;
  const at = replies.findLastIndex((reply) => reply.facts);
  const lines = (part: readonly Reply[]): string =>
    part
      .flatMap((reply) => [reply.text, reply.after])
      .filter(Boolean)
      .join('\n\n');
  const choices = replies.findLast((reply) => reply.choices)?.choices;
  const asks = replies.findLast((reply) => reply.asks)?.asks;
  const rest = { ...(choices && { choices }), ...(asks && { asks }) };
  if (at < 0) return { text: lines(replies), ...rest };
  const facts = replies[at]!.facts!;
  const text = [lines(replies.slice(0, at)), replies[at]!.text].filter(Boolean).join('\n\n');
  const after = [replies[at]!.after, lines(replies.slice(at + 1))].filter(Boolean).join('\n\n');
  return { text, facts, ...(after && { after }), ...rest };
}
