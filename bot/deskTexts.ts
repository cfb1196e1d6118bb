import { atClockOrDay, fr } from '../dialogs/french.ts';

/** The customer's buttons around a talk with a human. */
export const deskChoices = {
  chat: 'Discuter maintenant',
  wait: 'Patienter',
  ticket: 'Laisser un ticket',
  bot: 'Retour au bot',
  keepWaiting: 'Continuer à patienter',
  skip: 'Passer',
} as const;

function ordinal(place: number): string {
  return place === 1 ? '1er' : `${place}e`;
}

/** What customers read around a talk with a human. */
export const deskTexts = {
  offer: (place: number): string =>
    place === 1
      ? fr`Un conseiller est disponible. Voulez-vous discuter avec lui maintenant, ou laisser un ticket ?`
      : fr`Des conseillers sont là ; vous seriez ${ordinal(place)} dans la file. Voulez-vous discuter maintenant, ou laisser un ticket ?`,
  offerAfterTicket: fr`Un conseiller est disponible : vous pouvez aussi en discuter avec lui maintenant.`,
  nobodyThere: fr`Aucun conseiller n’est au guichet en ce moment : je prends votre demande par ticket. Vous pouvez aussi écrire « patienter » pour attendre votre tour ici.`,
  closesSoon: fr`Le support ferme dans quelques minutes, à 18 h.`,
  closedMeanwhile: (opening: Date, now: Date): string =>
    fr`Le support vient de fermer ; il rouvre ${atClockOrDay(opening, now)}. Je prends votre demande par ticket.`,
  queued: (place: number, reference: string): string =>
    fr`Votre demande ${reference} est transmise. Vous êtes ${ordinal(place)} dans la file : un conseiller va vous répondre ici. Écrivez « retour au bot » pour revenir à l’assistant.`,
  stillQueued: (place: number): string =>
    fr`C’est noté pour le conseiller. Vous êtes ${ordinal(place)} dans la file.`,
  longWait: (place: number): string =>
    fr`Merci de votre patience, vous êtes ${ordinal(place)} dans la file. Vous pouvez continuer à patienter, ou laisser votre ticket : la réponse vous parviendra sans attendre ici.`,
  ticketKept: (reference: string): string =>
    fr`Entendu, votre ticket ${reference} est gardé ; le support vous répondra. Je suis de nouveau là, moi, l’assistant automatique.`,
  accepted: (name: string): string =>
    fr`${name} prend le relais de l’assistant automatique et va vous répondre.`,
  transferred: (name: string): string => fr`Votre conversation passe à ${name}, qui va vous répondre.`,
  released: (place: number): string =>
    fr`Votre conseiller a dû s’absenter. Vous êtes ${ordinal(place)} dans la file : un autre va prendre le relais, avec toute la conversation sous les yeux.`,
  withAgent: (name: string): string =>
    fr`Vous parlez avec ${name}. Écrivez « retour au bot » pour revenir à l’assistant automatique.`,
  backByCustomer: (reference: string): string =>
    fr`Vous êtes de retour avec l’assistant automatique. Votre ticket ${reference} reste ouvert.`,
  backByAgent: (name: string): string =>
    fr`${name} vous rend à l’assistant automatique. Je reste là si vous avez besoin d’autre chose.`,
  closed: (reference: string): string => fr`Votre ticket ${reference} est clos. Merci de votre confiance.`,
  settled: (resolution: string): string => fr`Ce qui a été convenu : ${resolution}`,
  expiredInQueue: (reference: string, opening: Date, now: Date): string =>
    fr`Le support vient de fermer, et je n’ai pas pu vous mettre en relation. Votre ticket ${reference} sera traité dès la réouverture, ${atClockOrDay(opening, now)}.`,
  expiredInTalk: (reference: string): string =>
    fr`Sans nouvelles de vous, la conversation avec le conseiller est terminée. Votre ticket ${reference} reste ouvert ; écrivez-moi si vous avez besoin d’autre chose.`,
  askScore: fr`Comment s’est passé cet échange avec le conseiller ? Donnez une note de 1 à 5, ou passez.`,
  askComment: fr`Merci ! Un mot à ajouter ? Vous pouvez passer.`,
  thanksForRating: fr`Merci pour votre avis.`,
  skipped: fr`Pas de souci.`,
} as const;

/** What transcripts say of the steps of a handoff. */
export const deskEvents = {
  queued: 'Demande transmise aux conseillers.',
  accepted: (name: string): string => `${name} prend la conversation.`,
  transferred: (from: string, to: string): string => `${from} passe la conversation à ${to}.`,
  released: 'La conversation retourne dans la file.',
  returned: 'Retour à l’assistant.',
  closed: 'Conversation terminée par le conseiller.',
  expired: 'La demande n’a pas abouti à temps.',
} as const;
