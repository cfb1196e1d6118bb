import { foldText } from '../folding.ts';

/** What a customer wants is said in the first two hundred words or so; a longer text costs no more. */
const LONGEST_TEXT = 1_000;
const LONGEST_WORD = 24;

/**
 * The words of a message as the classifier sees them: folded, addresses and numbers masked (which
 * order it is says nothing of what is wrong with it), emoji and question marks as words. Negations and stop words stay:
 * they decide.
 */
export function wordsOf(text: string): string[] {
  return foldText(text.slice(0, LONGEST_TEXT))
    .replace(/\S+@\S+/g, ' emailmask ')
    .replace(/(?:https?:\/\/|www\.)\S+/g, ' urlmask ')
    .replace(/\b[a-z]{0,3}-?\d{4,}\w*/g, ' numbermask ')
    .replace(/\p{Extended_Pictographic}/gu, (emoji) => ` emoji${emoji.codePointAt(0)!.toString(36)} `)
    .replace(/([a-z])\1{2,}/g, '$1$1')
    .replace(/\?/g, ' questionmark ')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.slice(0, LONGEST_WORD));
}
