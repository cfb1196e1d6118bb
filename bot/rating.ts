import { fold } from '../dialogs/french.ts';
import type { Reply } from '../dialogs/reply.ts';
import { deskChoices, deskTexts } from './deskTexts.ts';
import type { DeskMemory } from './memory.ts';
import { soundsUpset } from './frustration.ts';
import type { Handoff, StoredActivity } from './store.ts';
import type { BotTurn } from './supportBot.ts';

/** Messages of a talk that are looked at. */
export const TALK_LENGTH = 50;
const SCORES = ['5', '4', '3', '2', '1'];
const SKIP = /^(?:passer|je passe|non|non merci|plus tard|pas maintenant|rien(?: a ajouter)?|sans avis)$/;

/**
 * Asks the customer, once, what they thought of the talk: not of one in which no agent spoke, and not after anger.
 * @param said what was said in the talk
 * @returns the question, which is noted in the memory; undefined when it is better not asked
 */
export function askForRating(
  desk: DeskMemory,
  handoff: Handoff,
  said: readonly StoredActivity[],
): Reply | undefined {
  if (!handoff.answeredAt) return undefined;
  const upset = said.some(
    ({ role, at, activity }) =>
      role === 'customer' && at >= handoff.queuedAt && soundsUpset(activity.text ?? ''),
  );
  if (upset) return undefined;
  desk.rating = { handoffId: handoff.id };
  return {
    text: deskTexts.askScore,
    choices: [...SCORES, deskChoices.skip].map((title) => ({ title })),
  };
}

/**
 * Reads a message as a score, then as the comment to it.
 * @returns false when it is neither: the question is dropped, not asked again, and the message is read like any other
 */
export function takeRating(turn: BotTurn): boolean {
  const desk = turn.memory.desk;
  const rating = desk?.rating;
  if (!desk || !rating) return false;
  delete desk.rating;
  const text = (turn.activity.text ?? '').trim();
  const skips = SKIP.test(fold(text).replace(/[\s.!]+$/, ''));
  const { handoffId, score } = rating;
  const { conversation, effects, now } = turn;
  if (score !== undefined) {
    if (skips) turn.say({ text: deskTexts.skipped });
    else {
      effects.ratings.push({ handoffId, conversationId: conversation.id, score, comment: text, at: now });
      turn.say({ text: deskTexts.thanksForRating });
    }
    return true;
  }
  if (skips) {
    turn.say({ text: deskTexts.skipped });
    return true;
  }
  const given = /^([1-5])(?:\s*(?:\/\s*5|sur 5|etoiles?))?$/.exec(fold(text))?.[1];
  if (given === undefined) return false;
  // Kept at once: a customer who leaves before the comment has rated all the same.
  desk.rating = { handoffId, score: Number(given) };
  effects.ratings.push({ handoffId, conversationId: conversation.id, score: Number(given), at: now });
  turn.say({ text: deskTexts.askComment, choices: [{ title: deskChoices.skip }] });
  return true;
}
