import { correctionIn, mistakeIn } from './corrections.ts';
import { openSlots, relevantSlots, show, slotNamed, spotted } from './form.ts';
import { fold, lower } from './french.ts';
import { type FormRun, keep, named } from './formTurn.ts';
import { entitiesOf, type Message, type Slot } from './slots.ts';
import { texts } from './texts.ts';

/* Values that come when another question is open: corrections, details given early, numbers that could be two. */

const LONGEST_CORRECTION = 80;
/** While the customer is telling a story, only a short turn of phrase takes something back. */
const LONGEST_CORRECTION_IN_TEXT = 40;

function readAs(message: Message, text: string): Message {
  return { ...message, text };
}

/** "Non, c'est 4512": the detail that the new value fits, the one given last first. @returns whether one was corrected. */
export function correct(run: FormRun, asking: Slot | undefined): boolean {
  const { flow, form, turn } = run;
  const rest = correctionIn(turn.message.text);
  const longest = asking?.freeText ? LONGEST_CORRECTION_IN_TEXT : LONGEST_CORRECTION;
  if (rest === undefined || rest.length > longest) return false;
  const message = readAs(turn.message, rest);
  const filled = Object.keys(form.values)
    .reverse()
    .flatMap((name) => slotNamed(flow, name) ?? [])
    .filter((slot) => slot !== asking);
  const recognised = spotted(filled, message).find(({ slot, value }) => form.values[slot.name] !== value);
  if (recognised) return take(run, recognised.slot, recognised.value);
  // A value that only its own question could read, unless the open question takes it.
  if (asking && !asking.freeText && asking.read(message)) return false;
  for (const slot of filled) {
    if (slot.freeText || (slot.choices && asking?.freeText) || isYesNo(slot)) continue;
    const reading = slot.read(message);
    if (reading && 'value' in reading && reading.value !== form.values[slot.name]) {
      return take(run, slot, reading.value);
    }
  }
  return false;
}

/** A question that yes or no answers. */
export const isYesNo = (slot: Slot): boolean => slot.choices?.some(({ value }) => value === 'yes') ?? false;

/** "Je me suis trompé dans mon adresse", without the new value: the detail to ask again, or 'which' when none is named. */
export function mistaken({ flow, form, turn }: FormRun): Slot | 'which' | undefined {
  const about = mistakeIn(turn.message.text);
  if (about === undefined || Object.keys(form.values).length === 0) return undefined;
  return namedIn({ flow, form, turn }, about) ?? 'which';
}

/** The one relevant detail that a text names. */
export function namedIn({ flow, form }: FormRun, text: string): Slot | undefined {
  const said = fold(text);
  const relevant = relevantSlots(flow, form.values);
  const byLabel = relevant.filter((slot) => said.includes(fold(slot.label)));
  if (byLabel.length === 1) return byLabel[0];
  const byName = relevant.filter((slot) => slot.called && new RegExp(`\\b(?:${slot.called})\\b`).test(said));
  return byName.length === 1 ? byName[0] : undefined;
}

/** Recognisable values of other details, given while this one was asked: filled or corrected. @returns whether any. */
export function takeOthers(run: FormRun, asking: Slot | undefined): boolean {
  const { flow, form, turn } = run;
  const others = relevantSlots(flow, form.values).filter((slot) => slot !== asking && !slot.freeText);
  const found = spotted(others, turn.message).filter(({ slot, value }) => form.values[slot.name] !== value);
  const taken = found.length > 0 ? found : alone(run, others);
  for (const { slot, value } of taken) take(run, slot, value);
  return taken.length > 0;
}

/** "Hier vers 20 h", and nothing else: the one open detail that it fits. */
function alone({ form, turn }: FormRun, slots: readonly Slot[]): { slot: Slot; value: string }[] {
  const fits = slots.flatMap((slot) => {
    const value = form.values[slot.name] === undefined ? slot.alone?.(turn.message) : undefined;
    return value === undefined ? [] : [{ slot, value }];
  });
  return fits.length === 1 ? fits : [];
}

function take(run: FormRun, slot: Slot, value: string): true {
  const known = run.form.values[slot.name] !== undefined;
  if (keepSpotted(run, slot, value, 'corrected')) {
    const { now } = run.turn.message;
    run.turn.say(
      known
        ? texts.corrected(lower(slot.label), show(slot, value, now))
        : texts.understood(named(slot, value, now)),
    );
  }
  return true;
}

/** Keeps a recognised value, or asks about it first when it looks mistyped. @returns whether it was kept. */
export function keepSpotted(
  run: FormRun,
  slot: Slot,
  value: string,
  source: 'spotted' | 'corrected',
): boolean {
  const { form, turn } = run;
  const reading = slot.read(readAs(turn.message, value));
  const doubt = reading && 'value' in reading ? reading.doubt : undefined;
  if (!doubt || form.doubt) {
    keep(
      run,
      slot,
      value,
      form.values[slot.name] === undefined && source === 'corrected' ? 'spotted' : source,
    );
    return true;
  }
  form.doubt = { slot: slot.name, value, ...doubt };
  return false;
}

/** A bare value at a question for words ("luc@exemple.fr") belongs to the detail that it fits. @returns whether it was taken. */
export function takeBareValue(run: FormRun, asking: Slot): boolean {
  const { message } = run.turn;
  const { text } = message;
  const entities = entitiesOf(message);
  const rest = entities
    .reduce((left, entity) => left.replace(entity.text, ' '), text)
    .replace(/[^\p{L}\p{N}]/gu, '');
  return (
    entities.length > 0 &&
    rest.length <= 4 &&
    asking.spot?.(run.turn.message) === undefined &&
    takeOthers(run, asking)
  );
}

/** What an answer says beside what was asked; a story may quote an address that is not the customer's. */
export function takeMore(run: FormRun, from: Slot): void {
  const { flow, form, turn } = run;
  const open = openSlots(flow, form).filter((slot) => !slot.freeText || !from.freeText);
  for (const { slot, value } of spotted(open, turn.message)) {
    if (from.freeText && slot.name === 'email' && !slot.unasked && !isOwnAddress(turn.message.text)) continue;
    keepSpotted(run, slot, value, 'spotted');
  }
  const next = openSlots(flow, form)[0];
  if (next?.follows !== from.name) return;
  const reading = next.read(turn.message);
  if (reading && 'value' in reading) keep(run, next, reading.value, 'spotted');
}

function isOwnAddress(text: string): boolean {
  return /\b(?:mon|ma) (?:e-?mail|mail|adresse|courriel)|\b(?:repondez|ecrivez|contactez|joignez)[- ]moi|\bme (?:repondre|contacter|joindre|ecrire)/.test(
    fold(text),
  );
}

const CUED =
  /(?:commandes?|cmde?|cde|order|achat|suivis?|tracking|colis\w*|paquet|mondial relay|dpd|gls|ups|chronopost|la poste)(?:[ :#,.(]|n°|numero|num|no?|est|c'est|de|du|mon|ma|le|la|chez|par|suivi|colis){0,8}$/;

/** A bare number that could be several open details, which no word beside it tells apart. */
export function unclearNumber({ flow, form, turn }: FormRun): { value: string; slots: string[] } | undefined {
  const said = fold(turn.message.text);
  for (const match of said.matchAll(/(?<![\w/.-])\d{6,16}(?![\w/.-]*\w)/g)) {
    // The cue stands right before: the rest of a long message need not be read for each number.
    if (CUED.test(said.slice(Math.max(0, match.index - 80), match.index))) continue;
    if (/^ ?(?:chez|par|avec) |^ ?\(?(?:commande|suivi)/.test(said.slice(match.index + match[0].length)))
      continue;
    const slots = relevantSlots(flow, form.values).filter((slot) => slot.mayBe?.(match[0], turn.message));
    if (slots.length > 1) return { value: match[0], slots: slots.map((slot) => slot.name) };
  }
  return undefined;
}
