import { asksHow, isLost, isRefusal, isSkip, isWait, isWhere, isWhy, wasSaidBefore } from './asides.ts';
import { readChoice } from './choices.ts';
import { addRemark, hurry, isSentence, nextSlot, openSlots, slotNamed } from './form.ts';
import {
  correct,
  isYesNo,
  mistaken,
  namedIn,
  takeBareValue,
  takeMore,
  takeOthers,
} from './formCorrection.ts';
import { bareAnswer } from './french.ts';
import { ask, type FormRun, keep, named, prompt } from './formTurn.ts';
import { edit, saysEdit, saysSend, wantsToSend } from './formRecap.ts';
import type { Slot } from './slots.ts';
import { texts } from './texts.ts';
import { readYesNo } from './yesNo.ts';

/** A question is asked at most twice more; then the form goes on without the detail. */
const MORE_ASKINGS = 2;

/** Reads the message as the answer to the open question, or as what people say instead of one. */
export function readAnswer(run: FormRun): void {
  const { flow, form, turn } = run;
  const { message } = turn;
  const slot = slotNamed(flow, form.asking) ?? nextSlot(flow, form);
  if (!slot) return prompt(run);
  const { text } = message;
  if (isWhy(text) || isWhere(text) || isLost(text)) return explain(run, slot);
  if (asksHow(text) && flow.advice(form.values)) {
    turn.say(flow.advice(form.values));
    return prompt(run);
  }
  // "2 min" may be when it was.
  if (isWait(text) && (slot.freeText || !slot.read(message))) return ask(run, slot, texts.takeYourTime);
  // "Non" to "l'adresse de la page ?" is having none.
  const none = isSkip(text) || (!isYesNo(slot) && readYesNo(text) === 'no');
  if (none && !slot.choices?.some((choice) => readChoice(text, [choice]))) return skip(run, slot);
  if (wasSaidBefore(text)) return askAgain(run, slot);
  // Sending in the middle of an edit: the old value is good.
  if (form.partly !== undefined && saysSend(text) && !slot.choices) return leaveOut(run, slot, texts.skipped);
  if (wantsToSend(text) && !slot.choices?.some((choice) => readChoice(text, [choice])))
    return sendEarly(run, slot);
  if (correct(run, slot)) return prompt(run);
  const known = Object.keys(form.values).length > 0;
  const wrong = known && saysEdit(text) ? (namedIn(run, text) ?? 'which') : mistaken(run);
  if (wrong) return edit(run, wrong);
  if (slot.freeText && takeBareValue(run, slot)) return prompt(run);
  if (slot.freeText && answeredInPassing(run, true)) return;
  const reading = slot.read(message);
  if (!reading) return notRead(run, slot, slot.retry);
  if ('refused' in reading) {
    if (reading.partly !== undefined) form.partly = reading.partly;
    return notRead(run, slot, reading.refused);
  }
  if (reading.doubt) {
    form.doubt = { slot: slot.name, value: reading.value, ...reading.doubt };
    return prompt(run);
  }
  keep(run, slot, reading.value, 'asked');
  if (reading.saysMore) addRemark(form, text);
  takeMore(run, slot);
  prompt(run);
}

function explain(run: FormRun, slot: Slot): void {
  if (run.form.attempts >= MORE_ASKINGS) return leaveOut(run, slot, texts.gaveUp);
  run.form.attempts += 1;
  run.turn.say(`${slot.why} ${texts.canSkip}`);
  prompt(run);
}

/** "Je ne sais pas" to a required detail is asked once more with its reason; a refusal and the second time go on. */
function skip(run: FormRun, slot: Slot): void {
  if (slot.required && run.form.attempts === 0 && !isRefusal(run.turn.message.text))
    return explain(run, slot);
  leaveOut(run, slot, texts.skipped);
}

/** "Je viens de vous le dire": what was missed is asked once more, with an apology; then it goes on without. */
function askAgain(run: FormRun, slot: Slot): void {
  if (run.form.attempts > 0) return leaveOut(run, slot, texts.skipped);
  run.form.attempts += 1;
  run.turn.say(`${texts.notHeard} ${texts.canSkip}`);
  prompt(run);
}

/** "Envoyer" before the recap: one more question at most, the first required one. */
function sendEarly(run: FormRun, slot: Slot): void {
  const { flow, form, turn } = run;
  const left = openSlots(flow, form).filter(({ name, unasked }) => !unasked && !form.skipped.includes(name));
  if (left.length <= 1) return leaveOut(run, slot, texts.skipped);
  hurry(flow, form);
  if (nextSlot(flow, form)) turn.say(texts.answerOrSkip);
  prompt(run);
}

function notRead(run: FormRun, slot: Slot, retry: string): void {
  if (takeOthers(run, slot)) return prompt(run);
  if (answeredInPassing(run, false)) return;
  if (isSentence(run.turn.message.text)) {
    addRemark(run.form, run.turn.message.text);
    run.turn.say(texts.remarkKept);
  }
  if (run.form.attempts >= MORE_ASKINGS) return leaveOut(run, slot, texts.gaveUp);
  run.form.attempts += 1;
  ask(run, slot, retry);
}

function leaveOut(run: FormRun, slot: Slot, notice: string): void {
  const { form, turn } = run;
  form.attempts = 0;
  if (form.partly === undefined) {
    form.skipped.push(slot.name);
    turn.say(notice);
  } else {
    const value = form.partly;
    delete form.partly;
    turn.say(texts.keptPartly);
    keep(run, slot, value, 'asked');
  }
  prompt(run);
}

/** Something else was asked or said: a short answer, then back to the pending question. */
function answeredInPassing(run: FormRun, inStory: boolean): boolean {
  const { flow, turn } = run;
  const answer = turn.aside(turn.message.text, inStory);
  if (answer === undefined) return false;
  turn.say(answer);
  turn.say(texts.backTo(flow.about));
  prompt(run);
  return true;
}

/** "Est-ce bien …?" @returns false when the message answers something else; the doubtful value is then kept as typed. */
export function settleDoubt(run: FormRun): boolean {
  const { flow, form, turn } = run;
  const { slot: name, value, instead, guessed } = form.doubt!;
  const slot = slotNamed(flow, name);
  delete form.doubt;
  if (!slot) return false;
  // "Non, c'est bien ça": the no is to the question.
  const answer = /^(?:non|nan)\b/.test(bareAnswer(turn.message.text)) ? 'no' : readYesNo(turn.message.text);
  if (isSkip(turn.message.text) && !guessed) {
    turn.say(texts.keptPartly);
    keep(run, slot, value, 'asked');
    prompt(run);
    return true;
  }
  const anew = slot.spot?.(turn.message);
  if (anew !== undefined && anew !== value) {
    keep(run, slot, anew, 'asked');
  } else if (answer === 'yes') {
    keep(run, slot, instead ?? value, 'asked');
  } else if (answer === 'no' && instead === undefined) {
    form.asking = slot.name;
    ask(run, slot, guessed ? slot.ask : slot.retry);
    return true;
  } else if (guessed && answer === undefined) {
    return false;
  } else {
    keep(run, slot, value, 'asked');
    if (answer === undefined) return false;
  }
  prompt(run);
  return true;
}

/** "Le numéro 87654321, de quoi s'agit-il ?" @returns false when the message answers something else. */
export function settleUnclear(run: FormRun): boolean {
  const { flow, form, turn } = run;
  const { value, slots: names } = form.unclear!;
  const slots = names.flatMap((name) => slotNamed(flow, name) ?? []);
  const choice = readChoice(
    turn.message.text,
    slots.map((slot) => ({
      title: slot.label,
      value: slot.name,
      ...(slot.called !== undefined && { also: slot.called }),
    })),
  );
  delete form.unclear;
  const chosen = slots.find((slot) => slot.name === choice?.value);
  // Kept even so: the first of the two that is still open, as the recap will show.
  const slot = chosen ?? slots.find((each) => openSlots(flow, form).includes(each));
  if (slot) keep(run, slot, value, 'asked');
  if (!chosen) {
    if (slot) turn.say(texts.understood(named(slot, value, turn.message.now)));
    return false;
  }
  prompt(run);
  return true;
}
