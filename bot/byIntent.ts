import { flowOf, subjects } from '../dialogs/index.ts';
import { entitiesOf } from '../dialogs/slots.ts';
import { readYesNo } from '../dialogs/yesNo.ts';
import { subjectNamed } from './changeSubject.ts';
import { tellHours } from './contactHours.ts';
import { asksWhetherMachine, isForeign } from './language.ts';
import type { OpenTurn } from './openTurn.ts';
import { isProblem, namesProblem, problemAdded, problemsIn } from './problems.ts';
import { switchTo } from './questions.ts';
import { namesNothing } from './namesNothing.ts';
import { repair } from './repair.ts';
import { choices, outOfScope, subjectChoices, texts } from './texts.ts';

/** More choices would be a menu. */
const MOST_OFFERED = 3;
const MENU = [{ title: choices.menu }];

/** Answers a message outside any form by what it is about. */
export async function byIntent(turn: OpenTurn, text: string): Promise<void> {
  const { memory } = turn;
  if (isForeign(text)) return turn.offerMenu(texts.english, true);
  if (asksWhetherMachine(text))
    return turn.say({ text: texts.machine, choices: [...MENU, { title: choices.human }] });
  const named = subjectNamed(text);
  if (named !== undefined) return switchTo(turn, named, '');
  const value = onlyValue(turn, text);
  if (value !== undefined) {
    turn.offerMenu(texts.aboutWhat(value));
    memory.pending = { kind: 'choose', intents: subjects.map((flow) => flow.intent), text };
    return;
  }
  if (namesNothing(turn, text)) return;
  // A yes or no to nothing that was asked.
  const answer = readYesNo(text);
  if (answer === 'yes') return turn.offerMenu(texts.menu);
  if (answer === 'no') return turn.say({ text: texts.goodbye, choices: MENU });
  const understood = turn.parts.classify(withoutGreeting(text));
  const { intent, action, second, topic } = understood;
  if (action !== 'route') {
    const [first, then] = problemsIn(turn, text);
    if (first !== undefined && then !== undefined) return beginAll(turn, first, then, text);
  }
  if (action === 'route' && intent === 'greeting') return turn.offerMenu(texts.greeting);
  if (action === 'route' && intent === 'thanks_goodbye')
    return turn.say({ text: texts.thanks, choices: MENU });
  if (action === 'route' && intent === 'support_contact') return tellHours(turn);
  if (action === 'route' && flowOf(intent))
    return beginAll(turn, intent, second ?? problemAdded(turn, intent, text), text);
  const offered = [understood, ...understood.alternatives].filter((guess) => flowOf(guess.intent));
  if (action === 'ask' && offered.length > 0) {
    const intents = offered.map((guess) => guess.intent).slice(0, MOST_OFFERED);
    memory.pending = { kind: 'choose', intents, text };
    return turn.say({
      text: texts.chooseSubject,
      choices: [...subjectChoices(intents), { title: choices.other }],
    });
  }
  if (topic && topic !== 'other' && topic !== 'chitchat') {
    memory.misunderstood = 0;
    return turn.say({
      text: outOfScope(topic, turn.parts.returnsUrl),
      choices: [{ title: choices.write }, ...MENU],
    });
  }
  return repair(turn, text);
}

/** An order number, a tracking number, an address, and no word about it. */
function onlyValue(turn: OpenTurn, text: string): string | undefined {
  const entities = entitiesOf(turn.message(text));
  const [first] = entities;
  if (!first || !['order_number', 'tracking_number', 'email'].includes(first.kind)) return undefined;
  const rest = entities.reduce((left, entity) => left.replace(entity.text, ' '), text);
  return (rest.match(/\p{L}{3,}/gu) ?? []).length === 0 ? first.value : undefined;
}

const GREETING =
  /^\s*(?:bonjour|bonsoir|salut|hello|coucou|bjr|slt|cc|re)(?: (?:madame|monsieur|messieurs|mesdames|à tous|a tous|à vous|l['’]équipe))?[\s,.!:;-]+/i;

/** "Bonjour, le site ne marche pas" is about the site; a greeting alone stays one. */
function withoutGreeting(text: string): string {
  const rest = text.replace(GREETING, '');
  return rest.split(/\s+/).length > 1 ? rest : text;
}

/** The problem named first is treated first; a second one waits, and is said to. */
async function beginAll(
  turn: OpenTurn,
  intent: string,
  second: string | undefined,
  text: string,
): Promise<void> {
  const flow = flowOf(intent)!;
  const then = second !== undefined && second !== intent ? flowOf(second) : undefined;
  if (then && isProblem(then.intent) && namesProblem(then.intent, text)) {
    turn.memory.next.push({ intent: then.intent, text });
    turn.say(texts.twoProblems(flow.about, then.about));
  }
  await turn.begin(intent, text);
}
