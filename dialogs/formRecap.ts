import { readChoice } from './choices.ts';
import { addRemark, isSentence, relevantSlots, slotNamed } from './form.ts';
import { correct, mistaken, namedIn, takeOthers } from './formCorrection.ts';
import { type FormRun, prompt } from './formTurn.ts';
import { bareAnswer } from './french.ts';
import type { Slot } from './slots.ts';
import { texts } from './texts.ts';
import { readYesNo } from './yesNo.ts';

const SEND =
  /^(?:(?:oui|ok|c'est bon|tout est bon|tout est juste|parfait|d'accord|allez|allez y|vas y|merci de|merci|tu peux|vous pouvez|je peux|je veux|veuillez|bon|et|on) )*(?:l' ?|d'|le |la |les |tout )?(?:envoy\w*|envoi\w*|valid\w*|confirm\w*|transmet\w*|soumet\w*|expedie\w*)/;
const EDIT =
  /^(?:(?:non|attendez|pardon|oups) )*(?:je (?:veux|voudrais|souhaite|dois|vais) )?(?:modif\w*|chang\w*|corrig\w*|rectif\w*)/;

/** Whether the customer said to send: the button's word or a plain yes. "N'envoyez pas" and "oui mais…" are none. */
export function saysSend(text: string): boolean {
  const said = bareAnswer(text);
  if (readYesNo(text) === 'yes') return true;
  return SEND.test(said) && said.length < 60 && !/\b(?:pas|non|attend\w*|avant|mais|apres)\b/.test(said);
}

const SEND_NOW =
  /^(?:(?:ok|oui|bon|allez|svp|c'est bon|merci de|vous pouvez|je veux|maintenant) )*(?:envoye[rz]|valide[rz]|transmette[rz]?|transmettre|send)(?: (?:svp|maintenant|merci|comme ca|tel quel|ca|le tout|s'il vous plait))*$/;

/** "Envoyer" and nothing else, which before the recap is a wish to be done. */
export function wantsToSend(text: string): boolean {
  return SEND_NOW.test(bareAnswer(text));
}

/** "Modifier" or "modifier le numéro de suivi", as the whole message. */
export function saysEdit(text: string): boolean {
  const said = bareAnswer(text);
  return EDIT.test(said) && said.length < 60;
}

/** At the recap, anything but "Envoyer": a correction, what to edit, a question in passing. */
export function atRecap(run: FormRun): void {
  const { form, turn } = run;
  const { text } = turn.message;
  const said = bareAnswer(text);
  if (correct(run, undefined) || takeOthers(run, undefined)) {
    form.phase = 'asking';
    return prompt(run);
  }
  const slot = namedIn(run, text);
  if (slot && (saysEdit(text) || said === bareAnswer(slot.label))) return edit(run, slot);
  const wrong = mistaken(run);
  if (wrong) return edit(run, wrong);
  if (saysEdit(text) || readYesNo(text) === 'no') return edit(run, 'which');
  const answer = turn.aside(text, false);
  if (answer === undefined && isSentence(text)) {
    addRemark(form, text);
    turn.say(texts.remarkKept);
  } else turn.say(answer ?? texts.recapRetry);
  prompt(run);
}

/** Asks a detail again, its old value kept until a better one comes; 'which' asks which detail first. */
export function edit(run: FormRun, slot: Slot | 'which'): void {
  const { form } = run;
  if (slot === 'which') {
    form.phase = 'editing';
    return prompt(run);
  }
  form.phase = 'asking';
  form.asking = slot.name;
  form.attempts = 0;
  const old = form.values[slot.name];
  if (old === undefined) delete form.partly;
  else form.partly = old;
  delete form.values[slot.name];
  form.skipped = form.skipped.filter((name) => name !== slot.name);
  prompt(run);
}

/** Reads which detail to edit; a new value given at once is taken. */
export function chooseEdit(run: FormRun): void {
  const { flow, form, turn } = run;
  const slots = relevantSlots(flow, form.values);
  const choice = readChoice(
    turn.message.text,
    slots.map((slot) => ({ title: slot.label, value: slot.name })),
  );
  const slot = slotNamed(flow, choice?.value) ?? namedIn(run, turn.message.text);
  form.phase = 'asking';
  if (correct(run, undefined) || takeOthers(run, undefined)) return prompt(run);
  if (slot) return edit(run, slot);
  turn.say(texts.recapRetry);
  prompt(run);
}
