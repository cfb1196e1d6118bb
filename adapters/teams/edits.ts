import { HISTORY_LINES } from '../../bot/redaction.ts';
import { redactSaid } from '../../bot/redactSaid.ts';
import type { Store, StoredActivity } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import { teamsTexts } from './texts.ts';

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
    const from = Math.max(0, said.seq - 1 - HISTORY_LINES);
    const lines = await parts.store.activities(conversationId, from);
    return editedLines(lines, said.seq, text);
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

/** The edited line, and the others that change with it: what was said after may now end a number that it begins. */
function editedLines(lines: StoredActivity[], seq: number, text: string): { seq: number; text: string }[] {
  const now = lines.map((line) => ({ ...line, activity: { ...line.activity } }));
  const changed = new Map<number, string>();
  const write = (place: number, words: string): void => {
    now.find((line) => line.seq === place)!.activity.text = words;
    changed.set(place, words);
  };
  for (const [i, line] of now.entries()) {
    if (line.seq < seq || line.role !== 'customer') continue;
    const said = line.seq === seq ? text : (line.activity.text ?? '');
    const redacted = redactSaid(said, 'customer', now.slice(0, i));
    for (const earlier of redacted.rewritten) write(earlier.seq, earlier.text);
    if (line.seq === seq || redacted.text !== said) write(line.seq, redacted.text);
  }
  changed.set(seq, teamsTexts.edited(changed.get(seq) ?? ''));
  return [...changed].map(([place, words]) => ({ seq: place, text: words }));
}
