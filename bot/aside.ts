import { bareAnswer, fold } from '../dialogs/french.ts';
import { flowOf } from '../dialogs/index.ts';
import { hoursFor } from './contactHours.ts';
import { asksWhetherMachine } from './language.ts';
import type { OpenTurn } from './openTurn.ts';
import { isProblem, namesProblem } from './problems.ts';
import { SURE_OF_ARTICLE } from './repair.ts';
import { outOfScope, texts } from './texts.ts';

/** Below this, what was said in passing is not taken for another problem. */
const SURE_OF_SECOND_PROBLEM = 0.75;
/** A question is answered on less than a sentence is acted on: the form goes on either way. */
const LIKELY = 0.4;
/** What is no question must be plainly about something else: it may be a clumsy answer. */
const SURE_OF_ELSEWHERE = 0.95;
const LONGEST_QUESTION = 160;

const ALSO =
  /^(?:(?:et|ah|oh|bon|ok|oui|non|sinon|d'ailleurs|au fait|bonjour) )*(?:j'ai aussi|j'ai un autre|j'ai une autre|j'ai egalement|aussi|en plus|et puis|au fait|d'ailleurs|par ailleurs|autre (?:chose|probleme|souci)|un autre (?:probleme|souci)|deuxieme (?:probleme|souci|chose)|sinon|egalement|de plus|et aussi|je voulais aussi|il y a aussi|y a aussi)\b/;
const ASKS =
  /\?\s*$|^(?:est[- ]ce que|c'est quoi|quels?|quelles?|quand(?! (?:j'|je |on |le |la |c'est ))|comment|combien|ou est|vous etes (?:ouvert|la|joignable)|etes[- ]vous|a quelle heure|jusqu'a quelle heure|peut[- ]on|puis[- ]je|je peux(?! pas| plus)|faut[- ]il)\b/;

/**
 * A short answer to what is said in the middle of a form and is not about it: a second problem (kept for later), hours,
 * thanks, what the guide treats, what the shop treats elsewhere. Inside a story (`freeText`) only a plain question or
 * "j'ai aussi …" counts.
 */
export function aside(turn: OpenTurn, text: string, freeText: boolean): string | undefined {
  const asks = ASKS.test(fold(text)) && text.length <= LONGEST_QUESTION;
  const adds = ALSO.test(bareAnswer(text));
  if (freeText && !asks && !adds) return undefined;
  if (asksWhetherMachine(text)) return texts.machine;
  const understood = turn.parts.classify(text);
  const { intent, action, topic, confidence } = understood;
  const words = text.split(/\s+/).length;
  if (!asks || adds) {
    // A yes or no begins an answer, however clumsy.
    const clear = adds
      ? action === 'route'
      : confidence >= SURE_OF_SECOND_PROBLEM &&
        words >= 4 &&
        namesProblem(intent, text) &&
        !/^(?:oui|non|nan|si)\b/.test(bareAnswer(text));
    if (clear && isProblem(intent)) return addProblem(turn, intent, text);
  }
  if (intent === 'support_contact' && (action === 'route' || (asks && confidence >= LIKELY)))
    return `${texts.contactHours} ${hoursFor(turn, text)}`;
  if (action === 'route' && intent === 'thanks_goodbye' && !freeText) return texts.thanksInForm;
  if (action === 'route' && intent === 'greeting' && !freeText) return texts.greetingInForm;
  const elsewhere =
    action === 'out_of_scope' && topic !== undefined && topic !== 'other' && topic !== 'chitchat';
  if (elsewhere && words >= 3 && (asks || confidence >= SURE_OF_ELSEWHERE))
    return outOfScope(topic, turn.parts.returnsUrl);
  // One word resembles too much.
  if (!asks || !hasSubstance(text)) return undefined;
  const [best] = turn.parts.guide.search(text);
  if (best && best.score >= SURE_OF_ARTICLE)
    return texts.fromGuide(best.article.section, best.article.title, best.article.text);
  return /\?\s*$/.test(text) && !freeText ? texts.cannotAnswer : undefined;
}

const EMPTY =
  /^(?:comment|quand|quoi|que|qu'est|ce|est|c'est|combien|pourquoi|quel\w*|on|je|vous|il|ca|faut|faire|fait|fais|faites|dois|peux|peut|puis|alors|donc|maintenant|et|la|le|les|a|de|du|pour|en|y|me|moi|ou|si|bien|encore|vraiment|avec|d'autres|deja|eu)$/;

/** Whether a question names anything: a word or two resemble every article. */
function hasSubstance(text: string): boolean {
  const words = bareAnswer(text).split(' ');
  return words.length >= 3 && words.some((word) => word.length >= 4 && !EMPTY.test(word));
}

/** @returns undefined when the problem is the one being treated. */
function addProblem(turn: OpenTurn, intent: string, text: string): string | undefined {
  const { memory, form } = turn;
  if (form?.dialog.flow.intent === intent) return undefined;
  if (!memory.next.some((waiting) => waiting.intent === intent)) memory.next.push({ intent, text });
  return texts.problemAdded(flowOf(intent)!.about);
}
