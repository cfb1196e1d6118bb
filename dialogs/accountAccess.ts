import { addMinutes } from './dateFns.ts';
import { email, told, words, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { clockOrDay, dayAndClock, fold, fr } from './french.ts';
import { atMoment, isDay, moment, spotMoment } from './moments.ts';
import type { Message } from './slots.ts';

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

const NOT_ASKED =
  /\b(?:pas|jamais|rien)\b.{0,20}\b(?:demande|clique|fait)\b.{0,30}\b(?:lien|mail|reinit|mot de passe oublie)/;
const ASKED =
  /\b(?:demande|redemande|clique|fait)\b.{0,40}\b(?:lien|reinit\w*|mot de passe oublie|nouveau mot de passe)|\b(?:lien|mail) de (?:reinit\w*|recuperation)\b.{0,40}\b(?:recu|arrive|vient|expire|marche|fonctionne|valable|plus|jamais)|\b(?:lien|mail)\b.{0,20}\b(?:demande|expire|plus valable)/;

const FAILS =
  /\b(?:rien recu|pas (?:encore )?recu|recu aucun|recois (?:rien|pas|aucun)|(?:lien|mail|code)\b.{0,30}\b(?:marche|fonctionne|arrive|vient|ouvre|valable|expire|mort))\b/;

/** "J'ai demandé le lien mais rien reçu" answers whether it was asked for. */
function spotAsked({ text }: Message): string | undefined {
  const said = fold(text);
  if (NOT_ASKED.test(said)) return 'no';
  return ASKED.test(said) ? 'yes' : undefined;
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
      likely: { known: 'email', ask: (value) => fr`L’adresse de votre inscription est-elle ${value} ?` },
    }),
    yesNo({
      name: 'resetAsked',
      label: 'Réinitialisation demandée',
      ask: fr`Avez-vous déjà demandé un lien de réinitialisation ?`,
      why: fr`Nous saurons ainsi s’il faut chercher un e-mail perdu ou en envoyer un premier.`,
      required: true,
      spot: spotAsked,
      note: (value) =>
        value === 'no'
          ? fr`Vous pouvez le demander dès maintenant : « Mot de passe oublié ? » sur la page de connexion.`
          : undefined,
    }),
    moment({
      name: 'resetAskedAt',
      label: 'Demandée',
      ask: fr`Quand l’avez-vous demandé ?`,
      why: fr`Le lien ne vaut que 60 minutes : l’heure dit s’il est encore bon.`,
      required: true,
      hourMatters: true,
      when: (values) => values['resetAsked'] === 'yes',
      follows: 'resetAsked',
      spot: (message) => (spotAsked(message) === 'yes' ? spotMoment(message) : undefined),
      spoken: (value, now) => fr`lien demandé ${atMoment(value, now)}`,
      note: linkState,
    }),
    words({
      name: 'description',
      label: 'Ce qui se passe',
      ask: fr`Que se passe-t-il exactement lorsque vous essayez ?`,
      why: fr`Quelques mots suffisent pour que le support ne vous fasse pas répéter.`,
      atLeast: 4,
      spot: told(FAILS, 5),
      spoken: () => fr`ce qui se passe`,
    }),
  ],
  promises: (values) => {
    const askedAt = values['resetAskedAt'];
    if (askedAt === undefined || isDay(askedAt)) return [];
    const dueAt = expiry(askedAt);
    return [
      {
        kind: 'reset_link_expires',
        text: fr`Lien de réinitialisation valable jusqu’au ${dayAndClock(dueAt)}.`,
        dueAt,
      },
    ];
  },
};
