import { clockOrDay } from '../dialogs/french.ts';
import type { Command } from './commands.ts';
import { afterCancel } from './formEnd.ts';
import type { OpenTurn } from './openTurn.ts';
import { promisesHeld } from './promises.ts';
import { startOver, toHuman } from './questions.ts';
import { setTimer } from './returning.ts';
import { choices, texts } from './texts.ts';

/** Answers that would be lost by cancelling: from two on, the customer is asked first. */
const WORTH_ASKING = 2;

/** Does what a command says. */
export async function obey(turn: OpenTurn, command: Command): Promise<void> {
  const { form, memory } = turn;
  switch (command) {
    case 'cancel':
      if (!form) return turn.say({ text: texts.nothingToCancel, choices: [{ title: choices.menu }] });
      if (form.dialog.answersIn(form.instance) < WORTH_ASKING) return afterCancel(turn);
      memory.pending = { kind: 'cancel' };
      return turn.say(texts.askCancel);
    case 'restart':
      return startOver(turn);
    case 'help':
      turn.say({ text: texts.help, choices: [{ title: choices.menu }, { title: choices.human }] });
      return turn.reprompt();
    case 'human':
      return toHuman(turn);
    case 'back':
      if (form?.dialog.back(turn.context, form.instance)) return;
      turn.say(texts.noStepBack);
      return form ? turn.reprompt() : turn.offerMenu('');
    case 'repeat':
      return form ? turn.reprompt() : turn.offerMenu(texts.menu);
    case 'menu':
      return turn.offerMenu(form ? texts.menuKeepsForm(form.dialog.flow.about) : texts.menu);
    case 'goodbye':
      return turn.say(
        form ? texts.goodbyeInForm : { text: texts.goodbye, choices: [{ title: choices.menu }] },
      );
    case 'callback':
      return callBack(turn);
  }
}

/** "Prévenez-moi": the bot will speak by itself when the account's 15 minutes are over. */
async function callBack(turn: OpenTurn): Promise<void> {
  const unlocks = (await promisesHeld(turn)).findLast(({ kind }) => kind === 'account_unlocks');
  if (!unlocks) {
    const login = turn.form?.dialog.flow.intent === 'login_trouble';
    turn.say({ text: login ? texts.noCallback : texts.noPhone, choices: [{ title: choices.human }] });
  } else if (unlocks.dueAt <= turn.now) turn.say(texts.callbackIsNow);
  else {
    turn.memory.callback = unlocks.dueAt.toISOString();
    setTimer(turn, 'callback', unlocks.dueAt);
    const noted = texts.callbackNoted(clockOrDay(unlocks.dueAt, turn.now));
    // Where messages are pushed there is no page to keep open.
    turn.say(turn.given.conversation.reach ? noted : `${noted} ${texts.keepPageOpen}`);
  }
  await turn.reprompt();
}
