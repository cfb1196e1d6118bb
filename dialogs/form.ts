import type { Flow } from './flow.ts';
import type { Fact } from './reply.ts';
import type { Message, Slot, Values } from './slots.ts';
import { texts } from './texts.ts';

export type Source = 'asked' | 'spotted' | 'corrected';

/**
 * What a form keeps between turns. The next question is computed from it (first slot without a value), never stored as
 * a step, so that a release that inserts or removes a question cannot corrupt an open conversation.
 */
export interface FormState {
  values: Record<string, string>;
  sources: Record<string, Source>;
  /** Slots the customer could not or would not fill. */
  skipped: string[];
  /** The slot whose question was asked last. */
  asking?: string;
  /** Answers to that question that brought nothing. */
  attempts: number;
  phase: 'asking' | 'recap' | 'editing';
  /** A value to be confirmed before it is kept. */
  doubt?: { slot: string; value: string; instead?: string; ask?: string; guessed?: boolean };
  /** A number that could be several details, until the customer says which. */
  unclear?: { value: string; slots: string[] };
  /** What the open question falls back on when nothing better is said: a day without its hour, the value being edited. */
  partly?: string;
  /** What was said and fits no detail; agents read it on the ticket. */
  remarks?: string[];
  /** The advice was just given: the open question also asks whether it helped. */
  advised?: boolean;
}

/** More is a story, which the transcript holds. */
const MOST_REMARKS = 5;

/** A form in which nothing is filled. */
export function newForm(): FormState {
  return { values: {}, sources: {}, skipped: [], attempts: 0, phase: 'asking' };
}

/** A form as an earlier release stored it, brought in place to this one's shape: what is lacking, and renamed slots. */
export function renewForm(flow: Flow, stored: Partial<FormState>): FormState {
  const form = Object.assign(stored, { ...newForm(), ...stored });
  const renew = (name: string): string => flow.renamed?.[name] ?? name;
  const renewKeys = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [renew(name), value]));
  form.values = renewKeys(form.values);
  form.sources = renewKeys(form.sources);
  form.skipped = form.skipped.map(renew);
  if (form.asking !== undefined) form.asking = renew(form.asking);
  return form;
}

/** The slot of that name; undefined when the flow has none, or has it no more. */
export function slotNamed(flow: Flow, name: string | undefined): Slot | undefined {
  return flow.slots.find((slot) => slot.name === name);
}

/** Slots that make sense with what is known. */
export function relevantSlots(flow: Flow, values: Values): Slot[] {
  return flow.slots.filter((slot) => !slot.when || slot.when(values));
}

/** Relevant slots without a value, those that were skipped among them. */
export function openSlots(flow: Flow, form: FormState): Slot[] {
  return relevantSlots(flow, form.values).filter((slot) => form.values[slot.name] === undefined);
}

/** The first relevant slot without a value that was not skipped; undefined when nothing is left to ask. */
export function nextSlot(flow: Flow, form: FormState): Slot | undefined {
  return openSlots(flow, form).find((slot) => !slot.unasked && !form.skipped.includes(slot.name));
}

/** Fills a slot; it is skipped no more. */
export function setValue(form: FormState, slot: Slot, value: string, source: Source): void {
  form.values[slot.name] = value;
  form.sources[slot.name] = source;
  form.skipped = form.skipped.filter((name) => name !== slot.name);
}

/** Recognisable values in a message for the given slots: what each slot would take from it. */
export function spotted(slots: readonly Slot[], message: Message): { slot: Slot; value: string }[] {
  return slots.flatMap((slot) => {
    const value = slot.spot?.(message);
    return value === undefined ? [] : [{ slot, value }];
  });
}

/** How a value reads; without `now`, to be read on another day. */
export function show(slot: Slot, value: string, now?: Date): string {
  return slot.show?.(value, now) ?? value;
}

/** What a screen said stands in quotation marks. */
const QUOTE = /[«"“]/u;

/** Words that tell something, though not what was asked: "le livreur a dit l'avoir mis dans la boîte". */
export function isSentence(text: string): boolean {
  const words = (text.match(/\p{L}{2,}/gu) ?? []).length;
  return (words >= 5 || (words >= 2 && QUOTE.test(text))) && !/\?\s*$/.test(text);
}

/** Keeps words that fit no detail, each once. */
export function addRemark(form: FormState, text: string): void {
  form.remarks = [...new Set([...(form.remarks ?? []), text.trim()])].slice(-MOST_REMARKS);
}

/** Every relevant detail in the order of the flow, with what is missing marked. */
export function recapFacts(flow: Flow, form: FormState, now: Date): Fact[] {
  const facts: Fact[] = relevantSlots(flow, form.values).map((slot) => {
    const value = form.values[slot.name];
    return value === undefined
      ? { label: slot.label, value: texts.notProvided, missing: true }
      : { label: slot.label, value: show(slot, value, now) };
  });
  if (form.remarks) facts.push({ label: texts.remarks, value: form.remarks.join(' / ') });
  return facts;
}

/** Keeps at most one question open, the first required one: a customer who wants a human is not held by a form. */
export function hurry(flow: Flow, form: FormState): void {
  const open = openSlots(flow, form);
  const keep = open.find((slot) => slot.required && !form.skipped.includes(slot.name));
  form.skipped = open.filter((slot) => slot !== keep).map((slot) => slot.name);
}
