import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';
import { once } from './once.ts';
import { followsTrackingCue } from './tracking.ts';

/** A regular expression source, matched case-insensitively: CMD-654321, or 402-1234567-1234567. */
export const DEFAULT_ORDER_NUMBER = 'CMD-?\\d{4,12}|\\d{3}-\\d{7}-\\d{7}';

const CUE = '(?<![a-z])(?:com+[ae]nd?es?|cmdes?|cmds?|cde|order)';
// A number of a list is read whole, or a long run of digits would be cut up in every possible way.
const FILLER =
  "(?:[ :,#=(./-]|n[°º]|numero|numeros|num|nr|no|n|reference|ref|est|sont|c'est|c|la|le|les|porte|suivante|suivant|concernee|et|ou|&|(?<!\\d)\\d{4,16}){0,12}";
const AFTER =
  "(?=,? ?\\(?(?:(?:c'est|est|pour|:|=) ?)?(?:(?:le|la|ma|mon) )?(?:n[°º] ?|numero |num |ref(?:erence)? )?(?:de )?(?:la |ma )?commande\\b(?![ :n°o.]*\\d))";
const FAR =
  "(?:(?!suivi|colis|tracking|\\btel|\\d{5})[^.!?\\n]){0,60}(?:n[°º]|numero|num|c'est(?: l[ae])?) ?:? ?";
// Not the start of a longer number, nor a quantity, a price, an hour.
const END =
  '(?![\\w@%€$£]|[.,:-]\\d|/\\d{1,3}(?!\\d)| ?(?:€|%|euros?|eur|balles|km|kg|g|ml|fois|personnes|points?|pts|articles?|pieces?|exemplaires|ans|heures?|jours?)\\b| €)';
const START = '(?<![\\w+@/-]|\\d[.,: ])';
// In every number that is announced, before or after it; a cheap look spares most messages the long pattern.
const ANNOUNCED = /com+[ae]n|cmd|cde|order/;

const cued = once(
  (orderNumber) =>
    new RegExp(
      // The first two look-arounds are cheap, and spare most positions the long one.
      `(?<!\\w)(?=[^ -])(?<=${CUE}(?:${FILLER}[ :#=(°º./-]|${FAR}))(?:${orderNumber}|(?!0[1-9]\\d{8}\\D)\\d{4,16}|\\d{3}(?: \\d{3}){1,4}(?! ?\\d))${END}|${START}\\d{4,16}${AFTER}`,
      'gi',
    ),
);
const bare = once((orderNumber) => new RegExp(`(?<![\\w@/-])(?:${orderNumber})(?![\\w@]|-\\w)`, 'gi'));
const BARE_DIGITS = new RegExp(`${START}\\d{6,10}${END}(?! \\d)`, 'g');

/** Order numbers that a word such as "commande" announces: any of 4 to 16 digits, or of the shop's form. */
export function findCuedOrderNumbers(
  { folded, typed }: Message,
  orderNumber = DEFAULT_ORDER_NUMBER,
): Finding[] {
  if (!ANNOUNCED.test(folded)) return [];
  return findAll(cued(orderNumber), folded, (match) => {
    const cue = typed.slice(Math.max(0, match.index - 90), match.index);
    // "j'ai commandé 1500 vis" announces a quantity; "commandé hier, n° 1500" does not.
    const verb =
      /command(?:é|ée|és|er|ez)(?: |$)/i.test(cue) &&
      !/commandes?(?![a-zé])|(?:n[°º]|num[ée]ro) *$/i.test(cue);
    return verb || followsTrackingCue(folded, match.index)
      ? undefined
      : match[0].replaceAll(' ', '').toUpperCase();
  });
}

/** Order numbers that nothing announces: of the shop's form when it is more than digits, or 6 to 10 digits. */
export function findBareOrderNumbers({ folded }: Message, orderNumber = DEFAULT_ORDER_NUMBER): Finding[] {
  const shop = findAll(bare(orderNumber), folded, (match) =>
    /^\d*$/.test(match[0]) ? undefined : match[0].toUpperCase(),
  );
  const digits = findAll(BARE_DIGITS, folded, (match) =>
    followsTrackingCue(folded, match.index) ? undefined : match[0],
  );
  return [...shop, ...digits];
}

/** The order number, in capitals, of the answer to "quel est votre numéro de commande ?". */
export function readOrderNumber(text: string, orderNumber = DEFAULT_ORDER_NUMBER): string | undefined {
  const message = toMessage(`commande ${text}`);
  const findings = [
    ...findBareOrderNumbers(message, orderNumber),
    ...findCuedOrderNumbers(message, orderNumber),
  ];
  return findings.sort((a, b) => b.length - a.length)[0]?.value;
}
