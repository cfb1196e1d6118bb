import { deskAt, sayHours } from './desk.ts';
import type { OpenTurn } from './openTurn.ts';
import { choices, texts } from './texts.ts';

/** The support's hours as they are now, in one sentence. */
export function hoursNow({ parts, now }: OpenTurn): string {
  return sayHours(deskAt(now, parts.hours), now);
}

/** Guide, section 8: how the support is reached, whether it is open, and the offer to write. */
export function tellHours(turn: OpenTurn): void {
  turn.memory.misunderstood = 0;
  turn.memory.pending = { kind: 'write' };
  turn.say(texts.contactHours);
  turn.say(hoursNow(turn));
  turn.say({ text: texts.writeOffer, choices: [{ title: choices.write }, { title: choices.menu }] });
}
