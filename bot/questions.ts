import { type Choice, readChoice } from '../dialogs/choices.ts';
import { bareAnswer } from '../dialogs/french.ts';
import { flowOf } from '../dialogs/index.ts';
import { readYesNo, readYesNoInAnswer } from '../dialogs/yesNo.ts';
import { readCommand } from './commands.ts';
import { tellHours } from './contactHours.ts';
import { afterCancel } from './formEnd.ts';
import type { Pending } from './memory.ts';
import type { OpenTurn } from './openTurn.ts';
import { choices, names, texts } from './texts.ts';

/* The bot's own questions, outside the forms: what answers them, and what follows. */

/** "Colis" chooses; a sentence with the word in it says more, and is read as a sentence. */
const LONGEST_CHOICE = 30;
const BOTH =
  /^(?:(?:en fait|ben|euh) )*(?:les (?:deux|2)|tous les deux|toutes les deux|un peu des deux|les deux a la fois)(?: en fait| svp| merci)?$/;
const RESUME = /^(?:(?:oui|ok|je veux|on|merci de) )*(?:repren\w*|continu\w*|poursuiv\w*|suite)/;

/** What the message answers to the pending question; undefined when it is no answer. */
export function chosen({ text }: OpenTurn, pending: Pending): string | undefined {
  switch (pending.kind) {
    case 'choose': {
      if (text.length > LONGEST_CHOICE) return undefined;
      if (pending.intents.length === 2 && BOTH.test(bareAnswer(text))) return 'both';
      const offered = pending.intents.map((intent) => ({ value: intent, ...names(intent) }));
      const other: Choice = {
        title: choices.other,
        value: 'other',
        also: '^(?:aucun|ni l.un|autre|rien de tout)',
      };
      return readChoice(text, [...offered, other])?.value;
    }
    case 'write':
      return readChoice(text, [{ title: choices.write, value: 'yes' }])?.value ?? readYesNo(text);
    case 'human':
      return readChoice(text, [{ title: choices.human, value: 'yes' }])?.value ?? readYesNo(text);
    case 'resume':
      if (readCommand(text) === 'restart') return 'no';
      return RESUME.test(bareAnswer(text)) ? 'yes' : readYesNo(text);
    case 'callback':
      return readYesNoInAnswer(text);
    default:
      return readYesNo(text);
  }
}

/** @returns false when the message was no answer to the question; then it is read like any other. */
export async function settle(turn: OpenTurn, pending: Pending): Promise<boolean> {
  const answer = chosen(turn, pending);
  if (answer === undefined) return false;
  const yes = answer === 'yes';
  switch (pending.kind) {
    case 'choose':
      await choose(turn, pending, answer);
      break;
    case 'cancel':
      if (yes) await afterCancel(turn);
      else await goOn(turn);
      break;
    case 'human':
      if (yes) await toHuman(turn);
      else if (turn.form) await goOn(turn);
      else turn.offerMenu(texts.menu);
      break;
    case 'write':
      if (yes) await turn.begin('support_contact', '');
      else turn.offerMenu(texts.menu);
      break;
    case 'more':
      if (yes) turn.offerMenu(texts.menu);
      else turn.say({ text: texts.goodbye, choices: [{ title: choices.menu }] });
      break;
    case 'resume':
      if (yes) await goOn(turn);
      else await startOver(turn, pending.text);
      break;
    case 'callback':
      await afterCallback(turn, yes);
      break;
  }
  return true;
}

async function choose(turn: OpenTurn, pending: Pending & { kind: 'choose' }, answer: string): Promise<void> {
  const { intents, text } = pending;
  if (answer === 'other') return turn.say(texts.otherSubject);
  if (answer === 'both') turn.memory.next.push({ intent: intents[1]!, text });
  // "Colis 6A12345678901" chooses, and tells more.
  await switchTo(turn, answer === 'both' ? intents[0]! : answer, `${text} ${turn.text}`.trim());
}

/** A subject chosen from a list replaces the form that was open. */
export async function switchTo(turn: OpenTurn, intent: string, saidBefore: string): Promise<void> {
  await turn.closeForms();
  if (intent === 'support_contact') return tellHours(turn);
  await turn.begin(intent, saidBefore);
}

/** A human, with what is known: from an open form its details, else one question. */
export async function toHuman(turn: OpenTurn): Promise<void> {
  const { form } = turn;
  if (!form) return turn.begin('human_agent', '');
  form.dialog.hasten(turn.context, form.instance);
}

async function goOn(turn: OpenTurn): Promise<void> {
  turn.say(texts.continueThen);
  await turn.reprompt();
}

/** Everything given is forgotten, but for promises, which hold. A problem that was named meanwhile is begun. */
export async function startOver(turn: OpenTurn, saidBefore = ''): Promise<void> {
  await turn.closeForms();
  turn.memory.next = [];
  const { intent, action } = turn.parts.classify(saidBefore);
  if (saidBefore !== '' && action === 'route' && flowOf(intent)) return switchTo(turn, intent, saidBefore);
  turn.offerMenu(texts.restarted);
}

/** The customer tried again at the hour that the bot had named. */
async function afterCallback(turn: OpenTurn, works: boolean): Promise<void> {
  const { form } = turn;
  if (works) {
    if (form?.dialog.flow.intent === 'login_trouble') await turn.closeForms();
    turn.say({ text: texts.solved, choices: [{ title: choices.menu }] });
    return turn.reprompt();
  }
  turn.say(texts.stillLocked);
  if (!form) return turn.say({ text: texts.askSupportOrStatus, choices: [{ title: choices.human }] });
  form.dialog.fill(form.instance, 'stillFails', 'yes');
  await turn.reprompt();
}
