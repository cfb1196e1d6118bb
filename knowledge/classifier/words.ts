import { foldText } from '../folding.ts';

/** What a customer wants is said in the first two hundred words or so; a longer text costs no more. */
const LONGEST_TEXT = 1_000;
const LONGEST_WORD = 24;

/** The beginning of a message, folded: all that is read of it. */
export function beginningOf(text: string): string {
  return foldText(text.slice(0, LONGEST_TEXT));
}

export function wordsOf(text: string): string[] {
  return wordsIn(beginningOf(text));
}

/**
 * The words of a folded message as the classifier sees them: addresses and numbers masked (which
 * order it is says nothing of what is wrong with it), emoji and question marks as words. Negations and stop words stay:
 * they decide.
 */
export function wordsIn(folded: string): string[] {
  const words = folded
    .replace(/(?<!\S)\S+@\S+/g, ' emailmask ')
    .replace(/(?:https?:\/\/|www\.)\S+/g, ' urlmask ')
    .replace(/\b[a-z]{0,3}-?\d{4,}\w*/g, ' numbermask ')
    .replace(/\p{Extended_Pictographic}/gu, (emoji) => ` emoji${emoji.codePointAt(0)!.toString(36)} `)
    .replace(/([a-z])\1\1+/g, '$1$1')
    .replace(/\?/g, ' questionmark ')
    .match(/[a-z0-9]+/g);
  return words?.map((word) => word.slice(0, LONGEST_WORD)) ?? [];
}
