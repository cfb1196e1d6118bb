import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openSqliteStore } from '../adapters/storage/sqlite.ts';
import { readConfig } from '../bot/config.ts';
import { createBot, type Knowledge, loadKnowledge } from '../bot/createBot.ts';
import type { Store, StoredActivity, Ticket } from '../bot/store.ts';
import { runTimer } from '../bot/returning.ts';
import { Timers } from '../bot/timers.ts';
import { Turns } from '../bot/turn.ts';
import { MODEL_FOLDER } from './modelFolder.ts';

/** A working Wednesday, 14 h 30 in Paris. */
export const WEDNESDAY = '2026-03-18T14:30:00+01:00';

/** The files are read once a process; bot and store are new on every turn. */
let knowledge: Knowledge | undefined;

export interface Said {
  text: string;
  choices: string[];
  /** The detail asked for, by name. */
  asks?: string;
}

/**
 * A customer in a conversation test. The bot and the store are built anew for each message, over one database file, so
 * that every conversation test is a restart test.
 */
export class Chat {
  readonly conversationId = 'conversation';
  private readonly folder = mkdtempSync(join(tmpdir(), 'guichet-chat-'));
  private now: Date;
  private readonly settings: Record<string, string>;

  private readonly channel: string;
  /** In place of the trained classifier, where a test is about what follows from a guess. */
  classifier: Knowledge['classifier'] | undefined;

  constructor(now: string | Date = WEDNESDAY, settings: Record<string, string> = {}, channel = 'test') {
    this.now = new Date(now);
    this.settings = settings;
    this.channel = channel;
  }

  /** Opens the conversation; gives the bot's first words. */
  open(): Promise<Said> {
    return this.turn('start', '');
  }

  /** Types a message; gives the bot's one answer. */
  says(text: string): Promise<Said> {
    return this.turn('message', text);
  }

  /** Types several messages; gives the answer to the last one. */
  async saysInTurn(...lines: string[]): Promise<Said> {
    let answer: Said = { text: '', choices: [] };
    for (const line of lines) answer = await this.says(line);
    return answer;
  }

  /** Types a message that a human will answer: the bot says nothing. */
  async saysSilently(text: string): Promise<void> {
    const activities = await this.run('message', text);
    if (activities.some(({ role }) => role === 'bot')) throw new Error('The bot spoke while a human talks.');
  }

  at(now: string | Date): void {
    this.now = new Date(now);
  }

  /** Lets time pass, and what is due then happen; gives what the bot says by itself, if anything. */
  async waits(minutes: number): Promise<Said | undefined> {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    return this.withTurns(async (turns, store) => {
      const { lastSeq } = (await store.conversation(this.conversationId))!;
      const log = pino({ level: 'silent' });
      const act = runTimer(turns);
      const timers = new Timers({ store, now: () => this.now, log }, { idle: act, callback: act });
      await timers.pass();
      const spoken = await store.activities(this.conversationId, lastSeq);
      return spoken.length > 0 ? said(spoken) : undefined;
    });
  }

  tickets(): Promise<Ticket[]> {
    return this.withStore((store) => store.ticketsOf(this.conversationId));
  }

  transcript(): Promise<string[]> {
    return this.withStore(async (store) =>
      (await store.activities(this.conversationId)).map(
        ({ role, activity }) => `${role}: ${activity.text ?? ''}`,
      ),
    );
  }

  /** What lies in the database, for tests of what must not. */
  async withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
    const store = await openSqliteStore(this.folder);
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async turn(kind: 'start' | 'message', text: string): Promise<Said> {
    return said(await this.run(kind, text));
  }

  private run(kind: 'start' | 'message', text: string): Promise<StoredActivity[]> {
    return this.withTurns(async (turns) => {
      const from = { id: 'customer' };
      return (await turns.run({ conversationId: this.conversationId, kind, from, text })).activities;
    });
  }

  /** A bot and a store of their own, for one turn. */
  private withTurns<T>(use: (turns: Turns, store: Store) => Promise<T>): Promise<T> {
    return this.withStore(async (store) => {
      const config = readConfig({ DATA_DIR: MODEL_FOLDER, ...this.settings });
      const turns = new Turns({
        store,
        bot: createBot(config, store, {
          ...(knowledge ??= loadKnowledge(MODEL_FOLDER)),
          ...(this.classifier && { classifier: this.classifier }),
        }),
        now: () => this.now,
        log: pino({ level: 'silent' }),
        publish: () => undefined,
      });
      await store.openConversation({
        id: this.conversationId,
        channel: this.channel,
        userId: 'customer',
        now: this.now,
      });
      return use(turns, store);
    });
  }
}

function said(activities: StoredActivity[]): Said {
  const answers = activities.filter(({ role, activity }) => role === 'bot' && activity.type === 'message');
  // One message a turn is a promise; a second one must not hide in a test.
  if (answers.length !== 1) throw new Error(`The bot sent ${answers.length} messages in one turn.`);
  const { activity } = answers[0]!;
  const { asks } = activity.channelData as { asks?: string };
  return {
    ...(asks !== undefined && { asks }),
    text: (activity.text ?? '').replace(/[\u00a0\u202f]/g, ' '),
    choices: activity.suggestedActions?.actions.map((action) => action.title) ?? [],
  };
}
