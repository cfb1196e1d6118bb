import { isLost, isSkip, isWait, isWhere, isWhy } from '../dialogs/asides.ts';
import { wantsToSend } from '../dialogs/formRecap.ts';
import { bareAnswer } from '../dialogs/french.ts';
import { texts as formTexts } from '../dialogs/texts.ts';
import type { OpenTurn } from './openTurn.ts';
import { repair } from './repair.ts';
import { choices, texts } from './texts.ts';

const isPhoneNumber = (text: string): boolean =>
  /^\D{0,30}?(?:\+33|0033|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}\D{0,20}$/.test(text);

const LONGEST_VAGUE = 100;
const VAGUE =
  /^(?:(?:bonjour|bonsoir|svp|s'il vous plait|aide[zr]? moi|help|merci de m'aider|vite|allo|mais) )*(?:(?:j'ai|jai|g|on a) (?:un |des |une |encore un |toujours un |un gros |un petit )?(?:probleme?s?|soucis?|pb|pbs|question)|(?:(?:rien|plus rien) (?:ne )?|ca (?:ne )?(?=\w+ (?:pas|plus)))(?:marche|fonctionne|va)(?: (?:pas|plus|du tout))*|je suis (?:completement |toute? |un peu )?(?:perdue?|coincee?|bloquee?))(?: (?:svp|s'il vous plait|merci|avec votre site|aidez moi|aide moi|du tout|sur votre site|la))*$/;

/** "J'ai un problème", "ça marche pas", "je suis perdue": help is wanted, and nothing says with what. */
const isVague = (text: string): boolean => text.length <= LONGEST_VAGUE && VAGUE.test(bareAnswer(text));

/**
 * Answers what is said outside any form and names no subject, so that no subject is guessed from it.
 * @returns false when the message may name one
 */
export function namesNothing(turn: OpenTurn, text: string): boolean {
  if (isPhoneNumber(text)) {
    turn.memory.pending = { kind: 'write' };
    turn.say(texts.noPhone);
    turn.say({ text: texts.writeOffer, choices: [{ title: choices.write }, { title: choices.menu }] });
  } else if (isWhere(text) && /\b(?:commande|suivi|colis)\b/i.test(text)) {
    turn.say({ text: texts.whereNumbers, choices: [{ title: choices.menu }] });
  } else if (isVague(text)) turn.offerMenu(texts.vague);
  else if (wantsToSend(text)) turn.offerMenu(texts.nothingToSend);
  else if (isWait(text)) turn.say(formTexts.takeYourTime);
  else if (isSkip(text) || isWhy(text) || isLost(text)) turn.offerMenu(texts.menu);
  else if (!/[\p{L}\p{N}]/u.test(bareAnswer(text))) repair(turn, text);
  else return false;
  return true;
}
