import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import type { TurnContext } from 'botbuilder';
import { correctionIn, isSkip, isWhy, readChoice, readYesNo } from './answers.ts';
import type { Flow } from './flow.ts';
import {
  type FormState,
  hurry,
  newForm,
  nextSlot,
  recapFacts,
  relevantSlots,
  setValue,
  show,
  slotNamed,
  spotted,
} from './form.ts';
import { enumerate, fold, fr } from './french.ts';
import type { Reply } from './reply.ts';
import type { Message, Slot } from './slots.ts';
import { texts } from './texts.ts';

/** What the bot lends a form for one turn; put into the context's turnState under `formTurn`. */
export interface FormTurn {
  message: Message;
  say(reply: Reply | string): void;
  /** A short answer to a question asked in passing, from the guide and the hours; undefined when there is none. */
  answer(question: string): string | undefined;
}
export const formTurn = Symbol('formTurn');

/** How a form ends: all that could be known is, and the customer said "Envoyer"; or the advice was enough. */
export type FormResult = { intent: string } & (
  { outcome: 'complete'; form: FormState } | { outcome: 'solved' }
);

/** An unreadable answer is asked for twice more, then the form goes on without it. */
const MORE_ASKINGS = 2;

const SEND =
  /^(?:c'est bon\s+)?(?:envoy|envoi|valid|confirm|transmet|c'est (?:tout )?(?:bon|juste|correct|parfait))/;
const EDIT = /^(?:non\s+)?(?:je (?:veux|voudrais|souhaite)\s+)?(?:modif|chang|corrig|rectif)/;
const SOLVED =
  /^(?:(?:ah|oui|merci|super|genial|top|bonjour|en fait|finalement|ok|ca y est)[\s,!.]*)*(?:c'?est (?:bon |enfin )?(?:regle|resolu|arrange|retrouve)|probleme (?:regle|resolu)|ca (?:re)?(?:marche|fonctionne)(?: (?:maintenant|enfin|a nouveau))?|j'ai (?:re)?trouve (?:mon|le) colis|c'?est bon(?:,)? (?:ca (?:marche|fonctionne)|j'ai (?:re)?trouve))/;

/**
 * One flow held as a dialog: advice, the questions still open, the recap. What is hard is written here once for all
 * flows: prefill, correction at any time, "je ne sais pas", "pourquoi ?", a question in passing, attempts, editing.
 * It ends with a `FormResult`; it hands nothing over, knows no support hours and no commands.
 */
export class FormDialog extends Dialog {
  private readonly flow: Flow;

  constructor(flow: Flow) {
    super(flow.intent);
    this.flow = flow;
  }

  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const form = stateOf(dc.activeDialog);
    Object.assign(form, newForm());
    turn.say(this.flow.opening);
    const given = spotted(this.flow.slots, turn.message);
    for (const { slot, value } of given) setValue(form, slot, value, 'spotted');
    const advice = this.flow.advice(form.values);
    if (advice) turn.say(advice);
    if (given.length > 0) {
      const facts = given.map(
        ({ slot, value }) => `${slot.label.toLowerCase()} ${show(slot, value, turn.message.now)}`,
      );
      turn.say(texts.understood(enumerate(facts)));
    }
    this.prompt(turn, form, this.flow.mayBeSolvedByAdvice);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const form = stateOf(dc.activeDialog);
    const { text } = turn.message;
    if (
      this.flow.mayBeSolvedByAdvice &&
      (SOLVED.test(fold(text)) || fold(text) === fold(texts.choice.solved))
    ) {
      return dc.endDialog({ intent: this.flow.intent, outcome: 'solved' } satisfies FormResult);
    }
    if (form.doubt && this.settleDoubt(turn, form)) return Dialog.EndOfTurn;
    if (form.phase === 'recap' && SEND.test(fold(text))) return this.complete(dc, form);
    if (form.phase === 'recap' && readYesNo(text) === 'yes') return this.complete(dc, form);
    if (form.phase === 'recap') this.atRecap(turn, form);
    else if (form.phase === 'editing') this.chooseEdit(turn, form);
    else this.readAnswer(turn, form);
    return Dialog.EndOfTurn;
  }

  /** Asks the pending question again: after a digression, a refused cancel, "répéter". */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    this.prompt(turnOf(context), stateOf(instance));
  }

  /** Asks at most one more question, the first required one, before the recap. */
  hasten(context: TurnContext, instance: DialogInstance): void {
    const form = stateOf(instance);
    hurry(this.flow, form);
    form.phase = 'asking';
    delete form.doubt;
    if (nextSlot(this.flow, form)) turnOf(context).say(texts.answerOrSkip);
    this.prompt(turnOf(context), form);
  }

  /** Steps back to the question before this one; false when there is none. */
  back(context: TurnContext, instance: DialogInstance): boolean {
    const form = stateOf(instance);
    const order = relevantSlots(this.flow, form.values);
    const at = form.phase === 'asking' ? order.findIndex((slot) => slot.name === form.asking) : order.length;
    const previous = order
      .slice(0, Math.max(at, 0))
      .findLast((slot) => form.sources[slot.name] !== 'spotted');
    if (!previous) return false;
    delete form.values[previous.name];
    delete form.doubt;
    form.skipped = form.skipped.filter((name) => name !== previous.name);
    form.phase = 'asking';
    this.prompt(turnOf(context), form);
    return true;
  }

  /** Answers that would be lost by cancelling. */
  answersIn(instance: DialogInstance): number {
    return Object.keys(stateOf(instance).values).length;
  }

  private complete(dc: DialogContext, form: FormState): Promise<DialogTurnResult> {
    return dc.endDialog({ intent: this.flow.intent, outcome: 'complete', form } satisfies FormResult);
  }

  /** The next question with its choices, or the recap when nothing is left to ask. */
  private prompt(turn: FormTurn, form: FormState, offerSolved = false): void {
    if (form.doubt) {
      turn.say({
        text: fr`Est-ce bien ${form.doubt.value} ?`,
        choices: [{ title: 'Oui' }, { title: 'Non' }],
      });
      return;
    }
    const slot = form.phase === 'asking' ? nextSlot(this.flow, form) : undefined;
    if (!slot) return form.phase === 'editing' ? this.askWhichToEdit(turn, form) : this.recap(turn, form);
    if (form.asking !== slot.name) form.attempts = 0;
    form.asking = slot.name;
    const solved = offerSolved ? [{ title: texts.choice.solved }] : [];
    turn.say({ text: slot.ask, choices: [...(slot.choices ?? []), ...solved], asks: slot.name });
  }

  private recap(turn: FormTurn, form: FormState): void {
    form.phase = 'recap';
    delete form.asking;
    turn.say({
      text: '',
      facts: { title: texts.recapTitle, items: recapFacts(this.flow, form, turn.message.now) },
      after: texts.recapAsk,
      choices: [texts.choice.send, texts.choice.edit, texts.choice.cancel].map((title) => ({ title })),
    });
  }

  private readAnswer(turn: FormTurn, form: FormState): void {
    const { message } = turn;
    const slot = slotNamed(this.flow, form.asking) ?? nextSlot(this.flow, form);
    if (!slot) return this.recap(turn, form);
    if (isWhy(message.text)) return this.explain(turn, form, slot);
    if (isSkip(message.text) && !slot.choices?.some((choice) => readChoice(message.text, [choice]))) {
      return this.skip(turn, form, slot);
    }
    if (this.correct(turn, form, slot)) return this.prompt(turn, form);
    if (slot.freeText && this.digress(turn, form)) return;
    const reading = slot.read(message);
    if (!reading || 'refused' in reading) return this.notRead(turn, form, slot, reading?.refused);
    if (reading.doubt) {
      const { ask, instead } = reading.doubt;
      form.doubt = { slot: slot.name, value: reading.value, ...(instead && { instead }) };
      turn.say({ text: ask, choices: [{ title: 'Oui' }, { title: 'Non' }] });
      return;
    }
    this.keep(turn, form, slot, reading.value, 'asked');
    if (!slot.freeText) {
      const open = relevantSlots(this.flow, form.values).filter(
        (other) => form.values[other.name] === undefined,
      );
      for (const { slot: other, value } of spotted(open, message)) setValue(form, other, value, 'spotted');
    }
    this.prompt(turn, form);
  }

  /** Keeps a value and says what follows from it. */
  private keep(
    turn: FormTurn,
    form: FormState,
    slot: Slot,
    value: string,
    source: 'asked' | 'corrected',
  ): void {
    setValue(form, slot, value, form.sources[slot.name] === undefined ? source : 'corrected');
    form.attempts = 0;
    const note = slot.note?.(value, turn.message.now);
    if (note) turn.say(note);
  }

  private explain(turn: FormTurn, form: FormState, slot: Slot): void {
    turn.say(`${slot.why} ${texts.canSkip}`);
    this.prompt(turn, form);
  }

  /** "Je ne sais pas" to a required detail is asked once more with its reason; "passer" and the second time go on. */
  private skip(turn: FormTurn, form: FormState, slot: Slot): void {
    if (
      slot.required &&
      form.attempts === 0 &&
      !/pass|suivant|skip|ignor|saut/.test(fold(turn.message.text))
    ) {
      form.attempts += 1;
      return this.explain(turn, form, slot);
    }
    turn.say(texts.skipped);
    this.leaveOut(turn, form, slot);
  }

  private notRead(turn: FormTurn, form: FormState, slot: Slot, reason?: string): void {
    if (this.takeSpotted(turn, form, slot, turn.message)) return this.prompt(turn, form);
    if (this.digress(turn, form)) return;
    form.attempts += 1;
    if (form.attempts > MORE_ASKINGS) {
      turn.say(texts.gaveUp);
      return this.leaveOut(turn, form, slot);
    }
    turn.say({ text: reason ?? slot.retry, choices: slot.choices ?? [] });
  }

  private leaveOut(turn: FormTurn, form: FormState, slot: Slot): void {
    form.skipped.push(slot.name);
    form.attempts = 0;
    this.prompt(turn, form);
  }

  private settleDoubt(turn: FormTurn, form: FormState): boolean {
    const { slot: name, value, instead } = form.doubt!;
    const slot = slotNamed(this.flow, name);
    const answer = readYesNo(turn.message.text);
    delete form.doubt;
    if (!slot || !answer) return false;
    if (answer === 'yes') this.keep(turn, form, slot, instead ?? value, 'asked');
    else if (instead) this.keep(turn, form, slot, value, 'asked');
    else turn.say(slot.retry);
    this.prompt(turn, form);
    return true;
  }

  /** "Non, c’est 4512": the detail that the new value fits, the last one given first. */
  private correct(turn: FormTurn, form: FormState, asking: Slot | undefined): boolean {
    const rest = correctionIn(turn.message.text);
    if (rest === undefined || rest.length > 80) return false;
    const message = { ...turn.message, text: rest, entities: turn.message.find.entities(rest) };
    const filled = Object.keys(form.values)
      .reverse()
      .flatMap((name) => slotNamed(this.flow, name) ?? [])
      .filter((slot) => slot !== asking);
    const recognised = spotted(filled, message).find(({ slot, value }) => form.values[slot.name] !== value);
    if (recognised) return this.sayCorrected(turn, form, recognised.slot, recognised.value);
    // A value that only its own question could read: the detail given last, unless the open question takes it.
    const last = filled[0];
    if (!last || last.freeText || (asking && asking.read(message))) return false;
    const reading = last.read(message);
    if (!reading || 'refused' in reading) return false;
    return this.sayCorrected(turn, form, last, reading.value);
  }

  /** A recognisable value of another detail, given while this one was asked: filled or corrected. */
  private takeSpotted(turn: FormTurn, form: FormState, asking: Slot | undefined, message: Message): boolean {
    const others = relevantSlots(this.flow, form.values).filter((slot) => slot !== asking);
    const found = spotted(others, message).filter(({ slot, value }) => form.values[slot.name] !== value);
    for (const { slot, value } of found) this.sayCorrected(turn, form, slot, value);
    return found.length > 0;
  }

  private sayCorrected(turn: FormTurn, form: FormState, slot: Slot, value: string): true {
    const known = form.values[slot.name] !== undefined;
    this.keep(turn, form, slot, value, 'corrected');
    const shown = show(slot, value, turn.message.now);
    turn.say(
      known
        ? texts.corrected(slot.label.toLowerCase(), shown)
        : texts.understood(`${slot.label.toLowerCase()} ${shown}`),
    );
    return true;
  }

  private digress(turn: FormTurn, form: FormState): boolean {
    const answer = turn.answer(turn.message.text);
    if (!answer) return false;
    turn.say(answer);
    turn.say(texts.backTo(this.flow.about));
    this.prompt(turn, form);
    return true;
  }

  private atRecap(turn: FormTurn, form: FormState): void {
    const { text } = turn.message;
    const answer = fold(text);
    if (this.correct(turn, form, undefined) || this.takeSpotted(turn, form, undefined, turn.message)) {
      form.phase = 'asking';
      return this.prompt(turn, form);
    }
    const named = relevantSlots(this.flow, form.values).filter((slot) => answer.includes(fold(slot.label)));
    if (named.length === 1 && (EDIT.test(answer) || answer === fold(named[0]!.label)))
      return this.edit(turn, form, named[0]!);
    if (EDIT.test(answer) || readYesNo(text) === 'no') return this.askWhichToEdit(turn, form);
    const digression = turn.answer(text);
    if (digression) turn.say(digression);
    else turn.say(texts.recapRetry);
    this.recap(turn, form);
  }

  private askWhichToEdit(turn: FormTurn, form: FormState): void {
    form.phase = 'editing';
    const choices = relevantSlots(this.flow, form.values).map((slot) => ({ title: slot.label }));
    turn.say({ text: texts.whichToEdit, choices });
  }

  private chooseEdit(turn: FormTurn, form: FormState): void {
    const slots = relevantSlots(this.flow, form.values);
    const choice = readChoice(
      turn.message.text,
      slots.map((slot) => ({ title: slot.label, value: slot.name })),
    );
    const slot = slotNamed(this.flow, choice?.value);
    if (slot) return this.edit(turn, form, slot);
    form.phase = 'asking';
    if (!this.takeSpotted(turn, form, undefined, turn.message)) turn.say(texts.recapRetry);
    this.prompt(turn, form);
  }

  private edit(turn: FormTurn, form: FormState, slot: Slot): void {
    delete form.values[slot.name];
    form.skipped = form.skipped.filter((name) => name !== slot.name);
    form.phase = 'asking';
    this.prompt(turn, form);
  }
}

function turnOf(context: TurnContext): FormTurn {
  return context.turnState.get<FormTurn>(formTurn);
}

function stateOf(instance: DialogInstance | undefined): FormState {
  if (!instance)
    throw new Error('A form runs as the active dialog; begin it with DialogContext.beginDialog.');
  return instance.state as FormState;
}
