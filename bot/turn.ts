import type { Logger } from 'pino';
import type { Now } from './clock.ts';
import { customerTurn, type Incoming } from './customerTurn.ts';
import type {
  CommitResult,
  ConversationRecord,
  OutboxRow,
  Store,
  StoredActivity,
  TurnCommit,
} from './store.ts';
import type { SupportBot } from './supportBot.ts';
import { type TurnReport, TurnWatch } from './turnReport.ts';

/** The activities of the turn: the customer's message first (if there was one), then the answer. */
export interface TurnResult {
  activities: StoredActivity[];
  /** The message had been taken in before; these are the stored activities. */
  replayed: boolean;
}

/**
 * What is written to a conversation by someone else than its customer: an agent, a timer, a helpdesk. Without `state`
 * the bot's memory stays as it is.
 */
export type Change = Partial<Omit<TurnCommit, 'conversationId' | 'version'>>;

export interface TurnParts {
  store: Store;
  bot: Pick<SupportBot, 'run'>;
  now: Now;
  log: Logger;
  /** Called after the commit, with what was written. */
  publish(activities: StoredActivity[]): void;
  /** For channels that read from no socket: the outbox row by which the message at `seq`, of the bot or an agent, leaves. */
  outgoing?(conversation: ConversationRecord, seq: number): OutboxRow | undefined;
  /** Called when a turn has ended, however it did. */
  ended?(report: TurnReport): void;
}

/** There is no such conversation, or no more; it is opened before its first turn. */
export class NoConversationError extends Error {
  constructor() {
    super('The turn’s conversation is not in the store; open it before its first turn.');
    this.name = 'NoConversationError';
  }
}

/** A turn was not stored; its cause is why. */
export class TurnFailedError extends Error {
  readonly ids: TurnWatch['ids'];

  constructor(ids: TurnWatch['ids'], cause: unknown) {
    super('The turn failed; nothing of it was stored.', { cause });
    this.name = 'TurnFailedError';
    this.ids = ids;
  }
}

/** What further lines of the log say of a turn, where it is one that an error comes from. */
export function turnOf(error: unknown): Partial<TurnWatch['ids']> {
  return error instanceof TurnFailedError ? error.ids : {};
}

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
   * @throws NoConversationError; TurnFailedError: then nothing was stored and nothing may be acknowledged.
   */
  run(incoming: Incoming): Promise<TurnResult> {
    const { conversationId, key, alsoKey } = incoming;
    const turn = new TurnWatch(conversationId, incoming.kind);
    return this.watched(turn, [key, alsoKey], (conversation) => this.once(incoming, conversation, turn));
  }

  /**
   * A turn that the customer did not begin: an agent's message, a reminder, a handoff that moves on. It stands in the
   * conversation's queue and is committed like any other; what it returns is published after.
   * @param decide called with the conversation as it is, and again when another process was faster; undefined changes nothing
   * @param key the same key is the same change, however often it is asked for
   * @returns the activities written
   */
  change(
    conversationId: string,
    decide: (conversation: ConversationRecord, at: Date) => Promise<Change | undefined> | Change | undefined,
    key?: string,
  ): Promise<TurnResult> {
    const { now } = this.parts;
    const turn = new TurnWatch(conversationId, 'change');
    return this.watched(turn, [key], async (conversation) => {
      const change = await decide(conversation, now());
      if (!change) return { outcome: 'committed', activities: [] };
      return this.write(conversation, { ...change, ...(key !== undefined && { key }) }, turn);
    });
  }

  /** Erases a conversation when its running turn has ended; a message that comes after finds no conversation. */
  erase(conversationId: string): Promise<void> {
    return this.inOrder(conversationId, async () => {
      await this.parts.store.eraseConversation(conversationId);
      await this.noteErasure(conversationId);
    });
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

  /** Runs a turn in its conversation's order, and tells how it ended. */
  private async watched(
    turn: TurnWatch,
    keys: readonly (string | undefined)[],
    write: (conversation: ConversationRecord) => Promise<CommitResult>,
  ): Promise<TurnResult> {
    const running = this.inOrder(turn.ids.conversationId, () => this.commit(turn, keys, write));
    const outcome = await running.then(
      ({ replayed }) => (replayed ? 'replayed' : 'committed'),
      (error: unknown) => {
        if (error instanceof NoConversationError) throw error;
        this.parts.log.error({ ...turn.ids, err: error }, 'a turn failed; nothing of it was stored');
        return new TurnFailedError(turn.ids, error);
      },
    );
    const failed = outcome instanceof TurnFailedError;
    const report = turn.report(failed ? 'failed' : outcome);
    const ms = report.to - report.from;
    this.parts.log.debug({ ...turn.ids, kind: report.kind, outcome: report.outcome, ms }, 'a turn ended');
    this.parts.ended?.(report);
    if (failed) throw outcome;
    return running;
  }

  private async commit(
    turn: TurnWatch,
    keys: readonly (string | undefined)[],
    write: (conversation: ConversationRecord) => Promise<CommitResult>,
  ): Promise<TurnResult> {
    const { store } = this.parts;
    const { conversationId } = turn.ids;
    for (; turn.conflicts < MOST_CONFLICTS; turn.conflicts += 1) {
      turn.begin('read');
      const conversation = await store.conversation(conversationId);
      if (!conversation) throw new NoConversationError();
      // After the version: a key that another process writes from now on makes the commit a conflict.
      for (const key of keys) {
        const before = key && (await store.answeredBefore(conversationId, key));
        if (before) return { activities: before, replayed: true };
      }
      const written = await write(conversation);
      if (written.outcome === 'conflict') continue;
      turn.begin('publish');
      this.parts.publish(written.activities);
      return { activities: written.activities, replayed: false };
    }
    throw new Error(
      `The turn met ${MOST_CONFLICTS} conflicts in a row; the conversation is written to by something else.`,
    );
  }

  /** One commit: the change, and the rows by which its messages leave for channels without a socket. */
  private async write(
    conversation: ConversationRecord,
    change: Change,
    turn: TurnWatch,
  ): Promise<CommitResult> {
    const { store } = this.parts;
    turn.begin('commit');
    const { activities = [], outbox = [] } = change;
    // The commit is refused when another was faster, so the numbers are those that the store will give.
    const leaving = activities.flatMap(({ role, activity }, i) => {
      if (role === 'customer' || activity.type !== 'message') return [];
      return this.parts.outgoing?.(conversation, conversation.lastSeq + 1 + i) ?? [];
    });
    const result = await store.commitTurn({
      rewritten: [],
      tickets: [],
      ...change,
      activities,
      outbox: [...outbox, ...leaving],
      conversationId: conversation.id,
      version: conversation.version,
    });
    if (result.outcome === 'committed') {
      turn.written = change;
      turn.queued = outbox.length + leaving.length;
    }
    return result;
  }

  private async once(
    incoming: Incoming,
    conversation: ConversationRecord,
    turn: TurnWatch,
  ): Promise<CommitResult> {
    const change = await customerTurn(this.parts, incoming, conversation, turn);
    const written = await this.write(conversation, change, turn);
    if (change.forget && written.outcome === 'committed') await this.noteErasure(conversation.id);
    return written;
  }

  private noteErasure(conversationId: string): Promise<void> {
    const at = this.parts.now();
    const subject = `conversation ${conversationId}`;
    return this.parts.store.audit.add({ at, actor: 'customer', action: 'erased', subject });
  }
}
