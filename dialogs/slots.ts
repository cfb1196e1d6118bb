import type { Choice } from './answers.ts';

/** Something recognisable in a message: an order number, an e-mail address… (found by knowledge, passed in). */
export interface Found {
  kind: string;
  value: string;
  text: string;
  index: number;
}

/** What knowledge can find; the bot hands it in, so that dialogs import nothing from knowledge. */
export interface Finders {
  entities(text: string): Found[];
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
  /** `find.entities(text)`, worked out once a turn. */
  entities: Found[];
}

/** What reading an answer gives: a value, a value in doubt (a question is asked first), or a refusal with its reason. */
export type Reading = { value: string; doubt?: { ask: string; instead?: string } } | { refused: string };

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
  /** How the value reads on the recap; as it is when absent. */
  show?(value: string, now: Date): string;
  /** Something worth saying once the value is known, before the next question (a link's last minute…). */
  note?(value: string, now: Date): string | undefined;
  /** Asked only when this holds. */
  when?(values: Values): boolean;
  /** Takes whole sentences, so that questions and addresses inside it mean nothing by themselves. */
  freeText?: boolean;
}
