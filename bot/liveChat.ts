import { readChoice } from '../dialogs/choices.ts';
import { fold } from '../dialogs/french.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { Finders } from '../dialogs/slots.ts';
import { readYesNo } from '../dialogs/yesNo.ts';
import { readCommand } from './commands.ts';
import { deskChoices, deskEvents, deskTexts } from './deskTexts.ts';
import { statusRow } from './deskEvent.ts';
import { humanInCharge, move, placeInQueue, statusEvent } from './handoff.ts';
import { noHandoffTimers, talkTimer } from './handoffTimers.ts';
import { joinQueue } from './joinQueue.ts';
import { type DeskMemory, openForm } from './memory.ts';
import { agentsPresent } from './presence.ts';
import { askForRating, takeRating, TALK_LENGTH } from './rating.ts';
import type { Handoff, Store } from './store.ts';
import type { BotTurn, SupportBot } from './supportBot.ts';
import type { SupportHours } from './supportHours.ts';
import { choices } from './texts.ts';

export interface LiveChatParts {
  bot: Pick<SupportBot, 'run'>;
  store: Pick<Store, 'desk' | 'ticketsOf' | 'lastActivities'>;
  hours: SupportHours;
  finders: (now: Date) => Finders;
}

/** "retour au bot", "je veux revenir à l'assistant"… */
const BACK_TO_BOT =
  /^(?:(?:je (?:veux|voudrais|prefere) )?(?:retour(?:ner)?|revenir|reviens|reparler|parler|passer|rendez[- ]moi) (?:au|a l'|vers l[e']|avec l[e'])\s?(?:bot|robot|assistant(?: automatique)?|chatbot|machine)|quitter (?:le chat|la file|la conversation))(?: svp| s'il vous plait)?$/;

/**
 * Who answers a turn first: the human in charge, if there is one. Otherwise the bot; and where it would pass the
 * customer on, what the desk can do right now: a talk when the support is open and someone is there, waiting or a ticket
 * when nobody is, a ticket when it is closed.
 */
export class LiveChat {
  private readonly parts: LiveChatParts;

  constructor(parts: LiveChatParts) {
    this.parts = parts;
  }

  /** Answers a turn, or keeps silent while a human is in charge. */
  async run(turn: BotTurn): Promise<void> {
    const { bot, store } = this.parts;
    if (turn.activity.type === 'conversationUpdate') return bot.run(turn);
    const handoff = await store.desk.live(turn.conversation.id);
    if (handoff) return this.during(turn, handoff);
    // A timer of the bot, not a message.
    if (turn.activity.type === 'event') return bot.run(turn);
    if (takeRating(turn)) return;
    const offered = deskOf(turn).offer;
    delete deskOf(turn).offer;
    if (offered) {
      const answer = readOffer(textOf(turn), offered);
      if (answer === 'chat') return this.queue(turn);
      if (answer === 'ticket') return this.runBot(turn, 'répéter');
    }
    return this.runBot(turn);
  }

  // ---- while a handoff is live ----

  private async during(turn: BotTurn, handoff: Handoff): Promise<void> {
    // The bot has nothing to remind of while the customer waits for a human or talks to one.
    if (turn.activity.type !== 'message') return;
    const text = textOf(turn);
    const said = fold(text).replace(/[\s.!]+$/, '');
    if (BACK_TO_BOT.test(said)) return this.backToBot(turn, handoff);
    const command = readCommand(text);
    if (humanInCharge(handoff)) {
      turn.effects.silent = true;
      turn.effects.timers.push(talkTimer(handoff, turn.now));
      if (command && !['human', 'repeat', 'goodbye'].includes(command)) {
        turn.say({ text: deskTexts.withAgent(handoff.owner!.name), choices: [{ title: deskChoices.bot }] });
      }
      return;
    }
    if (command === 'cancel' || readChoice(text, [{ title: deskChoices.ticket, value: 'ticket' }])) {
      return this.backToBot(turn, handoff, deskTexts.ticketKept(handoff.reference));
    }
    const place = placeInQueue(handoff, await this.parts.store.desk.allLive());
    turn.say({
      text: deskTexts.stillQueued(place),
      choices: [{ title: deskChoices.ticket }, { title: deskChoices.bot }],
    });
  }

  private async backToBot(
    turn: BotTurn,
    handoff: Handoff,
    text: string = deskTexts.backByCustomer(handoff.reference),
  ): Promise<void> {
    const { effects, conversation, now } = turn;
    const returned = move(handoff, 'return', now)!;
    effects.handoff = returned;
    effects.timers.push(...noHandoffTimers(handoff));
    effects.events.push(statusEvent(returned, deskEvents.returned, conversation, now));
    effects.outbox.push(statusRow(returned, now));
    turn.say({ text, choices: [{ title: choices.menu }] });
    const question = askForRating(
      deskOf(turn),
      handoff,
      await this.parts.store.lastActivities(conversation.id, TALK_LENGTH),
    );
    if (question) turn.say(question);
  }

  // ---- before one ----

  /** The bot's own turn; where it passes the customer on to a human, what the desk can do is offered in its place. */
  private async runBot(turn: BotTurn, text = textOf(turn)): Promise<void> {
    const { bot, hours } = this.parts;
    const said: Reply[] = [];
    const before = openForm(turn.memory)?.id;
    await bot.run({
      ...turn,
      activity: { ...turn.activity, text },
      say: (reply) => said.push(reply),
    });
    const open = hours.isOpen(turn.now);
    const wantsHuman =
      readCommand(text) === 'human' ||
      (openForm(turn.memory)?.id === 'human_agent' && before !== 'human_agent');
    const ticket = turn.effects.tickets.length > 0;
    // Only these two ask who is there, and most turns are neither.
    const present = open && (wantsHuman || ticket) ? await agentsPresent(this.parts.store, turn.now) : 0;
    if (wantsHuman && present > 0) return this.offerTalk(turn);
    if (wantsHuman && open) return this.offerToWait(turn, said);
    for (const reply of said) turn.say(reply);
    if (ticket && present > 0) {
      deskOf(turn).offer = 'talk';
      turn.say({
        text: deskTexts.offerAfterTicket,
        choices: [{ title: deskChoices.chat }, { title: choices.menu }],
      });
    }
  }

  private async offerTalk(turn: BotTurn): Promise<void> {
    deskOf(turn).offer = 'talk';
    if (this.parts.hours.closesSoon(turn.now)) turn.say({ text: deskTexts.closesSoon });
    const waiting = (await this.parts.store.desk.allLive()).filter(({ state }) => state === 'queued');
    turn.say({
      text: deskTexts.offer(waiting.length + 1),
      choices: [{ title: deskChoices.chat }, { title: deskChoices.ticket }],
    });
  }

  /** Nobody is there: the ticket goes on as the bot says it, and who would rather wait may. */
  private offerToWait(turn: BotTurn, said: readonly Reply[]): void {
    deskOf(turn).offer = 'wait';
    turn.say({ text: deskTexts.nobodyThere });
    for (const reply of said) turn.say(reply);
    const choices = said.findLast((reply) => reply.choices)?.choices ?? [];
    turn.say({ text: '', choices: [...choices, { title: deskChoices.wait }] });
  }

  /** Puts the customer into the queue, with what is known as a ticket. Hours are looked at again: time has passed. */
  private async queue(turn: BotTurn): Promise<void> {
    const { hours } = this.parts;
    const { memory, now } = turn;
    if (!hours.isOpen(now)) {
      turn.say({ text: deskTexts.closedMeanwhile(hours.nextOpening(now), now) });
      return this.runBot(turn, openForm(memory) ? 'répéter' : 'menu');
    }
    return joinQueue(turn, this.parts);
  }
}

function deskOf({ memory }: BotTurn): DeskMemory {
  return (memory.desk ??= {});
}

function textOf({ activity }: BotTurn): string {
  return (activity.text ?? '').trim();
}

function readOffer(text: string, offered: 'talk' | 'wait'): 'chat' | 'ticket' | undefined {
  if (offered === 'wait') {
    // The bot's own question stands beside it, so that "oui" answers that one.
    return /^(?:je )?(?:patiente|patienter|j'attends|attendre)\b/.test(fold(text)) ? 'chat' : undefined;
  }
  const choice = readChoice(text, [
    { title: deskChoices.chat, value: 'chat' },
    { title: deskChoices.ticket, value: 'ticket' },
  ])?.value;
  if (choice === 'chat' || choice === 'ticket') return choice;
  return readYesNo(text) === 'yes' ? 'chat' : undefined;
}
