import { redact, type RedactionLine } from '../../bot/redaction.ts';
import type { Store, StoredActivity } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import { teamsTexts } from './texts.ts';

/** How far back a card number may have begun, in messages. */
const LINES_FOR_REDACTION = 12;

/** The key of a message's turn, by which its edits find it again. */
export function messageKey(activityId: string): string {
  return `teams:${activityId}`;
}

interface Parts {
  store: Store;
  turns: Turns;
}

/** The customer changed a message: the transcript shows the new text, redacted like any other. It is not answered again. */
export function editMessage(
  parts: Parts,
  conversationId: string,
  activityId: string,
  text: string,
): Promise<void> {
  return rewrite(parts, conversationId, activityId, async (said) => {
    const from = Math.max(0, said.seq - 1 - LINES_FOR_REDACTION);
    const before = await parts.store.activities(conversationId, from, said.seq - 1 - from);
    const redaction = redact(text, before.map(asLine));
    return [
      ...redaction.earlier.map((line) => ({ seq: before[line.index]!.seq, text: line.text })),
      { seq: said.seq, text: teamsTexts.edited(redaction.text) },
    ];
  });
}

/** The customer deleted a message: its text leaves the transcript and the database's file. */
export function deleteMessage(parts: Parts, conversationId: string, activityId: string): Promise<void> {
  return rewrite(parts, conversationId, activityId, async (said) => [
    { seq: said.seq, text: teamsTexts.deleted },
  ]);
}

async function rewrite(
  { store, turns }: Parts,
  conversationId: string,
  activityId: string,
  how: (said: StoredActivity) => Promise<{ seq: number; text: string }[]>,
): Promise<void> {
  if (!(await store.conversation(conversationId))) return;
  await turns.change(conversationId, async () => {
    const turn = await store.answeredBefore(conversationId, messageKey(activityId));
    const said = turn?.find(({ role }) => role === 'customer');
    return said && { rewritten: await how(said) };
  });
}

function asLine({ role, activity }: StoredActivity): RedactionLine {
  return { from: role, text: activity.text ?? '' };
}
