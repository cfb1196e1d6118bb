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
  /** The slot whose question was asked last, or where in the recap we are. */
  asking?: string;
  /** Answers to that question that could not be read. */
  attempts: number;
  phase: 'asking' | 'recap' | 'editing';
  /** A value to be confirmed before it is kept. */
  doubt?: { slot: string; value: string; instead?: string };
}

export function newForm(): FormState {
  return { values: {}, sources: {}, skipped: [], attempts: 0, phase: 'asking' };
}

export function slotNamed(flow: Flow, name: string | undefined): Slot | undefined {
  return flow.slots.find((slot) => slot.name === name);
}

/** Slots that make sense with what is known. */
export function relevantSlots(flow: Flow, values: Values): Slot[] {
  return flow.slots.filter((slot) => !slot.when || slot.when(values));
}

/** The first relevant slot without a value that was not skipped; undefined when all is known. */
export function nextSlot(flow: Flow, form: FormState): Slot | undefined {
  return relevantSlots(flow, form.values).find(
    (slot) => form.values[slot.name] === undefined && !form.skipped.includes(slot.name),
  );
}

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

export function show(slot: Slot, value: string, now: Date): string {
  return slot.show?.(value, now) ?? value;
}

/** Every relevant detail in the order of the flow, with what is missing marked. */
export function recapFacts(flow: Flow, form: FormState, now: Date): Fact[] {
  return relevantSlots(flow, form.values).map((slot) => {
    const value = form.values[slot.name];
    return value === undefined
      ? { label: slot.label, value: texts.notProvided, missing: true }
      : { label: slot.label, value: show(slot, value, now) };
  });
}

/** Keeps at most one question open, the first required one: a customer who wants a human is not held by a form. */
export function hurry(flow: Flow, form: FormState): void {
  const open = relevantSlots(flow, form.values).filter((slot) => form.values[slot.name] === undefined);
  const keep = open.find((slot) => slot.required && !form.skipped.includes(slot.name));
  form.skipped = open.filter((slot) => slot !== keep).map((slot) => slot.name);
}
