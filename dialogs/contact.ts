import { replyEmail, words } from './commonSlots.ts';
import type { Flow, PromiseClock, TimePromise } from './flow.ts';
import { atClockOrDay, fr } from './french.ts';
import { pageUrl } from './pageUrl.ts';
import type { Values } from './slots.ts';

const request = words({
  name: 'description',
  label: 'Demande',
  ask: fr`Que souhaitez-vous dire au support ? Décrivez votre demande et, s’il y a lieu, les étapes qui mènent au problème.`,
  why: fr`Plus la description est détaillée, plus la réponse est rapide et fiable.`,
  required: true,
  atLeast: 6,
});

/** Written while the support is closed, a request is read from the next opening on. */
function opening(_values: Values, { now, nextOpening }: PromiseClock): TimePromise[] {
  if (!nextOpening) return [];
  const text = fr`Le support rouvre ${atClockOrDay(nextOpening, now)}.`;
  return [{ kind: 'support_opens', text, dueAt: nextOpening }];
}

/** Guide, section 8: writing to the support. */
export const contact: Flow = {
  intent: 'support_contact',
  section: 8,
  title: 'Contact du support',
  about: 'votre demande',
  opening: fr`Très bien, écrivons au support.`,
  advice: () =>
    fr`Pour une réponse plus rapide : des captures d’écran, l’adresse de la page concernée et les étapes qui mènent au problème (guide, section 8).`,
  advised: ['horaires et moyens de contact', 'éléments à joindre'],
  mayBeSolvedByAdvice: false,
  priority: 'normal',
  slots: [
    request,
    pageUrl({
      ask: fr`Une page du site est-elle concernée ? Copiez son adresse, ou répondez « passer ».`,
    }),
    replyEmail,
  ],
  promises: opening,
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
      ask: fr`En une phrase, à quel sujet ? Ajoutez votre adresse e-mail pour recevoir la réponse, ou répondez « passer ».`,
      why: fr`Le conseiller saura de quoi il s’agit avant de vous répondre.`,
    }),
    { ...replyEmail, unasked: true },
  ],
  promises: opening,
};
