import { readChoice } from '../dialogs/choices.ts';
import { fold, fr } from '../dialogs/french.ts';
import { readYesNo } from '../dialogs/yesNo.ts';
import type { BotTurn } from './botTurn.ts';
import type { SupportBot } from './supportBot.ts';

/** Sentences about a customer's data, when the customer wants them erased. */
const erasureTexts = {
  ask: fr`Je vais effacer pour de bon cette conversation, ses images et les demandes qui en viennent. Une demande en cours ne sera plus traitée. Est-ce bien ce que vous voulez ?`,
  erase: 'Tout effacer',
  keep: 'Garder',
  done: fr`C’est fait : tout ce qui précède est effacé. Les e-mails déjà envoyés restent dans les boîtes où ils sont arrivés.`,
  kept: fr`Rien n’est effacé. Écrivez « répéter » pour revenir à votre question, ou « menu » pour les sujets.`,
} as const;

const LONGEST_WISH = 120;
const WISH =
  /^(?:(?:je (?:veux|voudrais|souhaite|souhaiterais)|pouvez[- ]vous|merci de|veuillez) )?(?:supprim(?:er?|ez)|effac(?:er?|ez))[- ](?:toutes )?(?:(?:mes|nos) (?:donnees|messages|informations|infos|echanges|conversations?)(?: personnelles)?|(?:cette|ma|la|notre) conversation)(?: (?:svp|s'il vous plait|merci))*$/;

/**
 * The bot, for customers who want their data erased: « supprimer mes données », at any moment and whoever talks with them.
 * It asks first; a confirmed wish erases with the turn's commit.
 */
export function withErasure(bot: Pick<SupportBot, 'run'>): Pick<SupportBot, 'run'> {
  return {
    run: async (turn) => {
      if (turn.activity.type !== 'message') return bot.run(turn);
      const text = turn.activity.text ?? '';
      const answer = turn.memory.asksToErase ? readAnswer(text) : undefined;
      delete turn.memory.asksToErase;
      if (answer === 'erase') erase(turn);
      else if (answer === 'keep') turn.say({ text: erasureTexts.kept });
      else if (isWish(text)) ask(turn);
      else await bot.run(turn);
    },
  };
}

function isWish(text: string): boolean {
  return text.length <= LONGEST_WISH && WISH.test(fold(text).replace(/[\s.!?]+$/, ''));
}

function ask(turn: BotTurn): void {
  turn.memory.asksToErase = true;
  turn.say({
    text: erasureTexts.ask,
    choices: [{ title: erasureTexts.erase }, { title: erasureTexts.keep }],
  });
}

function erase(turn: BotTurn): void {
  turn.effects.forget = true;
  turn.say({ text: erasureTexts.done });
}

function readAnswer(text: string): string | undefined {
  const chosen = readChoice(text, [
    { title: erasureTexts.erase, value: 'erase' },
    { title: erasureTexts.keep, value: 'keep' },
  ]);
  if (chosen) return chosen.value;
  const yes = readYesNo(text);
  return yes && (yes === 'yes' ? 'erase' : 'keep');
}
