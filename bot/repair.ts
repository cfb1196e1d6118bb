import type { OpenTurn } from './openTurn.ts';
import { choices, texts } from './texts.ts';

/** Above this, an article of the guide answers a question asked in passing. */
export const SURE_OF_ARTICLE = 0.5;

/** Nothing was understood: first the guide; then rephrase with examples, the menu, a human. */
export function repair(turn: OpenTurn, text: string): void {
  const { memory, parts } = turn;
  // One word resembles too much.
  const [best] = text.trim().includes(' ') ? parts.guide.search(text) : [];
  if (best && best.score >= SURE_OF_ARTICLE) {
    memory.misunderstood = 0;
    const { section, title, text: article } = best.article;
    return turn.say({ text: texts.fromGuide(section, title, article), choices: [{ title: choices.menu }] });
  }
  turn.given.effects.notUnderstood = true;
  memory.misunderstood += 1;
  if (memory.misunderstood === 1)
    return turn.say({ text: texts.rephrase, choices: [{ title: choices.menu }] });
  if (memory.misunderstood === 2) return turn.offerMenu(texts.menuAfterRepair);
  memory.misunderstood = 0;
  memory.pending = { kind: 'human' };
  turn.say(texts.offerHuman);
}
