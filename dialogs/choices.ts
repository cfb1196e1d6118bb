import { bareAnswer } from './french.ts';

export interface Choice {
  /** What the button shows; typing it chooses it. */
  title: string;
  /** What the choice means to the flow. */
  value: string;
  /** Other ways to say it: regular expression source over the folded answer. */
  also?: string;
}

const ORDINALS = [
  'un|une|1er|1ere|premier|premiere',
  'deux|2e|2eme|2nd|2nde|deuxieme|second|seconde',
  'trois|3e|3eme|troisieme',
  'quatre|4e|4eme|quatrieme',
  'cinq|5e|5eme|cinquieme',
  'six|6e|6eme|sixieme',
  'sept|7e|7eme|septieme',
  'huit|8e|8eme|huitieme',
].map((words) => new RegExp(`^(?:${words})$`));

/** The place, from 0, of an answer such as "2", "le 2", "2.", "choix 2", "la deuxième", "le dernier"; of `count` choices. */
export function readPlace(text: string, count: number): number | undefined {
  const said =
    /^(?:(?:je (?:choisis|prends|dirais)|plutot|c'est|le|la|l'|choix|option|numero|num|n|reponse) ?)*([a-z0-9]+)(?: (?:choix|option|proposition|reponse))?(?: (?:svp|merci|s'il vous plait))?$/.exec(
      bareAnswer(text),
    )?.[1];
  if (said === undefined) return undefined;
  if (/^derni(?:er|ere)$/.test(said)) return count - 1;
  const place = /^\d{1,2}$/.test(said) ? Number(said) - 1 : ORDINALS.findIndex((words) => words.test(said));
  return place >= 0 && place < count ? place : undefined;
}

/** Reads one of the choices: its number, its title, its first words, or another way to say it. */
export function readChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  const answer = bareAnswer(text);
  if (!answer) return undefined;
  const place = readPlace(text, choices.length);
  if (place !== undefined) return choices[place];
  const titles = choices.map((choice) => bareAnswer(choice.title));
  const exact = titles.indexOf(answer);
  if (exact >= 0) return choices[exact];
  const begun = choices.filter((_, i) => answer.length >= 3 && titles[i]!.startsWith(answer));
  if (begun.length === 1) return begun[0];
  const said = choices.filter((choice) => choice.also && new RegExp(choice.also).test(answer));
  if (said.length === 1) return said[0];
  const inside = choices.filter((_, i) => ` ${answer} `.includes(` ${titles[i]!} `));
  return inside.length === 1 ? inside[0] : undefined;
}
