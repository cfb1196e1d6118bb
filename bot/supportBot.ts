import { byIntent } from './byIntent.ts';
import type { BotParts, BotTurn } from './botTurn.ts';
import { changeSubject } from './changeSubject.ts';
import { readCommand } from './commands.ts';
import { afterForm } from './formEnd.ts';
import { isUpset, soothe } from './frustration.ts';
import { obey } from './obey.ts';
import { OpenTurn } from './openTurn.ts';
import { recallPromises } from './promises.ts';
import { chosen, settle } from './questions.ts';
import { askToResume, scheduleReminder, timerDue } from './returning.ts';
import { asksForStatus, tellStatus } from './ticketStatus.ts';
import { texts } from './texts.ts';

export type { BotParts, BotTurn } from './botTurn.ts';

/** The bot: decides who answers a turn. */
export class SupportBot {
  private readonly parts: BotParts;

  constructor(parts: BotParts) {
    this.parts = parts;
  }

  /** Answers a turn; all of it is collected, nothing is sent or stored. */
  async run(given: BotTurn): Promise<void> {
    let offered: readonly { title: string }[] = [];
    const turn = await OpenTurn.open(this.parts, {
      ...given,
      say: (reply) => {
        if (reply.choices) offered = reply.choices;
        given.say(reply);
      },
    });
    await answer(turn);
    given.memory.offered = offered.map(({ title }) => title);
    scheduleReminder(turn);
  }
}

/**
 * Who answers, the first that can: a timer, a command, the bot's own pending question, the return after an absence,
 * the apology to an upset customer, the status of a ticket, the open form, the intent.
 */
async function answer(turn: OpenTurn): Promise<void> {
  const { activity } = turn.given;
  if (activity.type === 'conversationUpdate') return turn.offerMenu(texts.welcome(turn.parts.shopName));
  if (activity.type === 'event') return timerDue(turn, activity.name);
  if (!turn.text) return;
  await recallPromises(turn);
  const { pending } = turn.memory;
  delete turn.memory.pending;
  const { form } = turn;
  // "Autre chose" may be a choice of the open question; as a command it is the menu.
  const command = form?.dialog.offers(form.instance, turn.text) ? undefined : readCommand(turn.text);
  if (command && !(pending && chosen(turn, pending))) return obey(turn, command);
  if (pending && (await settle(turn, pending))) return;
  if (askToResume(turn)) return;
  if (isUpset(turn) && (await soothe(turn))) return;
  if (asksForStatus(turn.text)) return tellStatus(turn);
  if (form && (await changeSubject(turn, form))) return;
  if (form) return afterForm(turn, await turn.continueForm());
  return byIntent(turn, turn.text);
}
