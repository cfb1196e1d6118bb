import { bareAnswer } from '../dialogs/french.ts';
import { flowOf, subjects } from '../dialogs/index.ts';
import type { OpenTurn } from './openTurn.ts';
import { recallKey } from './promises.ts';
import { SUBJECTS } from '../dialogs/subjects.ts';
import { choices, texts } from './texts.ts';
import { timerKey } from './timers.ts';
import type { OnTimer } from './timers.ts';
import type { Turns } from './turn.ts';

/* Time passes in a conversation: the one reminder, the callback that was asked for, the return after an absence. */

/** An open question is brought up once, quietly, after this. */
const REMIND_AFTER_MS = 10 * 60_000;
/** From then on, who comes back is asked whether to take up the form again. */
const AWAY_MS = 30 * 60_000;

/** "Bonjour, c'est encore moi" */
const BACK =
  /^(?:bonjour|bonsoir|salut|hello|coucou|rebonjour|re|me revoila|me voila|c'est (?:encore |a nouveau )?moi|je (?:suis (?:de retour|la|revenu)|reviens)|de retour)\b/;

/** The kinds of timers that are turns of the bot. */
export const BOT_TIMERS = ['idle', 'callback'] as const;

/** A timer that is due is a turn of its own in its conversation; the key makes it one, however often it is acted on. */
export function runTimer(turns: Turns): OnTimer {
  return async (timer) => {
    const { conversationId, userId } = timer.payload as { conversationId: string; userId: string };
    await turns.run({
      conversationId,
      kind: 'timer',
      from: { id: userId },
      text: timer.kind,
      key: timerKey(timer),
    });
  };
}

/** Sets the bot to speak by itself at `dueAt`; one timer of a kind in a conversation. */
export function setTimer(turn: OpenTurn, kind: (typeof BOT_TIMERS)[number], dueAt: Date): void {
  const { id, userId } = turn.given.conversation;
  turn.given.effects.timers.push({
    key: `${kind}:${id}`,
    kind,
    dueAt,
    payload: { conversationId: id, userId },
  });
}

/** What the bot says by itself; nothing when the time for it has passed. */
export async function timerDue(turn: OpenTurn, kind: string | undefined): Promise<void> {
  const { memory } = turn;
  if (kind === 'callback' && memory.callback !== undefined) {
    memory.recalled.push(recallKey('account_unlocks', new Date(memory.callback), true));
    delete memory.callback;
    memory.pending = { kind: 'callback' };
    // Said once, it is reminder enough.
    memory.reminded = true;
    return turn.say(texts.callback);
  }
  if (kind === 'idle' && turn.form && !memory.reminded && memory.callback === undefined) {
    memory.reminded = true;
    turn.say(texts.stillThere);
    await turn.reprompt();
  }
}

/** After each turn: an open form gets its one reminder later, counted anew from each message. */
export function scheduleReminder(turn: OpenTurn): void {
  const { form, memory, now, given } = turn;
  if (form && !memory.reminded) setTimer(turn, 'idle', new Date(now.getTime() + REMIND_AFTER_MS));
  else given.effects.timers.push({ key: `idle:${given.conversation.id}`, cancel: true });
}

/**
 * "Reprendre (colis, 3 réponses) / Recommencer", to whom comes back to an open form with something else than its answer.
 * @returns whether that was asked
 */
export function askToResume(turn: OpenTurn): boolean {
  const { form, now, given, memory } = turn;
  if (!form || !given.lastHeard || now.getTime() - given.lastHeard.at.getTime() < AWAY_MS) return false;
  const { intent: about, action } = turn.parts.classify(turn.text);
  const elsewhere = action === 'route' && flowOf(about) !== undefined && about !== form.dialog.flow.intent;
  const back = BACK.test(bareAnswer(turn.text));
  if (!elsewhere && !back && form.dialog.goesOn(form.instance, turn.message())) return false;
  if (form.dialog.takes(form.instance, turn.message())) return false;
  memory.pending = { kind: 'resume', text: turn.text };
  const { intent, title } = form.dialog.flow;
  const subject = subjects.some((flow) => flow.intent === intent) ? SUBJECTS[intent]!.menu : title;
  const resume = choices.resume(subject, form.dialog.answersIn(form.instance));
  turn.say({ text: texts.welcomeBack, choices: [{ title: resume }, { title: choices.restart }] });
  return true;
}
