import { HISTORY_LINES, redact, type RedactionLine, type RemovedKind } from './redaction.ts';
import type { ConversationRecord, Store, StoredActivity, Ticket } from './store.ts';

/** What may be kept of something said, and what of the conversation must be written anew because of it. */
export interface RedactedSaid {
  text: string;
  removed: RemovedKind[];
  /** Earlier messages in which a number began, and those that repeat a part of it. */
  rewritten: { seq: number; text: string }[];
  /** A value that repeats what was said before, without the parts that were recognised late. */
  forget: <T>(value: T) => T;
}

/** Shorter parts of a number stand in too many texts that have nothing to do with it. */
const SHORTEST_ECHO = 4;

/**
 * Redacts what the customer, or an agent, says after `history`, oldest first. A number that was begun in earlier messages
 * leaves those too, and whatever repeats its parts.
 */
export function redactSaid(
  text: string,
  role: 'customer' | 'agent',
  history: readonly StoredActivity[],
): RedactedSaid {
  const recent = history.slice(-HISTORY_LINES);
  const redaction = redact(
    text,
    recent.map((line) => asLine(line, role)),
  );
  const { text: kept, removed } = redaction;
  if (redaction.earlier.length === 0) return { text: kept, removed, rewritten: [], forget: (value) => value };
  const before = (index: number): string => wordsOf(recent[index]!);
  const texts = redaction.earlier.map(({ index, text: after }): [string, string] => [before(index), after]);
  const echoes = redaction.earlier.flatMap(({ index, text: after }) => echoesOf(before(index), after));
  const forgetEchoes = (said: string): string =>
    echoes.reduce((kept, part) => kept.replaceAll(part, '[carte]'), said);
  const rewritten = recent.flatMap(({ seq, activity }, index) => {
    const late = redaction.earlier.find((line) => line.index === index);
    const said = activity.text ?? '';
    const left = late?.text ?? forgetEchoes(said);
    return left === said ? [] : [{ seq, text: left }];
  });
  return {
    text: kept,
    removed,
    rewritten,
    forget: (value) => forgetIn(value, texts, forgetEchoes),
  };
}

/** The tickets of the conversation that repeat what was recognised late, as they are to be from now on. */
export async function forgetInTickets(
  store: Pick<Store, 'ticketsOf'>,
  { id }: Pick<ConversationRecord, 'id'>,
  { rewritten, forget }: RedactedSaid,
): Promise<Ticket[]> {
  if (rewritten.length === 0) return [];
  return (await store.ticketsOf(id)).flatMap((ticket) => {
    const details = forget(ticket.details);
    return JSON.stringify(details) === JSON.stringify(ticket.details) ? [] : [{ ...ticket, details }];
  });
}

/** To redaction, who speaks now is the customer; an agent answers nobody's question for a number. */
function asLine(line: StoredActivity, speaker: 'customer' | 'agent'): RedactionLine {
  if (speaker === 'agent')
    return line.role === 'agent' ? { from: 'customer', text: wordsOf(line) } : { from: 'bot', text: '' };
  const choices = line.activity.suggestedActions?.actions.length;
  return { from: line.role, text: wordsOf(line), ...(choices !== undefined && { choices }) };
}

/** What was said, without the mark of a message that was edited. */
function wordsOf({ activity }: StoredActivity): string {
  return (activity.text ?? '').replace(/\s\(modifié\)$/, '');
}

/** The part that a mask took the place of, as typed and as its digits. */
function echoesOf(before: string, after: string): string[] {
  const mask = /\[(?:carte|IBAN)\]/.exec(after);
  const part = mask
    ? before.slice(mask.index, before.length - (after.length - mask.index - mask[0].length))
    : '';
  const digits = part.replace(/\D/g, '');
  return digits.length < SHORTEST_ECHO ? [] : [...new Set([part, digits])];
}

function forgetIn<T>(
  value: T,
  texts: readonly [string, string][],
  forgetEchoes: (said: string) => string,
): T {
  if (typeof value === 'string') {
    const whole = texts.find(([before]) => before === value);
    return (whole ? whole[1] : forgetEchoes(value)) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => forgetIn(one, texts, forgetEchoes)) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, forgetIn<unknown>(inner, texts, forgetEchoes)]),
    ) as T;
  }
  return value;
}
