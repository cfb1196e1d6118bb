import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import { joinReplies, type Reply } from '../dialogs/reply.ts';
import type { Now } from './clock.ts';
import type { ContactForm } from './contactForm.ts';
import { newMemory, readMemory } from './memory.ts';
import { HISTORY_LINES, redact } from './redaction.ts';
import { redactStrings } from './redactActivity.ts';
import { forgetInTickets, redactSaid } from './redactSaid.ts';
import { renderReply } from './render.ts';
import type {
  CommitResult,
  ConversationRecord,
  Handoff,
  OutboxRow,
  Rating,
  Store,
  StoredActivity,
  Ticket,
  TimerChange,
  TurnCommit,
  Upload,
} from './store.ts';
import type { SupportBot } from './supportBot.ts';
import { texts } from './texts.ts';
import { type TurnReport, TurnWatch } from './turnReport.ts';

/** What a channel hands over: a message in its conversation, checked and of bounded size, or the conversation's start; or a timer that is due. */
export interface Incoming {
  conversationId: string;
  kind: 'message' | 'start' | 'timer';
  from: { id: string; name?: string };
  /** What was said; of a timer, its kind. */
  text: string;
  /** The text was longer than a message may be, and is its beginning. */
  cut?: boolean;
  channelData?: Record<string, unknown>;
  /** Who it is, when the shop vouches for it. */
  customer?: { id: string; name?: string; email?: string };
  /** The message is a contact form: text and all that is asked at once. */
  form?: ContactForm;
  /** Files that came with the message, of a known type and bounded size. */
  uploads?: readonly Upload[];
  /** Idempotency key: the same key is the same message, however often it comes. */
  key?: string;
  /** A second key of the message, for channels that resend it under another id. */
  alsoKey?: string;
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
  updatedTickets: Ticket[];
  outbox: OutboxRow[];
  timers: TimerChange[];
  /** Written between the customer's message and the answer. */
  events: Entry[];
  handoff?: Handoff;
  ratings: Rating[];
  /** The message taught nothing: agents may label it. */
  notUnderstood?: true;
  /** The customer wants all that was said and done before erased, and confirmed it. */
  forget?: true;
  /** A human is talking: even what is said of itself is not said. */
  silent?: true;
}

function noEffects(): Effects {
  return { tickets: [], updatedTickets: [], outbox: [], timers: [], events: [], ratings: [] };
}

type Entry = TurnCommit['activities'][number];

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
      await this.noteErasure(conversationId, this.parts.now());
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
        this.parts.log.error({ ...turn.ids, err: error }, 'a turn failed; nothing of it was stored');
        return 'failed' as const;
      },
    );
    const report = turn.report(outcome);
    const ms = report.to - report.from;
    this.parts.log.debug({ ...turn.ids, kind: report.kind, outcome, ms }, 'a turn ended');
    this.parts.ended?.(report);
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
      for (const key of keys) {
        const before = key && (await store.answeredBefore(conversationId, key));
        if (before) return { activities: before, replayed: true };
      }
      const conversation = await store.conversation(conversationId);
      if (!conversation)
        throw new Error('The turn’s conversation is not in the store; open it before its first turn.');
      const written = await write(conversation);
      if (written.outcome === 'conflict') continue;
      turn.begin('publish');
      if (written.outcome === 'committed') this.parts.publish(written.activities);
      return { activities: written.activities, replayed: written.outcome === 'duplicate' };
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
      state: conversation.state,
      tickets: [],
      ...change,
      activities,
      outbox: [...outbox, ...leaving],
      conversationId: conversation.id,
      version: conversation.version,
    });
    if (result.outcome === 'committed') turn.written = change;
    return result;
  }

  private async once(
    incoming: Incoming,
    conversation: ConversationRecord,
    turn: TurnWatch,
  ): Promise<CommitResult> {
    const { store, bot, now, log } = this.parts;
    const at = now();
    const history = await store.lastActivities(conversation.id, HISTORY_LINES);
    turn.begin('redact');
    const redaction = redactSaid(incoming.text, 'customer', history);
    turn.removed = redaction.removed;
    const { rewritten } = redaction;
    const uploads = incoming.uploads?.map((file) => ({ ...file, name: redact(file.name).text }));

    const said: Reply[] = [];
    let effects = noEffects();
    const memory = redaction.forget(readMemory(conversation.state));
    memory.removed.push(...redaction.removed);
    if (incoming.customer?.email !== undefined) memory.known['email'] ??= incoming.customer.email;
    if (incoming.cut) said.push({ text: texts.cut });
    if (redaction.removed.length > 0) said.push({ text: texts.removed(redaction.removed) });
    let state: unknown = memory;
    const customer = customerActivity(
      { ...incoming, ...(uploads && { uploads }) },
      redaction.text,
      conversation,
      at,
    );
    turn.begin('bot');
    try {
      const heard = history.findLast(({ role }) => role === 'customer');
      await bot.run({
        activity: customer,
        conversation,
        now: at,
        memory,
        effects,
        ...(heard && { lastHeard: { at: heard.at, text: heard.activity.text ?? '' } }),
        say: (reply) => said.push(reply),
      });
      if (incoming.uploads?.length && !effects.silent)
        said.unshift({ text: texts.filesReceived(incoming.uploads.length) });
    } catch (error) {
      log.error({ ...turn.ids, err: error }, 'the bot failed on a turn; the customer got an apology');
      // A timer that failed says nothing, and is acted on again; the customer did nothing to be answered.
      if (incoming.kind === 'timer') throw error;
      turn.apologised = true;
      said.splice(0, said.length, texts.apology);
      effects = noEffects();
      state = conversation.state;
    }

    const reply = joinReplies(said);
    const activities: Entry[] = [
      ...(incoming.kind === 'message' ? [{ role: 'customer' as const, at, activity: customer }] : []),
      ...effects.events,
      ...(reply ? [{ role: 'bot' as const, at, activity: renderReply(reply, conversation, at) }] : []),
    ];
    const change: Change = {
      ...(incoming.key !== undefined && { key: incoming.key }),
      ...(incoming.alsoKey !== undefined && { alsoKey: incoming.alsoKey }),
      activities,
      rewritten,
      ...(uploads && { uploads }),
      state,
      tickets: effects.tickets,
      updatedTickets: [...(await forgetInTickets(store, conversation, redaction)), ...effects.updatedTickets],
      outbox: effects.outbox,
      timers: effects.timers,
      ratings: effects.ratings,
      ...(effects.handoff && { handoff: effects.handoff }),
      ...(effects.notUnderstood && {
        misunderstood: [{ seq: conversation.lastSeq + 1, text: redaction.text, at }],
      }),
    };
    if (!effects.forget) return this.write(conversation, change, turn);
    // Of this turn only what is said in it stays; that there was a wish is noted, without a word of what went.
    const forgetting: Change = { forget: true, activities, state: newMemory() };
    const written = await this.write(
      conversation,
      { ...forgetting, ...(incoming.key !== undefined && { key: incoming.key }) },
      turn,
    );
    if (written.outcome === 'committed') await this.noteErasure(conversation.id, at);
    return written;
  }

  private noteErasure(conversationId: string, at: Date): Promise<void> {
    const subject = `conversation ${conversationId}`;
    return this.parts.store.audit.add({ at, actor: 'customer', action: 'erased', subject });
  }
}

const ACTIVITY_TYPES = { message: 'message', start: 'conversationUpdate', timer: 'event' } as const;

/** Clients find their message again by this id, so it comes back as it was: letters and short numbers. */
function ownId(channelData: Record<string, unknown> | undefined): { clientActivityID?: string } {
  const id = channelData?.['clientActivityID'];
  const isOwn = typeof id === 'string' && /^(?!.*\d{12})[\w.:|-]*[a-z][\w.:|-]*$/i.test(id);
  return isOwn ? { clientActivityID: id } : {};
}

function customerActivity(
  incoming: Incoming,
  text: string,
  conversation: ConversationRecord,
  at: Date,
): Partial<Activity> {
  return {
    type: ACTIVITY_TYPES[incoming.kind],
    ...(incoming.kind === 'timer' && { name: incoming.text }),
    channelId: conversation.channel,
    conversation: { id: conversation.id } as Activity['conversation'],
    from: { id: incoming.from.id, name: redact(incoming.from.name ?? '').text, role: 'user' },
    recipient: { id: 'guichet', name: 'Guichet', role: 'bot' },
    timestamp: at,
    locale: 'fr-FR',
    text,
    ...(incoming.uploads?.length && {
      attachments: incoming.uploads.map(({ id, name, contentType }) => ({
        contentType,
        name,
        contentUrl: `upload:${id}`,
      })),
    }),
    ...(incoming.form && { value: { form: redactStrings(incoming.form) } }),
    ...((incoming.channelData || incoming.customer) && {
      // Who the customer is, only the shop can say: what a client claims of it is overwritten.
      channelData: {
        ...redactStrings({ ...incoming.channelData, customer: incoming.customer }),
        ...ownId(incoming.channelData),
      },
    }),
  };
}
