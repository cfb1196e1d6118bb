import { type Choice, readChoice } from './choices.ts';
import { fold, fr, lower } from './french.ts';
import { entitiesOf, type Message, type Reading, type Slot } from './slots.ts';
import { readYesNo, readYesNoInAnswer } from './yesNo.ts';

/* The kinds of details that several flows ask for. Moments have a file of their own. */

const YES_NO: readonly Choice[] = [
  { title: 'Oui', value: 'yes' },
  { title: 'Non', value: 'no' },
];

export type Base = Pick<Slot, 'name' | 'label' | 'ask' | 'why'> & Partial<Slot>;

/** A question answered by yes or no, or by what `also` makes of the folded answer. */
export function yesNo({ also, ...base }: Base & { also?: (said: string) => 'yes' | 'no' | undefined }): Slot {
  return {
    required: false,
    retry: fr`Je n’ai pas compris votre réponse. Répondez par oui ou par non, ou « passer ».`,
    choices: YES_NO,
    read: ({ text }) => {
      const answer = readYesNoInAnswer(text) ?? also?.(fold(text));
      return answer ? { value: answer } : undefined;
    },
    show: (value) => (value === 'yes' ? 'oui' : 'non'),
    spoken: (value) => (value === 'yes' ? lower(base.label) : fr`${lower(base.label)} (non)`),
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
    show: (value) => titleOf(base.choices, value),
    ...base,
  };
}

/** The title of the choice that a value stands for. */
export const titleOf = (choices: readonly Choice[], value: string): string =>
  choices.find((choice) => choice.value === value)?.title ?? value;

/** A few words of the customer's own, kept as typed. */
export function words(base: Base & { atLeast?: number }): Slot {
  return {
    required: false,
    freeText: true,
    retry: fr`Pouvez-vous l’écrire en quelques mots ?`,
    // A yes to "que se passe-t-il ?" tells nothing.
    read: ({ text }) =>
      text.trim().length >= (base.atLeast ?? 2) && readYesNo(text) === undefined
        ? { value: text.trim() }
        : undefined,
    ...base,
  };
}

const A_LONG_QUESTION = 12;
const TAKEN_BACK = /^(?:non|nan|en fait|finalement|pardon|oups)\b/;

/** The message itself, when it tells in a few words what a story's question asks for: nobody is made to tell it twice. */
export const told =
  (cue: RegExp, words: number) =>
  ({ text }: Message): string | undefined => {
    const said = fold(text);
    const length = said.split(' ').length;
    // A short question asks; a long one tells first.
    if (length < words || (said.endsWith('?') && length < A_LONG_QUESTION)) return undefined;
    return cue.test(said) && !TAKEN_BACK.test(said) ? text.trim() : undefined;
  };

/** The first value of a kind that knowledge found in the message. */
export const firstOf =
  (kind: string) =>
  (message: Message): string | undefined =>
    entitiesOf(message).find((entity) => entity.kind === kind)?.value;

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
    called: 'e-?mails?|mails?|adresse|courriel',
    ...base,
  };
}

/** Where the answer goes; asked last, by every flow that ends in a ticket. */
export const replyEmail: Slot = email({
  name: 'email',
  label: 'E-mail de réponse',
  ask: fr`À quelle adresse e-mail pouvons-nous vous répondre ?`,
  why: fr`C’est là que vous recevrez la réponse du support, si vous n’êtes plus sur cette page.`,
  carries: true,
});

/** Ten digits from 0 are a telephone number. */
const isPhone = (number: string): boolean => /^0\d{9}$/.test(number);

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
      const [found, ...others] = entitiesOf(message).filter(({ kind }) => kind === 'order_number');
      if (found) return { value: found.value, ...(others.length > 0 && { saysMore: true }) };
      // As an answer to this very question a bare number needs no word before it.
      const bare = /^\D{0,25}?\b([A-Z]{0,4}-?\d[\d -]{2,20}\d)\b\D{0,25}$/iu.exec(message.text.trim())?.[1];
      if (!bare || firstOf('tracking_number')(message)) return undefined;
      const value = bare.replaceAll(' ', '').toUpperCase();
      return value.length >= 4 && !isPhone(value) ? { value } : undefined;
    },
    spot: firstOf('order_number'),
    called: 'commande',
    mayBe: (number) => number.length >= 4 && number.length <= 16 && !isPhone(number),
    ...base,
  };
}

/** The parcel's number, checked against the carriers' formats, which are a setting. */
export const trackingNumber: Slot = {
  name: 'trackingNumber',
  label: 'Numéro de suivi',
  ask: fr`Quel est le numéro de suivi du colis ?`,
  why: fr`Le transporteur en a besoin pour ouvrir l’enquête. Il figure dans l’e-mail d’expédition, par exemple 6A12345678901.`,
  retry: fr`Je ne reconnais pas ce numéro de suivi. Il ressemble à 6A12345678901 (Colissimo) ou XY123456789FR (Chronopost), et figure dans l’e-mail d’expédition.`,
  required: true,
  read: ({ text, find }) => {
    const tracking = find.tracking(text);
    if (!tracking) return oddNumber(text);
    if (tracking.checkDigit !== 'wrong') return { value: tracking.value };
    return {
      value: tracking.value,
      doubt: { ask: fr`Je lis ${tracking.value}, mais un caractère semble faux. Est-ce bien ce numéro ?` },
    };
  },
  spot: firstOf('tracking_number'),
  called: 'suivi|colis',
  mayBe: (number, { find }) => find.tracking(number) !== undefined && !isPhone(number),
};

/** A number of no carrier that we know: asked about, since a carrier may have a new form. An order's is none. */
function oddNumber(text: string): Reading | undefined {
  const joined = text.replace(/(?<=[A-Z\d])[ .-](?=[A-Z\d]*\d)/gi, '');
  const value = /(?<![\w@])(?=(?:[A-Z]*\d){6})[A-Z\d]{8,30}(?![\w@])/i.exec(joined)?.[0].toUpperCase();
  if (value === undefined || isPhone(value)) return undefined;
  return {
    value,
    doubt: { ask: fr`Je ne connais pas cette forme de numéro de suivi. Est-ce bien ${value} ?` },
  };
}
