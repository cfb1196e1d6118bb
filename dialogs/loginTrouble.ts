import { addMinutes } from 'date-fns';
import { exactMessage, isDay, moment, replyEmail, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { clock, clockOrDay, fold, fr } from './french.ts';
import type { Message, Reading } from './slots.ts';

/** Guide, section 2: wait 15 minutes before another try. */
const LOCK_LASTS_MINUTES = 15;

const unlock = (lastTry: string): Date => addMinutes(new Date(lastTry), LOCK_LASTS_MINUTES);

function lockState(lastTry: string, now: Date): string {
  const from = unlock(lastTry);
  return !isDay(lastTry) && from > now
    ? fr`Si le compte est verrouillé, réessayez à partir de ${clockOrDay(from, now)}.`
    : fr`Les 15 minutes d’attente sont déjà passées : le support va regarder.`;
}

const NUMBERS: Record<string, number> = {
  une: 1,
  un: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  six: 6,
  sept: 7,
  huit: 8,
  dix: 10,
};

function readTries({ text }: Message): Reading | undefined {
  const answer = fold(text);
  const digits = /\b(\d{1,2})\b/.exec(answer)?.[1];
  if (digits) return { value: digits };
  const word = answer.split(/\W+/).find((part) => part in NUMBERS);
  if (word) return { value: String(NUMBERS[word]) };
  return /plusieurs|beaucoup|plein|quelques|trop|sais plus/.test(answer) ? { value: 'plusieurs' } : undefined;
}

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
      spot: ({ text }) => /\b(\d{1,2})\s+(?:essais?|tentatives?|fois)\b/i.exec(text)?.[1],
    },
    moment({
      name: 'lastTryAt',
      label: 'Dernier essai',
      ask: fr`Quand était votre dernier essai ?`,
      why: fr`L’heure du dernier essai donne celle à laquelle le compte se déverrouille.`,
      required: true,
      hourMatters: true,
      note: lockState,
    }),
    yesNo({
      name: 'stillFails',
      label: 'Échoue encore',
      ask: fr`L’erreur se produit-elle encore maintenant ?`,
      why: fr`Nous saurons si l’attente a suffi.`,
      when: (values) => values['lastTryAt'] !== undefined,
    }),
    replyEmail,
  ],
  promises: (values) => {
    const lastTry = values['lastTryAt'];
    if (lastTry === undefined || isDay(lastTry)) return [];
    const dueAt = unlock(lastTry);
    return [{ kind: 'account_unlocks', text: fr`Nouvel essai possible à partir de ${clock(dueAt)}`, dueAt }];
  },
};
