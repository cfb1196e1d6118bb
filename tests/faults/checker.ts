import type { History, Said, Seen } from './history.ts';

/** What the database holds when everything has come to rest. */
export interface Stored {
  /** All activities of each conversation, in order. */
  conversations: ReadonlyMap<string, readonly StoredLine[]>;
  /** The ids of all that was to be delivered to the outside. */
  due: readonly string[];
}

export type StoredLine = Pick<Seen, 'seq' | 'id' | 'role' | 'text' | 'key' | 'replyToId'>;

/** A promise of docs/reliability.md that a history breaks. */
export interface Violation {
  promise:
    | 'acknowledged is kept'
    | 'refused is not stored'
    | 'nothing is invented'
    | 'once'
    | 'one answer'
    | 'one order'
    | 'no gap, no repeat'
    | 'seen to the end'
    | 'what is due is delivered';
  what: string;
}

/** Holds a history against what was stored. @returns everything that is wrong, nothing when all promises were kept */
export function check(history: History, { conversations, due }: Stored): Violation[] {
  const said = groupedBy(history.said(), ({ conversation }) => conversation);
  const seen = groupedBy(history.seen(), ({ client, conversation }) => `${client} of ${conversation}`);
  const linesOf = (conversation: string): readonly StoredLine[] => conversations.get(conversation) ?? [];
  return [
    ...[...said].flatMap(([conversation, those]) => checkSaid(those, linesOf(conversation))),
    ...[...conversations].flatMap(([conversation, lines]) =>
      checkConversation(conversation, lines, said.get(conversation) ?? []),
    ),
    ...[...seen].flatMap(([observer, those]) =>
      checkObserver(observer, those, linesOf(those[0]!.conversation)),
    ),
    ...checkDeliveries(
      history.delivered().map(({ id }) => id),
      due,
    ),
  ];
}

/** What customers were told of their messages is true, and the order of those said one after the other is kept. */
function checkSaid(said: readonly Said[], lines: readonly StoredLine[]): Violation[] {
  const wrong: Violation[] = [];
  const lineOf = new Map(lines.flatMap((line) => (line.key === undefined ? [] : [[line.key, line]])));
  for (const [key, tries] of groupedBy(said, (event) => event.key)) {
    const ids = new Set(tries.flatMap(({ phase, id }) => (phase === 'ok' && id ? [id] : [])));
    const line = lineOf.get(key);
    if (ids.size > 1)
      wrong.push({ promise: 'once', what: `${key} was acknowledged as ${[...ids].join(', ')}` });
    if (ids.size > 0 && (!line || !ids.has(line.id)))
      wrong.push({ promise: 'acknowledged is kept', what: `${key} was acknowledged and is not stored` });
    const refusedOnly = tries.every(({ phase }) => phase === 'invoke' || phase === 'fail');
    if (line && refusedOnly && tries.some(({ phase }) => phase === 'fail'))
      wrong.push({ promise: 'refused is not stored', what: `${key} was refused and is stored` });
  }
  // What was said once something else had been acknowledged stands after it.
  const floor = new Map<string, number>();
  let acknowledged = 0;
  for (const { phase, key } of said) {
    if (!floor.has(key)) floor.set(key, acknowledged);
    if (phase === 'ok') acknowledged = Math.max(acknowledged, lineOf.get(key)?.seq ?? 0);
  }
  for (const [key, after] of floor) {
    const seq = lineOf.get(key)?.seq;
    if (seq !== undefined && seq <= after)
      wrong.push({ promise: 'one order', what: `${key} is at ${seq} and was said after ${after} was there` });
  }
  return wrong;
}

/** Each message once, each answered once, places 1, 2, 3… */
function checkConversation(
  conversation: string,
  lines: readonly StoredLine[],
  said: readonly Said[],
): Violation[] {
  const wrong: Violation[] = [];
  const invoked = new Set(said.map(({ key }) => key));
  const count = new Map<string, number>();
  const answers = new Map<string, number>();
  for (const { role, replyToId } of lines)
    if (role === 'bot' && replyToId) answers.set(replyToId, (answers.get(replyToId) ?? 0) + 1);
  lines.forEach(({ seq, id, role, key }, i) => {
    if (seq !== i + 1)
      wrong.push({ promise: 'no gap, no repeat', what: `${conversation} has ${seq} at place ${i + 1}` });
    if (role !== 'customer') return;
    const answered = answers.get(id) ?? 0;
    if (answered !== 1) wrong.push({ promise: 'one answer', what: `${id} has ${answered} answers` });
    if (key === undefined) return;
    if (!invoked.has(key)) wrong.push({ promise: 'nothing is invented', what: `nobody said ${key}` });
    count.set(key, (count.get(key) ?? 0) + 1);
  });
  for (const [key, times] of count)
    if (times > 1) wrong.push({ promise: 'once', what: `${key} is stored ${times} times` });
  return wrong;
}

/** An observer sees what is stored, in its order, without a gap or a repeat, to the end. */
function checkObserver(observer: string, seen: readonly Seen[], lines: readonly StoredLine[]): Violation[] {
  const wrong: Violation[] = [];
  let before = seen[0]!.seq - 1;
  for (const { seq, id, text } of seen) {
    if (seq !== before + 1)
      wrong.push({ promise: 'no gap, no repeat', what: `${observer}: ${seq} came after ${before}` });
    before = seq;
    const line = lines[seq - 1];
    if (line?.id !== id || line.text !== text)
      wrong.push({ promise: 'one order', what: `${observer}: ${seq} is ${id}, stored is ${line?.id}` });
  }
  if (before < lines.length)
    wrong.push({ promise: 'seen to the end', what: `${observer}: ${before} of ${lines.length}` });
  return wrong;
}

/** At least once, under ids that are known: a delivery made twice bears one id, so the other side can tell. */
function checkDeliveries(delivered: readonly string[], due: readonly string[]): Violation[] {
  const there = new Set(delivered);
  const known = new Set(due);
  return [
    ...due
      .filter((id) => !there.has(id))
      .map((id): Violation => ({ promise: 'what is due is delivered', what: `${id} was not delivered` })),
    ...[...there]
      .filter((id) => !known.has(id))
      .map((id): Violation => ({ promise: 'nothing is invented', what: `${id} was delivered and not due` })),
  ];
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
