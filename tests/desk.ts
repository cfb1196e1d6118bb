import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { AgentDesk } from '../bot/agentDesk.ts';
import type { DeskParts, DeskResult } from '../bot/deskDecision.ts';
import { readConfig } from '../bot/config.ts';
import { createBot, type Knowledge, loadKnowledge } from '../bot/createBot.ts';
import type { Handoff, Store } from '../bot/store.ts';
import { SupportHours } from '../bot/supportHours.ts';
import { Timers } from '../bot/timers.ts';
import { deskTimers } from '../bot/deskTimers.ts';
import { Turns } from '../bot/turn.ts';
import type { Chat } from './chat.ts';
import { MODEL_FOLDER } from './modelFolder.ts';

export const LEA = { id: 'lea', name: 'Léa' };
export const MARC = { id: 'marc', name: 'Marc' };

let knowledge: Knowledge | undefined;

/** The agents' side of a conversation test; like the chat's, everything is built anew for each step. */
export class TestDesk {
  private readonly chat: Chat;
  private now: Date;

  constructor(chat: Chat, now: string) {
    this.chat = chat;
    this.now = new Date(now);
  }

  at(now: string): void {
    this.now = new Date(now);
    this.chat.at(now);
  }

  /** These agents exist, and are at the desk. */
  present(...agents: { id: string; name: string }[]): Promise<void> {
    return this.chat.withStore(async (store) => {
      for (const { id, name } of agents) {
        if (!(await store.agents.byId(id)))
          await store.agents.add({ id, name, email: `${id}@shop.fr`, passwordHash: 'x', role: 'agent' });
        await store.desk.setPresence(id, 'online', this.now);
      }
    });
  }

  /** What an agent does; gives the result. */
  does(step: (desk: AgentDesk, reference: string) => Promise<DeskResult>): Promise<DeskResult> {
    return this.chat.withStore(async (store) => {
      const [ticket] = await store.ticketsOf(this.chat.conversationId);
      return step(this.desk(store), ticket!.reference);
    });
  }

  replies(agent: typeof LEA, text: string, after = 9_999): Promise<DeskResult> {
    return this.does((desk, reference) => desk.reply(reference, agent, { text, after, key: randomUUID() }));
  }

  releaseVanished(): Promise<void> {
    return this.chat.withStore((store) => this.desk(store).releaseVanished());
  }

  /** Lets everything happen that is due. */
  timersPass(): Promise<void> {
    return this.chat.withStore((store) =>
      new Timers(
        { store, now: () => this.now, log: pino({ level: 'silent' }) },
        deskTimers(this.parts(store)),
      ).pass(),
    );
  }

  live(): Promise<Handoff | undefined> {
    return this.chat.withStore((store) => store.desk.live(this.chat.conversationId));
  }

  private desk(store: Store): AgentDesk {
    return new AgentDesk(this.parts(store));
  }

  private parts(store: Store): DeskParts {
    const config = readConfig({ DATA_DIR: MODEL_FOLDER });
    const now = (): Date => this.now;
    const turns = new Turns({
      store,
      bot: createBot(config, store, (knowledge ??= loadKnowledge(MODEL_FOLDER))),
      now,
      log: pino({ level: 'silent' }),
      publish: () => undefined,
    });
    return { store, turns, hours: new SupportHours(), now };
  }
}
