import { readChoice } from '../dialogs/choices.ts';
import { fold } from '../dialogs/french.ts';
import { readCommand } from './commands.ts';
import { statusRow } from './deskEvent.ts';
import { deskChoices, deskEvents, deskTexts } from './deskTexts.ts';
import { humanInCharge, move, placeInQueue, statusEvent } from './handoff.ts';
import { noHandoffTimers, talkTimer } from './handoffTimers.ts';
import { askForRating, TALK_LENGTH } from './rating.ts';
import type { Handoff, Store } from './store.ts';
import type { BotTurn } from './supportBot.ts';
import { choices } from './texts.ts';

/** "retour au bot", "je veux revenir à l'assistant"… */
const BACK_TO_BOT =
  /^(?:(?:je (?:veux|voudrais|prefere) )?(?:retour(?:ner)?|revenir|reviens|reparler|parler|passer|rendez[- ]moi) (?:au|a l'|vers l[e']|avec l[e'])\s?(?:bot|robot|assistant(?: automatique)?|chatbot|machine)|quitter (?:le chat|la file|la conversation))(?: svp| s'il vous plait)?$/;

/** A customer who waits for a human, or talks to one: the bot only tells them where they are, and lets them come back to it. */
export async function duringHandoff(
  store: Pick<Store, 'desk' | 'lastActivities'>,
  turn: BotTurn,
  handoff: Handoff,
): Promise<void> {
  // The bot has nothing to remind of while the customer waits for a human or talks to one.
  if (turn.activity.type !== 'message') return;
  const text = (turn.activity.text ?? '').trim();
  const said = fold(text).replace(/[\s.!]+$/, '');
  if (BACK_TO_BOT.test(said)) return backToBot(store, turn, handoff);
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
    return backToBot(store, turn, handoff, deskTexts.ticketKept(handoff.reference));
  }
  const place = placeInQueue(handoff, await store.desk.allLive());
  turn.say({
    text: deskTexts.stillQueued(place),
    choices: [{ title: deskChoices.ticket }, { title: deskChoices.bot }],
  });
}

async function backToBot(
  store: Pick<Store, 'lastActivities'>,
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
    (turn.memory.desk ??= {}),
    handoff,
    await store.lastActivities(conversation.id, TALK_LENGTH),
  );
  if (question) turn.say(question);
}
