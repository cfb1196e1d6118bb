import type { TurnContext } from 'botbuilder';
import type { DialogContext, DialogInstance, DialogTurnResult } from 'botbuilder-dialogs';
// By its part: the whole brings recognisers for a dozen languages, and half of the process's memory with them.
import { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { Flow, PromiseClock, TimePromise } from './flow.ts';
import {
  type FormState,
  hurry,
  newForm,
  nextSlot,
  openSlots,
  relevantSlots,
  renewForm,
  setValue,
  slotNamed,
  spotted,
} from './form.ts';
import { readAnswer, settleDoubt, settleUnclear } from './formAnswer.ts';
import { atRecap, chooseEdit, saysSend } from './formRecap.ts';
import { start } from './formStart.ts';
import { type FormRun, type FormTurn, formTurn, prompt } from './formTurn.ts';
import { bareAnswer } from './french.ts';
import { saysSolved } from './asides.ts';
import type { Message, Reading, Slot } from './slots.ts';
import { texts } from './texts.ts';
import { readYesNo } from './yesNo.ts';

/** How a form ends: all that could be known is, and the customer said "Envoyer"; or the advice was enough. */
export type FormResult = { intent: string } & (
  { outcome: 'complete'; form: FormState } | { outcome: 'solved' }
);

/** From so many words on, what is said at an open question for words is its answer. */
const A_STORY = 4;

/**
 * One flow held as a dialog: advice, the questions still open, the recap. What is hard is written once for all flows in
 * the files form*.ts. It ends with a `FormResult`; it hands nothing over, knows no support hours and no commands.
 */
export class FormDialog extends Dialog {
  readonly flow: Flow;

  constructor(flow: Flow) {
    super(flow.intent);
    this.flow = flow;
  }

  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const run = this.run(dc.context, Object.assign(stateOf(dc.activeDialog), newForm()));
    start(run);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const run = this.run(dc.context, stateOf(dc.activeDialog));
    const { flow, form, turn } = run;
    const { text } = turn.message;
    const { advised } = form;
    delete form.advised;
    if (flow.mayBeSolvedByAdvice && saysSolved(text)) return this.end(dc, { outcome: 'solved' });
    if (form.unclear && settleUnclear(run)) return Dialog.EndOfTurn;
    if (form.doubt && settleDoubt(run)) return Dialog.EndOfTurn;
    if (form.phase === 'recap' && saysSend(text)) return this.end(dc, { outcome: 'complete', form });
    const helped = advised && !this.openSlot(form)?.choices ? readYesNo(text) : undefined;
    if (helped === 'yes') return this.end(dc, { outcome: 'solved' });
    if (helped === 'no') {
      turn.say(texts.letUsGoOn);
      prompt(run);
    } else if (form.phase === 'recap') atRecap(run);
    else if (form.phase === 'editing') chooseEdit(run);
    else readAnswer(run);
    return Dialog.EndOfTurn;
  }

  /** Asks the pending question again: after a digression, a refused cancel, "répéter". */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    prompt(this.run(context, stateOf(instance)));
  }

  /** Asks at most one more question, the first required one, before the recap. */
  hasten(context: TurnContext, instance: DialogInstance): void {
    const run = this.run(context, stateOf(instance));
    hurry(this.flow, run.form);
    run.form.phase = 'asking';
    for (const pending of ['doubt', 'unclear', 'advised'] as const) delete run.form[pending];
    if (nextSlot(this.flow, run.form)) run.turn.say(texts.answerOrSkip);
    prompt(run);
  }

  /** Steps back to the question before this one; false when there is none. */
  back(context: TurnContext, instance: DialogInstance): boolean {
    const run = this.run(context, stateOf(instance));
    const { form } = run;
    const order = relevantSlots(this.flow, form.values).filter((slot) => !slot.unasked);
    const at = form.phase === 'asking' ? order.findIndex((slot) => slot.name === form.asking) : order.length;
    const previous = order
      .slice(0, Math.max(at, 0))
      .findLast((slot) => form.sources[slot.name] !== 'spotted');
    if (!previous) return false;
    delete form.values[previous.name];
    delete form.doubt;
    delete form.unclear;
    form.skipped = form.skipped.filter((name) => name !== previous.name);
    form.phase = 'asking';
    prompt(run);
    return true;
  }

  /** Answers that the form holds. */
  answersIn(instance: DialogInstance): number {
    return Object.keys(renewForm(this.flow, stateOf(instance)).values).length;
  }

  /** What was promised so far by what was said. */
  promisesIn(instance: DialogInstance, clock: PromiseClock): TimePromise[] {
    return this.flow.promises?.(renewForm(this.flow, stateOf(instance)).values, clock) ?? [];
  }

  /** Whether the open question takes the message by itself, as a number or a value; choices and stories do not count. */
  takes(instance: DialogInstance, message: Message): boolean {
    const form = renewForm(this.flow, stateOf(instance));
    if (form.phase === 'recap') return saysSend(message.text);
    const slot = this.openSlot(form);
    return slot !== undefined && !slot.freeText && !slot.choices && isValue(slot.read(message));
  }

  /** Whether the message goes on with the form: it answers the open question, tells what it asks, or gives a detail. */
  goesOn(instance: DialogInstance, message: Message): boolean {
    const form = renewForm(this.flow, stateOf(instance));
    if (this.takes(instance, message) || form.doubt || form.unclear) return true;
    const slot = this.openSlot(form);
    if (slot?.choices && isValue(slot.read(message))) return true;
    if (slot?.freeText && message.text.split(/\s+/).length >= A_STORY) return true;
    return spotted(relevantSlots(this.flow, form.values), message).length > 0;
  }

  /** Whether the message is one of the open question's choices, word for word. */
  offers(instance: DialogInstance, text: string): boolean {
    const slot = this.openSlot(renewForm(this.flow, stateOf(instance)));
    return slot?.choices?.some(({ title }) => bareAnswer(title) === bareAnswer(text)) ?? false;
  }

  /** Sets a detail that was learnt elsewhere. */
  fill(instance: DialogInstance, name: string, value: string): void {
    const form = renewForm(this.flow, stateOf(instance));
    const slot = slotNamed(this.flow, name);
    if (slot) setValue(form, slot, value, 'asked');
  }

  private openSlot(form: FormState): Slot | undefined {
    return form.phase === 'asking'
      ? (slotNamed(this.flow, form.asking) ?? openSlots(this.flow, form)[0])
      : undefined;
  }

  private run(context: TurnContext, state: Partial<FormState>): FormRun {
    return {
      flow: this.flow,
      form: renewForm(this.flow, state),
      turn: context.turnState.get<FormTurn>(formTurn),
    };
  }

  private end(
    dc: DialogContext,
    result: { outcome: 'complete'; form: FormState } | { outcome: 'solved' },
  ): Promise<DialogTurnResult> {
    return dc.endDialog({ intent: this.flow.intent, ...result } satisfies FormResult);
  }
}

const isValue = (reading: Reading | undefined): boolean => reading !== undefined && 'value' in reading;

function stateOf(instance: DialogInstance | undefined): FormState {
  if (!instance)
    throw new Error('A form runs as the active dialog; begin it with DialogContext.beginDialog.');
  return instance.state as FormState;
}
