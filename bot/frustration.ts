import { isSkip } from '../dialogs/asides.ts';
import { bareAnswer, fold } from '../dialogs/french.ts';
import { flowOf } from '../dialogs/index.ts';
import { readYesNo } from '../dialogs/yesNo.ts';
import type { OpenTurn } from './openTurn.ts';
import { texts } from './texts.ts';

const INSULT =
  /\b(?:(?:vous etes|t'es|tu es|c'est|trop|vraiment|complet\w*|etes|bot|service|site) (?:\w+ )?(?:nuls?|nulles?|nullissimes?|inutiles?|bete|betes|idiots?|debiles?|stupides?|mauvais|lamentables?|pourris?|naze|nazes|merdique|de la merde|scandaleux|honteux|inadmissible|inacceptable|incompetents?|incapables?)|bande d[e'] ?\w+|con+ards?|con+asses?|encul\w*|abrutis?|cretins?|imbeciles?|putain|ptain|put1|bordel|merde|fait chier|fais chier|chier|foutage de gueule|foutez de|fous de ma gueule|se foutre|(?:raz|ras)[- ]le[- ]bol|j'en ai marre|marre|j'en peux plus|je n'en peux plus|n'importe quoi|ca suffit|ta gueule|ferme la|fuck\w*|wtf|shit|inadmissible|scandaleux|honteux|lamentable|incompetents?|sert a rien|sers a rien|servez a rien|(?:tu|t'y|vous) (?:ne |n'y |y )?(?:comprends|comprenez) (?:vraiment )?rien|va te faire|allez vous faire|niquer?|ntm|fdp|salopards?|salauds?|m'enerve\w*|rien compris|guignols?)\b/;
const ANGRY_FACE = /[🤬😡😠👿🖕💩]/u;
const SHORT = 12;

/** An insult, a shout, or the same sentence twice. Capitals alone are a way of writing. */
export function isUpset(turn: OpenTurn): boolean {
  return soundsUpset(turn.text) || saidAgain(turn);
}

/** An insult or a shout, whatever was said before. */
export function soundsUpset(text: string): boolean {
  if (INSULT.test(fold(text)) || ANGRY_FACE.test(text)) return true;
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= SHORT && letters === letters.toUpperCase() && /!{2,}/.test(text);
}

function saidAgain({ text, given }: OpenTurn): boolean {
  const said = bareAnswer(text);
  if (said.length < SHORT || given.lastHeard === undefined || isSkip(text) || readYesNo(text)) return false;
  return said === bareAnswer(given.lastHeard.text);
}

/** Anger at what happened, told in a sentence, is an answer; anger at the assistant is not. */
function tells(text: string): boolean {
  const atUs =
    /\b(?:vous (?:etes|servez|comprenez|foutez)|t'es|tu (?:es|sers|comprends)|bot|robot|machine|assistant)\b/;
  return text.trim().split(/\s+/).length >= 5 && !atUs.test(fold(text));
}

/**
 * A short apology and the human. @returns false when the message is a problem, or a value that the open question
 * takes: then the apology is said and the message goes its way.
 */
export async function soothe(turn: OpenTurn): Promise<boolean> {
  const { text, form, memory } = turn;
  if (form && (form.dialog.takes(form.instance, turn.message()) || tells(text))) {
    turn.say(texts.sorry);
    return false;
  }
  const { intent, action } = turn.parts.classify(text);
  if (!form && !saidAgain(turn) && action === 'route' && flowOf(intent)) {
    turn.say(intent === 'human_agent' ? texts.sorryFirst : texts.sorry);
    return false;
  }
  memory.pending = { kind: 'human' };
  turn.say(form ? texts.offerHumanInForm : texts.offerHumanAfterAnger);
  return true;
}
