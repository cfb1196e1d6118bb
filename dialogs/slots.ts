import type { Choice } from './choices.ts';

/** Something recognisable in a message: an order number, an e-mail address… (found by knowledge, passed in). */
export interface Found {
  kind: string;
  value: string;
  text: string;
  index: number;
}

/** What knowledge can find; the bot hands it in, so that dialogs import nothing from knowledge. */
export interface Finders {
  /** Asked for the same text, it is worked out once. */
  entities(text: string): readonly Found[];
  /** An instant said in words, past unless said otherwise: "hier soir vers 19 h". */
  instant(text: string): Date | undefined;
  /** The well-known address that a mistyped one probably meant. */
  emailHint(email: string): string | undefined;
  /** The parcel's number with its carrier, and whether its check digit holds. */
  tracking(text: string): { value: string; carrier: string; checkDigit?: 'right' | 'wrong' } | undefined;
  /** Takes the secrets out of a page's address. */
  safeUrl(url: string): string;
}

/** A customer's message as slots read it. */
export interface Message {
  text: string;
  now: Date;
  find: Finders;
}

/** What is recognisable in a message. */
export function entitiesOf({ find, text }: Message): readonly Found[] {
  return find.entities(text);
}

/** A value; `doubt`: to be confirmed first, `instead` of which is the likely meaning. */
export interface Value {
  value: string;
  /** The answer says more than the value holds (two dates): its words are kept as a remark. */
  saysMore?: boolean;
  doubt?: { ask: string; instead?: string };
}
/** Not good enough, with the reason; `partly` is kept when nothing better comes. */
export interface Refused {
  refused: string;
  partly?: string;
}
export type Reading = Value | Refused;

export type Values = Readonly<Record<string, string>>;

/**
 * One detail that a flow needs. `read` interprets the answer to its own question; `spot` finds the value anywhere in
 * a message, and only details with a recognisable form have it: that gives prefill and correction, and forbids guessing.
 */
export interface Slot {
  name: string;
  label: string;
  ask: string;
  /** Why it helps: said on "pourquoi ?" and on the first "je ne sais pas". */
  why: string;
  /** Said when the answer could not be read. */
  retry: string;
  /** Required details are marked for agents when missing; nobody is ever held for one. */
  required: boolean;
  choices?: readonly Choice[];
  read(message: Message): Reading | undefined;
  spot?(message: Message): string | undefined;
  /** The value of a message that holds nothing else, whatever is asked: "hier vers 20 h". */
  alone?(message: Message): string | undefined;
  /** Whether a bare number could be this detail; when it could be two, the customer is asked which. */
  mayBe?(number: string, message: Message): boolean;
  /** How the value reads, on the recap (as it is when absent); without `now`, to be read on another day. */
  show?(value: string, now?: Date): string;
  /** How a notice names it with its value: "numéro de commande 100245"; label and value when absent. */
  spoken?(value: string, now: Date): string;
  /** Something worth saying once the value is known, before the next question (a link's last minute…). */
  note?(value: string, now: Date): string | undefined;
  /** Asked only when this holds. */
  when?(values: Values): boolean;
  /** The detail whose answer often holds this one as well: "oui, il y a 20 minutes". */
  follows?: string;
  /** Takes whole sentences, so that questions and addresses inside it mean nothing by themselves. */
  freeText?: boolean;
  /** Never asked: taken when it is given, and may be added at the recap. */
  unasked?: boolean;
  /** Other words for it: regular expression source over folded text ("je me suis trompé dans mon adresse"). */
  called?: string;
  /** A detail known from an earlier problem that is probably this one as well: it is asked about, not asked for. */
  likely?: { known: string; ask(value: string): string };
  /** Holds for the customer's next problem too, and is not asked again. */
  carries?: boolean;
}
