import { addMinutes } from './dateFns.ts';
import { replyEmail, yesNo } from './commonSlots.ts';
import { exactMessage } from './exactMessage.ts';
import type { Flow } from './flow.ts';
import { clockOrDay, dayAndClock, fold, fr } from './french.ts';
import { isDay, moment, spotMoment } from './moments.ts';
import type { Message, Reading } from './slots.ts';
import { readYesNo, readYesNoInAnswer } from './yesNo.ts';

/** Guide, section 2: wait 15 minutes before another try. */
const LOCK_LASTS_MINUTES = 15;

/** Typed or clicked, it asks the bot to speak when the wait is over. */
export const offerCallback = 'Prévenez-moi';

const unlock = (lastTry: string): Date => addMinutes(new Date(lastTry), LOCK_LASTS_MINUTES);

function lockState(lastTry: string, now: Date): string {
  const from = unlock(lastTry);
  return !isDay(lastTry) && from > now
    ? fr`Si le compte est verrouillé, réessayez à partir de ${clockOrDay(from, now)}. Pour que je vous prévienne à ce moment-là, écrivez « prévenez-moi ».`
    : fr`Les 15 minutes d’attente sont déjà passées : le support va regarder.`;
}

const NUMBERS = 'zero une deux trois quatre cinq six sept huit neuf dix onze douze'.split(' ');
const MANY =
  /\b(?:plusieurs|beaucoup|plein|quelques|trop|sais plus|des dizaines|une dizaine|une centaine|vingtaine|trentaine|des centaines|cent|mille|tout le temps|sans arret)\b/;

function readTries({ text }: Message): Reading | undefined {
  const answer = fold(text);
  const between = /(?<![\d:h])\d{1,2} (?:ou|a) \d{1,2}(?= ?(?:fois|essais?|tentatives?)?\W*$)/.exec(
    answer,
  )?.[0];
  if (between) return { value: between };
  const digits = /(?<![\d:h])(\d{1,2})(?! ?(?:h\b|heures?|:|min|mn|jours?|\/|\d))/.exec(answer)?.[1];
  if (digits) return { value: digits };
  const word = answer.split(/[^a-z]+/).find((part) => NUMBERS.includes(part) || part === 'un');
  if (word && !MANY.test(answer)) return { value: String(word === 'un' ? 1 : NUMBERS.indexOf(word)) };
  const about = /\b(?:des (?:dizaines|centaines)|une (?:dizaine|vingtaine|trentaine|centaine))\b/.exec(
    answer,
  )?.[0];
  return MANY.test(answer) ? { value: about ?? 'plusieurs' } : undefined;
}

/** "4 essais", "trois tentatives", "essayé 5 fois". */
function spotTries({ text }: Message): string | undefined {
  const found = new RegExp(
    `\\b(\\d{1,2}|${NUMBERS.slice(1).join('|')}|plusieurs)\\s+(?:\\w+ )?(?:essais?|tentatives?|fois)\\b`,
  ).exec(fold(text))?.[1];
  if (found === undefined || /^\d|plusieurs/.test(found)) return found;
  return String(NUMBERS.indexOf(found));
}

const FAILS =
  /\b(?:pareil|toujours|encore|idem|meme chose|(?:marche|fonctionne|passe|change|arrive|connecte|ouvre)r? (?:vraiment |rien |a rien )?(?:pas|plus|rien)|impossible|bloque)\b/;
const TRIED = /\b(?:essais?|essaye|reessaye|tentatives?|tente|retente|derniere fois|dernier coup|dernier)\b/;

export const loginTrouble: Flow = {
  intent: 'login_trouble',
  section: 2,
  title: 'Problème de connexion',
  about: 'votre connexion',
  opening: fr`Être refusé à la connexion est agaçant, voyons cela ensemble.`,
  advice: () =>
    fr`Désactivez le verrouillage des majuscules et saisissez votre mot de passe avec soin. Après plusieurs essais, le compte peut être verrouillé : patientez 15 minutes avant une nouvelle tentative (guide, section 2).`,
  advised: ['verrouillage des majuscules', 'saisie attentive', 'attente de 15 minutes'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    exactMessage({ ask: fr`Quel message exact s’affiche lorsque vous essayez ?` }),
    {
      name: 'tries',
      label: 'Nombre d’essais',
      ask: fr`Combien de fois avez-vous essayé ?`,
      why: fr`Au-delà de quelques essais, le compte se verrouille de lui-même un quart d’heure.`,
      retry: fr`Dites simplement un nombre, par exemple 3, ou « plusieurs ».`,
      required: true,
      read: readTries,
      spot: spotTries,
    },
    moment({
      name: 'lastTryAt',
      label: 'Dernier essai',
      ask: fr`Quand était votre dernier essai ?`,
      why: fr`L’heure du dernier essai donne celle à laquelle le compte se déverrouille.`,
      required: true,
      hourMatters: true,
      follows: 'tries',
      spot: (message) => (TRIED.test(fold(message.text)) ? spotMoment(message) : undefined),
      note: lockState,
    }),
    yesNo({
      name: 'stillFails',
      label: 'Échoue encore',
      ask: fr`L’erreur se produit-elle encore maintenant ?`,
      why: fr`Nous saurons si l’attente a suffi.`,
      when: (values) => values['lastTryAt'] !== undefined,
      note: (value) =>
        value === 'no'
          ? fr`Bonne nouvelle ! Si tout est réglé, dites « c’est réglé » ; sinon, continuons.`
          : undefined,
      // "Non, ça ne marche pas": the no is to its working.
      read: ({ text }) => {
        const fails = readYesNo(text) ?? (FAILS.test(fold(text)) ? 'yes' : readYesNoInAnswer(text));
        return fails === undefined ? undefined : { value: fails };
      },
    }),
    replyEmail,
  ],
  offers: (values, now) => {
    const lastTry = values['lastTryAt'];
    return lastTry !== undefined && !isDay(lastTry) && unlock(lastTry) > now ? [offerCallback] : [];
  },
  promises: (values) => {
    const lastTry = values['lastTryAt'];
    if (lastTry === undefined || isDay(lastTry)) return [];
    const dueAt = unlock(lastTry);
    return [
      {
        kind: 'account_unlocks',
        text: fr`Nouvel essai possible à partir du ${dayAndClock(dueAt)}.`,
        dueAt,
      },
    ];
  },
};
