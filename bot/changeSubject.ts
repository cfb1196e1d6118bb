import { bareAnswer } from '../dialogs/french.ts';
import { subjects } from '../dialogs/index.ts';
import { SUBJECTS } from '../dialogs/subjects.ts';
import type { OpenForm, OpenTurn } from './openTurn.ts';
import { isProblem } from './problems.ts';
import { switchTo } from './questions.ts';

/** "Non mais en fait c'est …": what follows is said in place of what was begun. */
const INSTEAD =
  /^(?:(?:non|nan|mais|euh|ah|oups|pardon|desole|desolee|attendez|bonjour) )*(?:(?:mais )?en fait|finalement|je me suis tromp\w+(?: de (?:sujet|rubrique|bouton|menu))?|c'est pas (?:ca|pour ca)|ce n'est pas (?:ca|pour ca)|mauvais bouton|rien a voir|mon probleme c'est|moi c'est|c'est plutot)\b/;

/** The subject that a message names as the menu does, whatever it is said in answer to. */
export function subjectNamed(text: string): string | undefined {
  const said = bareAnswer(text);
  return subjects.find(({ intent }) => bareAnswer(SUBJECTS[intent]!.menu) === said)?.intent;
}

/**
 * Another subject in the middle of a form that holds no answer yet: by its name ("Colis"), or "non, en fait c'est mon
 * colis". Once answers are given, another problem waits for its turn instead.
 * @returns whether it took the place of the form
 */
export async function changeSubject(turn: OpenTurn, form: OpenForm): Promise<boolean> {
  const { dialog, instance } = form;
  if (dialog.answersIn(instance) > 0 || dialog.offers(instance, turn.text)) return false;
  const named = subjectNamed(turn.text) ?? instead(turn);
  if (named === undefined || named === dialog.flow.intent) return false;
  await switchTo(turn, named, turn.text);
  return true;
}

function instead(turn: OpenTurn): string | undefined {
  if (!INSTEAD.test(bareAnswer(turn.text))) return undefined;
  const { intent, action } = turn.parts.classify(turn.text);
  return action === 'route' && isProblem(intent) ? intent : undefined;
}
