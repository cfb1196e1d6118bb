import type { Activity } from 'botbuilder';
import type { Reply } from '../dialogs/reply.ts';
import type { Finders } from '../dialogs/slots.ts';
import type { Classification, ClassifyOptions } from '../knowledge/classifier.ts';
import type { Found } from '../knowledge/guide.ts';
import type { Memory } from './memory.ts';
import type { ConversationRecord, Ticket } from './store.ts';
import type { SupportHours } from './supportHours.ts';
import type { Effects } from './customerTurn.ts';

/** What the bot knows, as functions; `main` wires the real ones. */
export interface BotParts {
  classify(text: string, options?: ClassifyOptions): Classification;
  /** The articles of the guide that speak of the question, best first. */
  guide: { search(question: string): Found[] };
  hours: SupportHours;
  /** The finders of a turn whose time is `now`. */
  finders(now: Date): Finders;
  /** The tickets of a customer, oldest first, for "où en est mon ticket ?". */
  ticketsOfCustomer(userId: string): Promise<Ticket[]>;
  shopName: string;
  /** Where returns and withdrawals are explained. */
  returnsUrl?: string;
}

/** One turn, as the bot is given it. It may only `say`, fill `effects` and change `memory`. */
export interface BotTurn {
  /** A message; a conversationUpdate at the start; an event, named by its timer, when a timer is due. */
  activity: Partial<Activity>;
  conversation: ConversationRecord;
  now: Date;
  memory: Memory;
  effects: Effects;
  /** The customer's message before this one. */
  lastHeard?: { at: Date; text: string };
  say(reply: Reply): void;
}
