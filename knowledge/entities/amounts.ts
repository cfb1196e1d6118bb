import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';
import { numberWords, toNumber } from './numbers.ts';

const CURRENCIES: [RegExp, string][] = [
  [/^(?:€|e$|eur|euro|balles|boules)/, 'EUR'],
  [/^(?:cad|\$ ?cad|\$ ?ca|dollars? canadiens?)/, 'CAD'],
  [/^(?:chf|francs? suisses?)/, 'CHF'],
  [/^(?:£|gbp|livres? sterling)/, 'GBP'],
  [/^(?:\$|usd|us\$|dollar)/, 'USD'],
];
const WHOLE = '\\d{1,3}(?:[ .]\\d{3}){1,2}|\\d{1,7}';
const CENTS = '[.,]\\d{1,2}';
const SIGN = '€|\\$ ?cad?|£|us\\$|\\$';
const CURRENCY = `(?:${SIGN}|(?:euros?|eur|balles|boules|cad|chf|usd|gbp|dollars? canadiens?|dollars?|francs? suisses?|livres? sterling)(?![a-z]))`;

const AFTER = new RegExp(
  `(?<![\\d]|\\d[.,])(?<whole>${WHOLE})(?<cents>${CENTS})? ?(?<currency>${CURRENCY})(?: ?(?:et )?(?<rest>\\d{2})(?:(?: ?cts?| ?centimes?| ?c)?(?![\\d\\w%.,/:]| ?(?:€|euros?)|[h])))?`,
  'g',
);
const BEFORE = new RegExp(
  `(?<![\\w€$£])(?<currency>${SIGN}|eur) ?(?<whole>${WHOLE})(?<cents>${CENTS})?(?!\\d|[.,]\\d)`,
  'g',
);
// "59,90e" is a price; "59e" may be a rank.
const LETTER =
  /(?<![\d]|\d[.,])(?<whole>\d{1,7})(?:(?<cents>[.,]\d{2}) ?(?<currency>e)(?![\w])|(?<letter>e)(?<rest>\d{2})(?!\w))/g;
const CENTIMES = /(?<![\d.,])(?<rest>\d{1,2}) ?(?:centimes?|cts)\b/g;
const WORDS = new RegExp(`\\b(?<whole>${numberWords(1, 100)}) (?<currency>euros?|balles|dollars?)\\b`, 'g');
const BARE = new RegExp(`^\\D{0,12}(?<whole>${WHOLE})(?<cents>${CENTS})?\\s*[.!]?$`, 'g');

/** Amounts of money in a message, as `59.90 EUR`; the currency is the one written. */
export function findAmounts({ folded }: Message): Finding[] {
  const patterns = /\d/.test(folded) ? [AFTER, BEFORE, LETTER, CENTIMES, WORDS] : [WORDS];
  return patterns.flatMap((pattern) => findAll(pattern, folded, readMatch));
}

/** The amount of the answer to "quel montant ?", as `59.90 EUR`: a number alone is in euros. */
export function readAmount(text: string): string | undefined {
  const message = toMessage(text.trim());
  const [best] = findAmounts(message).sort((a, b) => b.length - a.length);
  return (best ?? findAll(BARE, message.folded, readMatch)[0])?.value;
}

function readMatch({ groups }: RegExpExecArray): string {
  const whole = /[a-z]/.test(groups?.whole ?? '')
    ? toNumber(groups?.whole ?? '')
    : Number((groups?.whole ?? '0').replace(/[ .]/g, ''));
  const cents = groups?.rest ?? groups?.cents?.slice(1).padEnd(2, '0') ?? '00';
  const currency = CURRENCIES.find(([pattern]) => pattern.test(groups?.currency ?? 'eur'))?.[1] ?? 'EUR';
  return `${whole}.${cents.padStart(2, '0')} ${currency}`;
}
