import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import { joinReplies, type Reply } from '../dialogs/reply.ts';
import type { Now } from './clock.ts';
import { readMemory } from './memory.ts';
import { redact, type RedactionLine } from './redaction.ts';
import { redactStrings } from './redactActivity.ts';
import { renderReply } from './render.ts';
import type { ConversationRecord, OutboxRow, Store, StoredActivity, Ticket, Upload } from './store.ts';
import type { SupportBot } from './supportBot.ts';
import { texts } from './texts.ts';

/** What a channel hands over: a message in its conversation, checked and of bounded size, or the conversation's start. */
export interface Incoming {
  conversationId: string;
  kind: 'message' | 'start';
  from: { id: string; name?: string };
  text: string;
  /** The text was longer than a message may be, and is its beginning. */
  cut?: boolean;
  channelData?: Record<string, unknown>;
  /** Files that came with the message, of a known type and bounded size. */
  uploads?: readonly Upload[];
  /** Idempotency key: the same key is the same message, however often it comes. */
  key?: string;
}

/** The activities of the turn: the customer's message first (if there was one), then the answer. */
export interface TurnResult {
  activities: StoredActivity[];
  /** The message had been taken in before; these are the stored activities. */
  replayed: boolean;
}

/** What the bot may cause besides replies. All of it is written in the turn's one commit. */
export interface Effects {
  tickets: Ticket[];
  outbox: OutboxRow[];
}

export interface TurnParts {
  store: Store;
  bot: Pick<SupportBot, 'run'>;
  now: Now;
  log: Logger;
  /** Called after the commit, with what was written. */
  publish(activities: StoredActivity[]): void;
}

/** How far back a card number may have begun, in messages. */
const LINES_FOR_REDACTION = 12;
/** Another process may commit first; each loss means that someone else's turn went through. */
const MOST_CONFLICTS = 20;

/**
 * Runs turns as transactions: those of one conversation one after the other; state is read, the bot runs and is only
 * listened to, one commit writes everything, and only then is anything shown. See docs/architecture.md.
 */
export class Turns {
  private readonly parts: TurnParts;
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(parts: TurnParts) {
    this.parts = parts;
  }

  /**
   * @returns what was stored; the caller may acknowledge it.
   * @throws whatever the store throws: then nothing was stored and nothing may be acknowledged.
   */
  run(incoming: Incoming): Promise<TurnResult> {
    return this.inOrder(incoming.conversationId, () => this.attempt(incoming));
  }

  /** Erases a conversation when its running turn has ended; a message that comes after finds no conversation. */
  erase(conversationId: string): Promise<void> {
    return this.inOrder(conversationId, () => this.parts.store.eraseConversation(conversationId));
  }

  private inOrder<T>(conversationId: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(conversationId) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.queues.set(conversationId, turn);
    const forget = (): void => {
      if (this.queues.get(conversationId) === turn) this.queues.delete(conversationId);
    };
    turn.then(forget, forget);
    return turn;
  }

  /** Resolves when no turn is running. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.queues.values()]);
  }

  private async attempt(incoming: Incoming): Promise<TurnResult> {
    const { store } = this.parts;
    for (let tries = 0; tries < MOST_CONFLICTS; tries += 1) {
      const before = incoming.key && (await store.answeredBefore(incoming.conversationId, incoming.key));
      if (before) return { activities: before, replayed: true };
      const conversation = await store.conversation(incoming.conversationId);
      if (!conversation)
        throw new Error('The turn’s conversation is not in the store; open it before its first turn.');
      const written = await this.once(incoming, conversation);
      if (written.outcome === 'conflict') continue;
      if (written.outcome === 'committed') this.parts.publish(written.activities);
      return { activities: written.activities, replayed: written.outcome === 'duplicate' };
    }
    throw new Error(
      `The turn met ${MOST_CONFLICTS} conflicts in a row; the conversation is written to by something else.`,
    );
  }

  private async once(incoming: Incoming, conversation: ConversationRecord): ReturnType<Store['commitTurn']> {
    const { store, bot, now, log } = this.parts;
    const at = now();
    const history = await store.lastActivities(conversation.id, LINES_FOR_REDACTION);
    const redaction = redact(incoming.text, history.map(asLine));
    const rewritten = redaction.earlier.map(({ index, text }) => ({ seq: history[index]!.seq, text }));

    const said: Reply[] = [];
    const effects: Effects = { tickets: [], outbox: [] };
    const memory = forgetTexts(
      readMemory(conversation.state),
      redaction.earlier.map(({ index, text }) => [asLine(history[index]!).text, text]),
    );
    memory.removed.push(...redaction.removed);
    if (incoming.cut) said.push({ text: texts.cut });
    if (redaction.removed.length > 0) said.push({ text: texts.removed(redaction.removed) });
    if (incoming.uploads?.length) said.push({ text: texts.filesReceived(incoming.uploads.length) });
    let state: unknown = memory;
    try {
      const customer = customerActivity(incoming, redaction.text, conversation, at);
      await bot.run({
        activity: customer,
        conversation,
        now: at,
        memory,
        effects,
        say: (reply) => said.push(reply),
      });
    } catch (error) {
      log.error(
        { err: error, conversationId: conversation.id },
        'the bot failed on a turn; the customer got an apology',
      );
      said.splice(0, said.length, texts.apology);
      effects.tickets = [];
      effects.outbox = [];
      state = conversation.state;
    }

    const reply = joinReplies(said);
    const activities: Parameters<Store['commitTurn']>[0]['activities'] = [
      ...(incoming.kind === 'message'
        ? [
            {
              role: 'customer' as const,
              at,
              activity: customerActivity(incoming, redaction.text, conversation, at),
            },
          ]
        : []),
      ...(reply ? [{ role: 'bot' as const, at, activity: renderReply(reply, conversation, at) }] : []),
    ];
    return store.commitTurn({
      conversationId: conversation.id,
      version: conversation.version,
      ...(incoming.key !== undefined && { key: incoming.key }),
      activities,
      rewritten,
      ...(incoming.uploads && { uploads: incoming.uploads }),
      state,
      tickets: effects.tickets,
      outbox: effects.outbox,
    });
  }
}

function asLine({ role, activity }: StoredActivity): RedactionLine {
  return { from: role, text: activity.text ?? '' };
}

/** A text that redaction recognised late must leave the bot's memory too. */
function forgetTexts<T>(memory: T, changes: [string, string][]): T {
  const forgotten = changes.reduce(
    (json, [before, after]) =>
      before ? json.replaceAll(JSON.stringify(before), JSON.stringify(after)) : json,
    JSON.stringify(memory),
  );
  return JSON.parse(forgotten) as T;
}

function customerActivity(
  incoming: Incoming,
  text: string,
  conversation: ConversationRecord,
  at: Date,
): Partial<Activity> {
  return {
    type: incoming.kind === 'message' ? 'message' : 'conversationUpdate',
    channelId: conversation.channel,
    conversation: { id: conversation.id } as Activity['conversation'],
    from: { id: incoming.from.id, name: incoming.from.name ?? '', role: 'user' },
    recipient: { id: 'guichet', name: 'Guichet', role: 'bot' },
    timestamp: at,
    locale: 'fr-FR',
    text,
    ...(incoming.uploads?.length && {
      attachments: incoming.uploads.map(({ id, name, contentType }) => ({
        contentType,
        name: redact(name).text,
        contentUrl: `upload:${id}`,
      })),
    }),
    ...(incoming.channelData && { channelData: redactStrings(incoming.channelData) }),
  };
}
