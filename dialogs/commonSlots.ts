import { type Choice, readChoice, readYesNo } from './answers.ts';
import { clockOrDay, day, fr, isoDay } from './french.ts';
import type { Message, Reading, Slot } from './slots.ts';

/* The kinds of details that several flows ask for. */

const YES_NO: readonly Choice[] = [
  { title: 'Oui', value: 'yes' },
  { title: 'Non', value: 'no' },
];

type Base = Pick<Slot, 'name' | 'label' | 'ask' | 'why'> & Partial<Slot>;

/** A question answered by yes or no, or by what `also` reads. */
export function yesNo(base: Base): Slot {
  return {
    required: false,
    retry: fr`Je n’ai pas compris votre réponse. Répondez par oui ou par non, ou « passer ».`,
    choices: YES_NO,
    read: ({ text }) => {
      const answer = readYesNo(text) ?? readChoice(text, YES_NO)?.value;
      return answer ? { value: answer } : undefined;
    },
    show: (value) => (value === 'yes' ? 'oui' : 'non'),
    ...base,
  };
}

/** One of several answers, by button, number or words. */
export function oneOf(base: Base & { choices: readonly Choice[] }): Slot {
  return {
    required: false,
    retry: fr`Je n’ai pas reconnu votre réponse. Choisissez l’une des propositions, par son nom ou son numéro.`,
    read: ({ text }) => {
      const choice = readChoice(text, base.choices);
      return choice ? { value: choice.value } : undefined;
    },
    show: (value) => base.choices.find((choice) => choice.value === value)?.title ?? value,
    ...base,
  };
}

/** A few words of the customer's own, kept as typed. */
export function words(base: Base & { atLeast?: number }): Slot {
  return {
    required: false,
    freeText: true,
    retry: fr`Pouvez-vous l’écrire en quelques mots ?`,
    read: ({ text }) => (text.trim().length >= (base.atLeast ?? 2) ? { value: text.trim() } : undefined),
    ...base,
  };
}

/**
 * A moment in the past, said as people say it; stored as an ISO 8601 instant, or as a date (YYYY-MM-DD) when no time
 * was given. A day that is over is enough; `hourMatters` asks for the time when the day is today.
 */
export function moment({ hourMatters = false, ...base }: Base & { hourMatters?: boolean }): Slot {
  return {
    required: false,
    retry: fr`Je n’ai pas reconnu ce moment. Par exemple : « il y a 20 minutes », « ce matin à 9 h 15 », « hier soir ».`,
    read: (message) => readMoment(message, hourMatters),
    show: (value, now) =>
      isDay(value) ? day(new Date(`${value}T12:00:00Z`), now) : clockOrDay(new Date(value), now),
    ...base,
  };
}

/** Whether a stored moment is a day without its time. */
export function isDay(value: string): boolean {
  return value.length === 10;
}

function readMoment({ text, now, find, entities }: Message, hourMatters: boolean): Reading | undefined {
  const notYet = { refused: fr`Ce moment n’est pas encore passé. Quand était-ce ?` };
  const instant = find.instant(text);
  if (instant) return instant.getTime() > now.getTime() + 60_000 ? notYet : { value: instant.toISOString() };
  const date = entities.find((entity) => entity.kind === 'date')?.value;
  if (date === undefined) return undefined;
  const today = isoDay(now);
  if (date > today) return notYet;
  if (date === today && hourMatters)
    return { refused: fr`Vers quelle heure ? Par exemple : « vers 9 h 15 ».` };
  return { value: date };
}

const firstOf =
  (kind: string) =>
  ({ entities }: Message): string | undefined =>
    entities.find((entity) => entity.kind === kind)?.value;

/** Any e-mail address; a likely typo is asked about before it is kept. */
export function email(base: Base): Slot {
  const spot = firstOf('email');
  return {
    required: false,
    retry: fr`Je ne reconnais pas d’adresse e-mail. Elle s’écrit comme prenom.nom@exemple.fr.`,
    read: (message) => {
      const value = spot(message);
      if (!value) return undefined;
      const instead = message.find.emailHint(value);
      if (!instead) return { value };
      return { value, doubt: { ask: fr`Vouliez-vous dire ${instead} ?`, instead } };
    },
    spot,
    ...base,
  };
}

/** Where the answer goes; asked last, by every flow that ends in a ticket. */
export const replyEmail: Slot = email({
  name: 'email',
  label: 'E-mail de réponse',
  ask: fr`À quelle adresse e-mail pouvons-nous vous répondre ?`,
  why: fr`C’est là que vous recevrez la réponse du support, si vous n’êtes plus sur cette page.`,
});

/** The shop's order number; the pattern is a setting. */
export function orderNumber(base: Partial<Slot> = {}): Slot {
  return {
    name: 'orderNumber',
    label: 'Numéro de commande',
    ask: fr`Quel est votre numéro de commande ?`,
    why: fr`Il permet au support de retrouver votre commande tout de suite. Il figure dans l’e-mail de confirmation et dans votre espace client.`,
    retry: fr`Je ne reconnais pas de numéro de commande. C’est par exemple 100245 ou CMD-100245 ; il figure dans l’e-mail de confirmation.`,
    required: true,
    read: (message) => {
      const found = firstOf('order_number')(message);
      if (found) return { value: found };
      // As an answer to this very question a bare number needs no word before it.
      const bare = /^\D{0,25}?\b([A-Z]{0,4}-?\d[\d-]{3,20}\d)\b\D{0,15}$/iu.exec(message.text.trim())?.[1];
      return bare ? { value: bare.toUpperCase() } : undefined;
    },
    spot: firstOf('order_number'),
    ...base,
  };
}

/** The parcel's number, checked against the carriers' formats. */
export const trackingNumber: Slot = {
  name: 'trackingNumber',
  label: 'Numéro de suivi',
  ask: fr`Quel est le numéro de suivi du colis ?`,
  why: fr`Le transporteur en a besoin pour ouvrir l’enquête. Il figure dans l’e-mail d’expédition, par exemple 6A12345678901.`,
  retry: fr`Je ne reconnais pas ce numéro de suivi. Il ressemble à 6A12345678901 (Colissimo) ou XY123456789FR (Chronopost), et figure dans l’e-mail d’expédition.`,
  required: true,
  read: ({ text, find }) => {
    const tracking = find.tracking(text);
    if (!tracking) return undefined;
    if (tracking.checkDigit !== 'wrong') return { value: tracking.value };
    return {
      value: tracking.value,
      doubt: { ask: fr`Je lis ${tracking.value}, mais un caractère semble faux. Est-ce bien ce numéro ?` },
    };
  },
  spot: firstOf('tracking_number'),
};

/** The page's address, without the secrets of its query. */
export function pageUrl(base: Partial<Slot> = {}): Slot {
  const spot = (message: Message): string | undefined => {
    const found = firstOf('url')(message);
    return found === undefined ? undefined : message.find.safeUrl(found);
  };
  return {
    name: 'url',
    label: 'Page concernée',
    ask: fr`Sur quelle page est-ce arrivé ? Copiez son adresse (URL), ou décrivez-la en quelques mots.`,
    why: fr`L’adresse de la page permet au support de voir exactement ce que vous voyez.`,
    retry: fr`Copiez l’adresse affichée en haut du navigateur, ou dites par exemple « le panier ».`,
    required: false,
    read: (message) => {
      const value = spot(message) ?? message.text.trim();
      return value.length >= 3 ? { value } : undefined;
    },
    spot,
    ...base,
  };
}

/** The error message as displayed. */
export function exactMessage(base: Partial<Slot> = {}): Slot {
  return words({
    name: 'exactMessage',
    label: 'Message d’erreur',
    ask: fr`Quel est le message d’erreur exact ? Recopiez-le tel qu’il s’affiche.`,
    why: fr`Le texte exact permet au support de reconnaître l’erreur du premier coup.`,
    required: true,
    atLeast: 3,
    spot: ({ text }) => /[«"“]\s*([^«»"“”]{4,200}?)\s*[»"”]/u.exec(text)?.[1],
    ...base,
  });
}
