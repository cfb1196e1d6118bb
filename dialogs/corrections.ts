/* How customers take back what they said. Each pattern gives the text that holds the new value. */

const SORRY =
  '(?:(?:oups|ouf|zut|mince|pardon|desole|désolé|désolée|desolee|sorry|attendez|attends|ah|oh|euh|erreur|excusez[- ]moi|excuse[- ]moi|autant pour moi|au temps pour moi)[\\s,.:;!-]+)*';
const MISTAKEN =
  "je me suis (?:tromp[ée]e?s?|plant[ée]e?s?)|j['’ ]?ai fait (?:une (?:erreur|faute|b[êe]tise)|erreur)|j['’ ]?ai mal (?:tap[ée]|[ée]crit|saisi|recopi[ée]|lu)|y a une (?:erreur|faute)|il y a une (?:erreur|faute)";
const IN_IT = "(?: (?:de|dans|sur|pour|avec)(?: [\\p{L}’'-]+){1,4}?(?!\\p{L}))?";

const PATTERNS = [
  // "pas 100245 mais 100246", "ce n'est pas 100245, c'est 100246"
  /(?:c['’]?est pas|ce n['’]est pas|ce n['’][ée]tait pas|c['’][ée]tait pas|^\s*(?:non,?\s+)?pas)\s+\S.{0,40}?(?:,|;|\.|\bmais\b|\s(?=c['’]?est\s))\s*(?:mais\s+)?(?:c['’]?est\s+|c['’][ée]tait\s+|plut[oô]t\s+)?(.+)$/isu,
  // "100246 et non 100245", "100246 au lieu de 100245", "100246 et pas 100245"
  /^\s{0,9}(.{2,60}?)[\s,]{1,9}(?:et non(?: pas)?|et pas|au lieu d[e'’]|plut[oô]t qu[e'’])\s{0,9}\S.{1,40}$/isu,
  // "non, c'est 4512", "en fait 18 h", "je voulais dire Firefox", "je me suis trompé de numéro : 100246"
  new RegExp(
    `^\\s*${SORRY}(?:(?:(?:non|nan|oui|si)[\\s,.:;!-]+)?(?:mais\\s+)?(?:c['’]?(?:est|[ée]tait)(?: plut[oô]t| en fait)?|en fait(?:,)?(?: c['’]?(?:est|[ée]tait))?|finalement(?:,)?(?: c['’]?(?:est|[ée]tait))?|plut[oô]t|enfin|je voulais (?:dire|[ée]crire|mettre)|(?:${MISTAKEN})${IN_IT}[\\s,.:;!]*(?:(?:mais )?c['’]?(?:est|[ée]tait))?|correction|je corrige|rectification|il faut lire|il faut mettre|lire|le bon (?:num[ée]ro|mail|e-mail)?)|(?:non|nan)[\\s,.:;!]+|(?:pardon|oups|erreur|zut|mince)[\\s,.:;!]+)[\\s:,]*(.+)$`,
    'isu',
  ),
  // "*100246", as chats correct
  /^\s*\*+\s*(\S.{1,60})$/su,
  // "100246 pardon", "100246 plutôt"
  /^\s{0,9}(.{2,60}?)[\s,]{1,9}(?:pardon|plut[oô]t|en fait|je voulais dire|je me suis tromp[ée]e?)\s{0,9}[.!]?$/isu,
];

/** What follows "non, c'est …", "je voulais dire …": the text with the new value; undefined when nothing is taken back. */
export function correctionIn(text: string): string | undefined {
  for (const pattern of PATTERNS) {
    const rest = pattern.exec(text)?.[1]?.trim();
    if (rest) return rest;
  }
  return undefined;
}

const MISTAKE_ALONE = new RegExp(`^\\s*${SORRY}(?:(?:non|mais)[\\s,]+)*(?:${MISTAKEN})(.{0,60})$`, 'isu');

/** "Je me suis trompé dans mon adresse": the words that name the detail, "" when none do; undefined when nothing is said. */
export function mistakeIn(text: string): string | undefined {
  return MISTAKE_ALONE.exec(text)?.[1]?.trim();
}
