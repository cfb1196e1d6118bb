import type { Flow } from './flow.ts';
import { type FormState, nextSlot, recapFacts, relevantSlots, setValue, show, type Source } from './form.ts';
import type { Reply } from './reply.ts';
import { lower } from './french.ts';
import type { Message, Slot, Values } from './slots.ts';
import { texts } from './texts.ts';

/** What the bot lends a form for one turn; put into the context's turnState under `formTurn`. */
export interface FormTurn {
  message: Message;
  say(reply: Reply | string): void;
  /**
   * A short answer to what is not about this form: a question in passing, thanks, a second problem. Inside `freeText`
   * only what is plainly a question or a second problem counts. Undefined when there is nothing to answer.
   */
  aside(text: string, freeText: boolean): string | undefined;
  /** What the customer took of the flow's offers. */
  taken(): readonly string[];
  /** Details that earlier forms of the conversation brought, for slots that carry over. */
  known: Values;
}
export const formTurn = Symbol('formTurn');

/** One form in one turn: what every step of it works on. */
export interface FormRun {
  flow: Flow;
  form: FormState;
  turn: FormTurn;
}

const titles = (list: readonly string[]): { title: string }[] => list.map((title) => ({ title }));

/** Says what the form waits for: a doubt, the next question with its choices, the list to edit, or the recap. */
export function prompt(run: FormRun): void {
  const { flow, form, turn } = run;
  const yesOrNo = titles([texts.choice.yes, texts.choice.no]);
  if (form.unclear) {
    const labels = form.unclear.slots.flatMap(
      (name) => flow.slots.find((slot) => slot.name === name)?.label ?? [],
    );
    return turn.say({ text: texts.which(form.unclear.value), choices: titles(labels) });
  }
  if (form.doubt) return turn.say({ text: form.doubt.ask ?? texts.isIt(form.doubt.value), choices: yesOrNo });
  if (form.phase === 'editing') return askWhichToEdit(run);
  const slot = form.phase === 'asking' ? nextSlot(flow, form) : undefined;
  if (!slot) return recap(run);
  if (form.asking !== slot.name) {
    form.attempts = 0;
    delete form.partly;
  }
  form.asking = slot.name;
  ask(run, slot, slot.ask);
}

/** The question, or what is said when its answer could not be read, with the same choices. */
export function ask({ flow, form, turn }: FormRun, slot: Slot, text: string): void {
  // Beside a question with choices, a yes must not answer "est-ce que cela résout…" as well.
  if (form.advised) turn.say(slot.choices ? texts.ifItHelped : texts.didItHelp);
  const more = [
    ...(form.advised ? [texts.choice.solved] : []),
    ...(flow.offers?.(form.values, turn.message.now) ?? []).filter((offer) => !turn.taken().includes(offer)),
  ];
  const choices = [...(slot.choices ?? []), ...titles(more)];
  turn.say({ text, ...(choices.length > 0 && { choices }), asks: slot.name });
}

function recap({ flow, form, turn }: FormRun): void {
  form.phase = 'recap';
  delete form.asking;
  delete form.advised;
  delete form.partly;
  const wantsEmail = flow.slots.some((slot) => slot.name === 'email') && form.values['email'] === undefined;
  turn.say({
    text: '',
    facts: { title: texts.recapTitle, items: recapFacts(flow, form, turn.message.now) },
    after: wantsEmail ? `${texts.recapNoEmail} ${texts.recapAsk}` : texts.recapAsk,
    choices: titles([texts.choice.send, texts.choice.edit, texts.choice.cancel]),
  });
}

function askWhichToEdit({ flow, form, turn }: FormRun): void {
  const labels = relevantSlots(flow, form.values).map((slot) => slot.label);
  turn.say({ text: texts.whichToEdit, choices: titles(labels) });
}

/** Keeps a value and says what follows from it. */
export function keep({ form, turn }: FormRun, slot: Slot, value: string, source: Source): void {
  setValue(form, slot, value, form.sources[slot.name] === undefined ? source : 'corrected');
  if (form.asking === slot.name) form.attempts = 0;
  const note = slot.note?.(value, turn.message.now);
  if (note) turn.say(note);
}

/** "numéro de commande 100245", as notices name a detail. */
export function named(slot: Slot, value: string, now: Date): string {
  return slot.spoken?.(value, now) ?? `${lower(slot.label)} ${show(slot, value, now)}`;
}
