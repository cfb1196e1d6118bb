import { moment, replyEmail, words, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { fr } from './french.ts';

export const suspiciousActivity: Flow = {
  intent: 'suspicious_activity',
  section: 7,
  title: 'Sécurité du compte',
  about: 'la sécurité de votre compte',
  opening: fr`C’est sérieux, et vous avez bien fait de nous écrire.`,
  advice: () =>
    fr`Changez votre mot de passe dès maintenant et activez, si elle est disponible, l’authentification à deux facteurs (guide, section 7). Votre signalement passera en priorité. Pour un humain tout de suite, écrivez « parler à un humain ».`,
  advised: ['changer le mot de passe', 'authentification à deux facteurs'],
  mayBeSolvedByAdvice: false,
  priority: 'urgent',
  slots: [
    words({
      name: 'observed',
      label: 'Éléments observés',
      ask: fr`Qu’avez-vous observé ? S’il y a plusieurs choses, dites-les toutes.`,
      why: fr`Chaque élément aide à comprendre ce qui s’est passé.`,
      required: true,
      atLeast: 6,
    }),
    moment({
      name: 'observedAt',
      label: 'Date des événements',
      ask: fr`Quand cela s’est-il passé ?`,
      why: fr`La date permet de rapprocher votre signalement des journaux de sécurité.`,
      required: true,
    }),
    words({
      name: 'origin',
      label: 'Pays ou appareil indiqué',
      ask: fr`Un pays ou un appareil était-il indiqué ? Sinon, répondez « passer ».`,
      why: fr`Cela aide à distinguer un accès étranger d’un de vos appareils.`,
    }),
    yesNo({
      name: 'passwordChanged',
      label: 'Mot de passe changé',
      ask: fr`Avez-vous pu changer votre mot de passe ?`,
      why: fr`Tant qu’il n’est pas changé, quelqu’un d’autre peut encore entrer.`,
      note: (value) =>
        value === 'no'
          ? fr`Faites-le dès que possible, depuis la page de connexion : « Mot de passe oublié ? ».`
          : undefined,
    }),
    replyEmail,
  ],
};
