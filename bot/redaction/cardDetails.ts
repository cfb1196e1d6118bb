import { CARD_WORD } from './cardContext.ts';
import { CARD_MARK } from './view.ts';
import type { Finding, View } from './view.ts';

const CVV_MASK = '[cryptogramme retiré]';
const EXPIRY_MASK = '[expiration retirée]';

const SMALL_WORDS =
  "(?:est|c'est|cest|c|il|is|de|du|la|le|les|ma|mon|carte|cb|bancaire|visa|bleue|au|a|l'|dos|verso|arriere|derriere|visuel|numero|n°|no|suivants?|fin|en|date|mois|jusqu'au|jusqu'en|jusqu'a|on|my|card|code|chiffres)";
/** What may stand between a cue and its value: at most five small words, a colon, a bracket. */
const FILLER = String.raw`(?:[\s:=()"'.\-–>«]{1,4}${SMALL_WORDS}(?![a-z])){0,5}[\s:=()"'.\-–>«*]{0,5}`;

const CVV_CUE =
  "(?<![a-z])(?:cvv2?|cvc2?|cvn|csc|cid|ccv|cryptogramme|crypto|code (?:de )?securite|security code|(?:les |mes )?(?:[34]|trois|quatre) (?:derniers )?chiffres (?:qui sont )?(?:au|a l'|de|du|derriere))(?![a-z])";
/** Three or four digits, and no unit, decimal or further digit that would make them something else. */
const CVV_VALUE = String.raw`(?<!\d)\d(?:[ .-]?\d){2,3}(?![ ]?(?:€|eur|euro|min|h\b|heure|jour|fois|an\b|ans\b|mois|%|[.,/:-]?\d))`;
const CVV_AFTER_CUE = new RegExp(`${CVV_CUE}${FILLER}(?<value>${CVV_VALUE})`, 'dg');
const CVV_BEFORE_CUE = new RegExp(
  String.raw`(?<value>${CVV_VALUE})[\s:=(,-]{1,4}(?:(?:est|c'est|comme|pour|is|le|la|mon|au|my|the) ){0,3}(?:cvv2?|cvc2?|cryptogramme|dos|verso|security code)(?![a-z])`,
  'dg',
);

const MONTHS =
  '(?:janvier|janv|fevrier|fevr?|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|sept|octobre|oct|novembre|nov|decembre|dec)';
const EXPIRY_VALUE = String.raw`(?<!\d)(?:(?:\d{1,2} ?[/.-] ?)?(?:0?[1-9]|1[0-2]) ?[/.\- ] ?(?:20)?[2-4]\d|(?:0[1-9]|1[0-2])(?:20)?[2-4]\d|20[2-4]\d ?[/.-] ?(?:0[1-9]|1[0-2])|${MONTHS}\.? (?:20)?[2-4]\d)(?![/.-]?\d)`;
const EXPIRY_CUE =
  '(?<![a-z])(?:exp|expires?|expirant|expirera|expiration|expiry|validite|valide|valables?|valid thru|valid|echeance|val)(?![a-z])';
const EXPIRY_AFTER_CUE = new RegExp(`${EXPIRY_CUE}${FILLER}(?<value>${EXPIRY_VALUE})`, 'dg');

/** Things that expire and are no bank card. */
const OTHER_EXPIRING =
  /(?<![a-z])(?:liens?|promos?|promotion|reduction|bons?|garantie|offres?|abonnement|produits?|colis|retours?|lots?|dlc|cadeaux?|fidelite|avoir|cheque|passeport|identite|devis|code promo|points?)(?![a-z])/;

/** Right behind a card number: its expiry and cryptogram need no other cue. */
const LINK_WORDS = '(?:(?:et|puis|code|exp|date|fin|val|crypto|la|au|dos|cvv|cvc)[.:]? ?){0,3}';
const BEHIND_CARD = new RegExp(
  String.raw`[\s,;:/|()\-–*]{0,6}${LINK_WORDS}(?:(?<expiry>${EXPIRY_VALUE})|(?<cvv>${CVV_VALUE}))`,
  'dy',
);
/** A message of nothing but an expiry, a cryptogram, or both. */
const ONLY_DETAILS = new RegExp(String.raw`^[\s,;:/|().\-–*\d]{0,30}(?:${MONTHS})?[\s,;:/|().\-–*\d]{0,30}$`);

/**
 * Finds cryptograms (CVV) and expiry dates: beside a cue, right behind a card that was taken out, or,
 * when the customer's last message was such a card, as a message of their own.
 */
export function findCardDetails(view: View, afterCard: boolean): Finding[] {
  const { text } = view;
  const found: Finding[] = [];
  if (!/\d/.test(text)) return found;
  const add = (kind: 'cvv' | 'expiry', range: [number, number] | undefined): void => {
    if (!range || found.some((one) => one.start < range[1] && range[0] < one.end)) return;
    found.push({ kind, start: range[0], end: range[1], mask: kind === 'cvv' ? CVV_MASK : EXPIRY_MASK });
  };

  for (const mark of text.matchAll(new RegExp(`${CARD_MARK}+`, 'g')))
    addBehind(text, mark.index + mark[0].length, add);
  if (afterCard && ONLY_DETAILS.test(text)) addBehind(text, 0, add);
  for (const match of text.matchAll(EXPIRY_AFTER_CUE))
    if (isAboutCard(text, match.index)) add('expiry', match.indices?.groups?.value);
  for (const match of text.matchAll(CVV_AFTER_CUE)) add('cvv', match.indices?.groups?.value);
  for (const match of text.matchAll(CVV_BEFORE_CUE)) add('cvv', match.indices?.groups?.value);
  return found;
}

function addBehind(
  text: string,
  from: number,
  add: (kind: 'cvv' | 'expiry', range: [number, number] | undefined) => void,
): void {
  let at = from;
  // An expiry and a cryptogram, in either order.
  for (let step = 0; step < 2; step++) {
    BEHIND_CARD.lastIndex = at;
    const match = BEHIND_CARD.exec(text);
    if (!match) return;
    add('expiry', match.indices?.groups?.expiry);
    add('cvv', match.indices?.groups?.cvv);
    at = BEHIND_CARD.lastIndex;
  }
}

/** "expire 12/28" is said of a card, unless the words before name a voucher, a link, a product… */
function isAboutCard(text: string, cueAt: number): boolean {
  const before = text.slice(Math.max(0, cueAt - 50), cueAt);
  if (before.includes(CARD_MARK)) return true;
  return (
    !OTHER_EXPIRING.test(before) || (before.match(CARD_WORD) !== null && !/cadeau|fidelite/.test(before))
  );
}
