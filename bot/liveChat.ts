import { readChoice } from '../dialogs/choices.ts';
import { fold } from '../dialogs/french.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { Finders } from '../dialogs/slots.ts';
import { readYesNo } from '../dialogs/yesNo.ts';
import { readCommand } from './commands.ts';
import { deskChoices, deskTexts } from './deskTexts.ts';
import { duringHandoff } from './duringHandoff.ts';
import { joinQueue } from './joinQueue.ts';
import { type DeskMemory, openForm } from './memory.ts';
import { agentsPresent } from './presence.ts';
import { takeRating } from './rating.ts';
import type { Store } from './store.ts';
import type { BotTurn, SupportBot } from './supportBot.ts';
import type { SupportHours } from './supportHours.ts';
import { choices } from './texts.ts';

export interface LiveChatParts {
  bot: Pick<SupportBot, 'run'>;
  store: Pick<Store, 'desk' | 'ticketsOf' | 'lastActivities'>;
  hours: SupportHours;
  finders: (now: Date) => Finders;
}

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
    if (handoff) return duringHandoff(store, turn, handoff);
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
