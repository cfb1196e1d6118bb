import { isOrdinary } from './ordinaryWords.ts';
import { CARD_MARK, OTHER_MARK, typedSlice } from './view.ts';
import type { Finding, View } from './view.ts';

const MASK = '[mot de passe retiré]';

const CUE_WORDS =
  'mots? ?-?_?de ?-?_?pass?e?s?|motdepasse|mots? 2 ?passe|mdp|m\\.d\\.p\\.?|pass ?-?_?words?|passwd|pwd|pass ?-?phrase|passcode|code (?:secret|confidentiel|pin)';
const CUE = new RegExp(`(?<![a-z])(?:${CUE_WORDS}|(?:pin|passe?)(?= ?[:=]))(?![a-z])`, 'g');

/** What links a cue to its value. The words need a blank behind them: "est-il bon" links nothing. */
const LINK =
  /(?:[:=]{1,3}>?|-+>|→|(?:est|c'est|cest|c|ces|ce|is|was|etait|c'etait|sera|serait)(?=[\s:="'«]))/y;
/** What may stand between a cue and its link: "que j'utilise", "actuel (du site)". */
const QUALIFIER =
  /(?:(?:[djlm]'|qu')?(?:actuel|provisoire|temporaire|nouveau|ancien|habituel|initial|perso|personnel|de|du|mon|ma|mes|le|la|les|un|compte|client|site|boutique|acces|espace|pour|sur|que|je|ai|vous|avez|as|a|donne|envoye|utilise|utilisais|mis|mets|choisi|cree|tape|entre|saisi|bien|suivant|ci-dessous|voici|avec|new|old|current|for|account|wifi|mail|email|carte|cb|bancaire|bleue|[jlm](?='))(?![a-z0-9])|'s(?= )|["'](?=[\s:=])|\([a-z ]{1,20}\))/y;
/** What may stand between a link and the value: "est bien le suivant". */
const LINKED_QUALIFIER = /(?:le|la|bien|suivant|celui-ci|donc|toujours)(?![a-z0-9'])/y;
const BLANKS = /(?:[ \t]|&nbsp;|<[^<>]{1,40}>|\*\*|__)*(?:\n[ \t]*)?/y;
const MOST_STEPS = 10;
/** Shorter words are passwords only alone behind a sign: "password = x". */
const SHORTEST = 3;

/** Where a clause ends behind a password, or another begins. */
const CLAUSE_END =
  /^(?:et|mais|merci|donc|car|avant|depuis|pour|sur|avec|quand|comme|qui|puis|je|j'ai|ca|cela|il|svp|stp|bonjour|ou|sans|dans|normalement|identifiant|login|mail|email|and|but|or|for|please|thanks|ne|n'est|est|marche|pas|refuse|maintenant|a)$/;

/** Shapes that are numbers of the shop or of the calendar, not passwords, unless a link says so. */
const OTHER_SHAPE =
  /^(?:cmd-?\d+|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}h\d{0,2}|\d+(?:[.,]\d+)?(?:€|%|eur|euros?|px|min|mo|ko|go|fois|x)|[a-z]{2}\d{9}[a-z]{2}|1z[a-z0-9]{16}|\d[a-z]\d{11}|iphone\d+|windows\d+|ps\d|[a-z]+-?(?:4\d\d|5\d\d)|#?\d{1,3})$/;

const EMAIL = String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}`;
const EMAIL_REACH = 60;
const BEHIND_EMAIL = new RegExp(String.raw`(?<![\w.+-])${EMAIL}[\s,;/|-]{0,4}(?:et )?(?:mon |le )?$`);
const IS_EMAIL = new RegExp(`^${EMAIL}$`);

/** "j'ai mis soleil comme mot de passe", "Soleil2024! est mon mot de passe". */
const VALUE_FIRST = new RegExp(
  String.raw`(?:(?<verb>(?:mis|mets|utilise|tape|saisi|choisi|entre|rentre|essaye) )["'«]? ?)?(?<![^\s"'«(])(?<value>[^\s"'«»]{3,40})["'»]? (?:(?:comme|en|pour|en tant que|est|c'est|as)(?: mon| le| my)?|is my) (?:${CUE_WORDS})(?![a-z])`,
  'dg',
);
/** "mes identifiants : marie@exemple.fr / Soleil2024!". */
const CREDENTIALS = new RegExp(
  String.raw`(?<![a-z])(?:identifiants?|login|logins|connexion|connecter?|acces|credentials|compte)(?![a-z])[^\n]{0,40}?(?<![\w.+-])${EMAIL}(?: ?[/|:;,–-] ?| et | puis |\s)(?<value>[^\s]{4,64})`,
  'dg',
);

/**
 * Finds passwords: what is linked to a cue ("mon mot de passe est …", "mdp: …", "password = …") unless it
 * reads as a sentence ("est refusé", ": je ne m'en souviens plus"), and what follows a cue directly and
 * looks like a secret ("mdp Soleil2024!").
 */
export function findPasswords(view: View): Finding[] {
  const found: Finding[] = [];
  const add = (start: number, end: number): void => {
    if (found.some((one) => one.start < end && start < one.end)) return;
    found.push({ kind: 'password', start, end, mask: MASK });
  };

  for (const cue of view.text.matchAll(CUE)) {
    const value = valueBehind(view, cue.index, cue.index + cue[0].length);
    if (value) add(...value);
  }
  for (const match of view.text.matchAll(VALUE_FIRST)) {
    const [start, end] = match.indices?.groups?.value ?? [0, 0];
    const linked = match.groups?.verb !== undefined;
    if (looksSecret(view, start, end, linked) || (linked && isUnknown(view, start, end))) add(start, end);
  }
  for (const match of view.text.matchAll(CREDENTIALS)) {
    const [start, end] = trim(view.text, ...(match.indices?.groups?.value ?? [0, 0]));
    if (looksSecret(view, start, end, false) && !/^\+?\d+$/.test(view.text.slice(start, end)))
      add(start, end);
  }
  return found;
}

/** Walks from a cue over qualifiers and links to the value, and judges it. */
function valueBehind(view: View, cueStart: number, cueEnd: number): [number, number] | undefined {
  const { text } = view;
  let at = cueEnd;
  // "identifiant marie@exemple.fr mdp soleil": a list of credentials needs no sign.
  let linked = BEHIND_EMAIL.test(text.slice(Math.max(0, cueStart - EMAIL_REACH), cueStart));
  let sign = false;
  for (let step = 0; step < MOST_STEPS; step++) {
    const blanks = skip(BLANKS, text, at);
    const link = skip(LINK, text, blanks);
    if (link > blanks) {
      linked = true;
      sign = !/[a-z]/.test(text[link - 1] ?? '');
      at = link;
      continue;
    }
    // A line break parts a cue from what follows, except behind "mot de passe :".
    if (!linked && text.slice(at, blanks).includes('\n')) return undefined;
    at = blanks;
    const qualified = skip(linked ? LINKED_QUALIFIER : QUALIFIER, text, at);
    if (qualified === at) break;
    at = qualified;
  }
  return readValue(view, at, linked, sign);
}

function readValue(view: View, at: number, linked: boolean, sign: boolean): [number, number] | undefined {
  const { text } = view;
  const quoted = /["'`«“][ ]?([^"'`»”\n]{3,64}?)[ ]?["'`»”]/y;
  quoted.lastIndex = at;
  const quote = quoted.exec(text);
  if (quote?.[1] !== undefined) {
    const start = at + quote[0].indexOf(quote[1]);
    const end = start + quote[1].length;
    const words = quote[1].split(' ').length;
    if (looksSecret(view, start, end, linked) || (words <= 4 && allUnknown(view, start, end)))
      return [start, end];
    return undefined;
  }
  const [start, wordEnd] = trim(text, at, skip(/\S{1,200}/y, text, at));
  const end = linked ? overDigits(text, start, wordEnd) : wordEnd;
  if (looksSecret(view, start, end, linked)) return [start, end];
  if (
    sign &&
    end - start < SHORTEST &&
    /^[a-z\d]+$/.test(text.slice(start, end)) &&
    /^\s*(?:[,;.]|$)/.test(text.slice(end, end + 2))
  )
    return isOrdinary(text.slice(start, end), '') ? undefined : [start, end];
  return linked ? unknownClause(view, start) : undefined;
}

/** Letters with digits or signs, four digits and more, capitals inside: nothing one writes in a sentence. */
function looksSecret(view: View, start: number, end: number, linked: boolean): boolean {
  const word = view.text.slice(start, end);
  if (isMasked(word) || IS_EMAIL.test(word) || /^https?:/.test(word)) return false;
  const bare = word.replace(/[!?.,;:)]+$/, '');
  if (/^\d+(?:[ .-]\d+)+$/.test(bare)) return linked && bare.replace(/\D/g, '').length >= 4;
  if (bare.length < (linked ? SHORTEST : 4) || /\s/.test(bare)) return false;
  if (!linked && OTHER_SHAPE.test(bare)) return false;
  const typed = typedSlice(view, start, start + bare.length);
  if (/^\d+$/.test(bare)) return bare.length >= 4 && (linked || bare.length <= 12);
  if (/[a-z]/.test(bare) && /\d/.test(bare)) return true;
  if (/[a-z0-9][!@#$%^&*_+=~€£§?]+[a-z0-9]/.test(bare) || /[@#$%^&*_=~£§]/.test(bare))
    return /[a-z0-9]/.test(bare);
  return linked && /\p{Ll}\p{Lu}/u.test(typed) && !isOrdinary(bare, typed);
}

/** A password of plain words: up to four words to the end of the clause, none of them ordinary. */
function unknownClause(view: View, start: number): [number, number] | undefined {
  const { text } = view;
  let end = start;
  for (let count = 0; count <= 4; count++) {
    const from = skip(/ */y, text, end);
    const to = skip(/[^\s]{1,64}/y, text, from);
    const [, trimmed] = trim(text, from, to);
    const word = text.slice(from, trimmed);
    const isEnd = trimmed === from || (count > 0 && CLAUSE_END.test(word.replace(/!$/, '')));
    if (isEnd) return count > 0 ? [start, end] : undefined;
    if (count === 4 || !isUnknown(view, from, trimmed)) return undefined;
    end = trimmed;
    if (trimmed < to) return [start, end];
  }
  return undefined;
}

function isUnknown(view: View, start: number, end: number): boolean {
  const word = view.text.slice(start, end);
  if (word.length < SHORTEST || isMasked(word) || IS_EMAIL.test(word)) return false;
  return /[a-z\d]/.test(word) && !isOrdinary(word, typedSlice(view, start, end).replace(/[!?.,]+$/, ''));
}

function allUnknown(view: View, start: number, end: number): boolean {
  const words = [...view.text.slice(start, end).matchAll(/\S+/g)];
  return words.every((word) => isUnknown(view, start + word.index, start + word.index + word[0].length));
}

/** A code typed in groups, "12 34", is taken out whole. */
function overDigits(text: string, start: number, end: number): number {
  if (!/^\d+$/.test(text.slice(start, end))) return end;
  return skip(/(?:[ .-]\d+)*/y, text, end);
}

/** Stars and marks: nothing left to take out. */
function isMasked(word: string): boolean {
  return word.includes(CARD_MARK) || word.includes(OTHER_MARK) || /^[*•·.x_-]+$/.test(word);
}

/** Leaves the sentence its punctuation; an exclamation mark may be the password's. */
function trim(text: string, start: number, end: number): [number, number] {
  const word = text.slice(start, end);
  return [start, start + word.replace(/[.,;:)\]}»”"'`>]+$/, '').length];
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
