import { addMinutes } from 'date-fns';
import { email, isDay, moment, words, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { clock, clockOrDay, fr } from './french.ts';

/** Guide, section 1: the reset link expires after 60 minutes. */
const LINK_LASTS_MINUTES = 60;

const expiry = (askedAt: string): Date => addMinutes(new Date(askedAt), LINK_LASTS_MINUTES);

function linkState(askedAt: string, now: Date): string {
  const renew = fr`demandez-en un nouveau depuis « Mot de passe oublié ? ».`;
  if (isDay(askedAt)) return fr`Ce lien a expiré : ${renew}`;
  const until = expiry(askedAt);
  if (until > now) return fr`Votre lien est valable jusqu’à ${clockOrDay(until, now)}.`;
  return fr`Ce lien a expiré (${clockOrDay(until, now)}) : ${renew}`;
}

export const accountAccess: Flow = {
  intent: 'account_access',
  section: 1,
  title: 'Accès au compte',
  about: 'votre accès au compte',
  opening: fr`Je vous aide à retrouver l’accès à votre compte.`,
  advice: () =>
    fr`Vérifiez d’abord que vous utilisez bien l’adresse e-mail de votre inscription. En cas d’oubli, le lien « Mot de passe oublié ? » de la page de connexion vous envoie un e-mail de réinitialisation ; regardez aussi dans les indésirables. Ce lien expire au bout de 60 minutes (guide, section 1).`,
  advised: ['adresse d’inscription vérifiée', 'lien « Mot de passe oublié ? »', 'courrier indésirable'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    email({
      name: 'registrationEmail',
      label: 'E-mail d’inscription',
      ask: fr`Quelle est l’adresse e-mail de votre inscription ?`,
      why: fr`C’est elle qui permet au support de retrouver votre compte.`,
      required: true,
    }),
    yesNo({
      name: 'resetAsked',
      label: 'Réinitialisation demandée',
      ask: fr`Avez-vous déjà demandé un lien de réinitialisation ?`,
      why: fr`Nous saurons ainsi s’il faut chercher un e-mail perdu ou en envoyer un premier.`,
      required: true,
    }),
    moment({
      name: 'resetAskedAt',
      label: 'Demandée',
      ask: fr`Quand l’avez-vous demandé ?`,
      why: fr`Le lien ne vaut que 60 minutes : l’heure dit s’il est encore bon.`,
      required: true,
      hourMatters: true,
      when: (values) => values['resetAsked'] === 'yes',
      note: linkState,
    }),
    words({
      name: 'description',
      label: 'Ce qui se passe',
      ask: fr`Que se passe-t-il exactement lorsque vous essayez ?`,
      why: fr`Quelques mots suffisent pour que le support ne vous fasse pas répéter.`,
      atLeast: 4,
    }),
  ],
  promises: (values) => {
    const askedAt = values['resetAskedAt'];
    if (askedAt === undefined || isDay(askedAt)) return [];
    const dueAt = expiry(askedAt);
    return [
      {
        kind: 'reset_link_expires',
        text: fr`Lien de réinitialisation valable jusqu’à ${clock(dueAt)}`,
        dueAt,
      },
    ];
  },
};
