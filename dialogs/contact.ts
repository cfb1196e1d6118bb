import { pageUrl, replyEmail, words } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { fr } from './french.ts';

const request = words({
  name: 'description',
  label: 'Demande',
  ask: fr`Que souhaitez-vous dire au support ? Décrivez votre demande et, s’il y a lieu, les étapes qui mènent au problème.`,
  why: fr`Plus la description est détaillée, plus la réponse est rapide et fiable.`,
  required: true,
  atLeast: 6,
});

/** Guide, section 8: writing to the support. */
export const contact: Flow = {
  intent: 'support_contact',
  section: 8,
  title: 'Contact du support',
  about: 'votre demande',
  opening: fr`Le support technique est joignable du lundi au vendredi de 9 h à 18 h, par ticket, e-mail ou chat (guide, section 8).`,
  advice: () =>
    fr`Pour une réponse plus rapide : des captures d’écran, l’adresse de la page concernée et les étapes qui mènent au problème.`,
  advised: ['horaires et moyens de contact', 'éléments à joindre'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    request,
    pageUrl({
      ask: fr`Une page du site est-elle concernée ? Copiez son adresse, ou répondez « passer ».`,
    }),
    replyEmail,
  ],
};

/** A wish for a person: one question, which may be refused, then the ticket. */
export const humanRequest: Flow = {
  intent: 'human_agent',
  section: 8,
  title: 'Demande d’un conseiller',
  about: 'votre demande',
  opening: fr`Bien sûr, je transmets à un conseiller.`,
  advice: () => '',
  advised: [],
  mayBeSolvedByAdvice: false,
  priority: 'normal',
  slots: [
    words({
      name: 'description',
      label: 'Demande',
      ask: fr`En une phrase, à quel sujet ? Vous pouvez aussi répondre « passer ».`,
      why: fr`Le conseiller saura de quoi il s’agit avant de vous répondre.`,
    }),
    replyEmail,
  ],
};
