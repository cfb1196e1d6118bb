import { openSlots, relevantSlots, setValue, spotted } from './form.ts';
import { keepSpotted, unclearNumber } from './formCorrection.ts';
import { type FormRun, named, prompt } from './formTurn.ts';
import { enumerate } from './french.ts';
import type { Slot } from './slots.ts';
import { texts } from './texts.ts';

/** The first words of a form: the opening, the advice, what the first message already told, the first question. */
export function start(run: FormRun): void {
  const { flow, form, turn } = run;
  turn.say(flow.opening);
  carryOver(run);
  const told = prefill(run);
  const advice = flow.advice(form.values);
  if (advice) turn.say(advice);
  sayTold(run, told);
  guess(run);
  if (flow.mayBeSolvedByAdvice) form.advised = true;
  prompt(run);
}

/** What an earlier problem brought holds for this one. */
function carryOver({ flow, form, turn }: FormRun): void {
  for (const slot of flow.slots) {
    const known = slot.carries ? turn.known[slot.name] : undefined;
    if (known !== undefined) setValue(form, slot, known, 'spotted');
  }
}

/** @returns the details that the first message told; it is read before the advice, and they are said after it. */
function prefill(run: FormRun): { slot: Slot; value: string }[] {
  const { flow, form, turn } = run;
  const unclear = unclearNumber(run);
  if (unclear) form.unclear = unclear;
  const silent: FormRun = { ...run, turn: { ...turn, say: () => undefined } };
  return spotted(flow.slots, turn.message)
    .filter(({ value }) => value !== unclear?.value)
    .filter(({ slot, value }) => keepSpotted(silent, slot, value, 'spotted'));
}

function sayTold({ flow, form, turn }: FormRun, told: { slot: Slot; value: string }[]): void {
  const { now } = turn.message;
  // What does not apply (when a link was asked for that was not) is not said.
  const relevant = relevantSlots(flow, form.values);
  const facts = told.filter(({ slot }) => relevant.includes(slot));
  if (facts.length === 0) return;
  turn.say(texts.understood(enumerate(facts.map(({ slot, value }) => named(slot, value, now)))));
  for (const { slot, value } of facts) {
    const note = slot.note?.(value, now);
    if (note) turn.say(note);
  }
}

/** A detail of an earlier problem that is probably this one as well is asked about first. */
function guess({ flow, form, turn }: FormRun): void {
  for (const slot of openSlots(flow, form)) {
    const value = slot.likely && turn.known[slot.likely.known];
    if (slot.likely && value !== undefined) {
      form.doubt ??= { slot: slot.name, value, ask: slot.likely.ask(value), guessed: true };
    }
  }
}
