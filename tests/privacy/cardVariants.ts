import { cutBy, type Dice } from './dice.ts';

/** A card number as somebody may write it: the messages, and the other digits that they hold and may keep. */
export interface CardVariant {
  /** The number, in digits alone. */
  card: string;
  messages: string[];
  /** As typed. */
  ownDigits: readonly string[];
  /** What it was made of, for who reads a miss. */
  made: string;
}

const BRANDS: readonly (readonly [prefix: string, length: number, printed: readonly number[]])[] = [
  ['4', 16, [4, 4, 4, 4]],
  ['4', 19, [4, 4, 4, 4, 3]],
  ['4', 18, [4, 4, 4, 4, 2]],
  ['4', 13, [4, 3, 3, 3]],
  ['51', 16, [4, 4, 4, 4]],
  ['55', 16, [4, 4, 4, 4]],
  ['2221', 16, [4, 4, 4, 4]],
  ['2720', 16, [4, 4, 4, 4]],
  ['34', 15, [4, 6, 5]],
  ['37', 15, [4, 6, 5]],
  ['36', 14, [4, 6, 4]],
  ['305', 14, [4, 6, 4]],
  ['3530', 16, [4, 4, 4, 4]],
  ['6011', 16, [4, 4, 4, 4]],
  ['65', 16, [4, 4, 4, 4]],
  ['6759', 16, [4, 4, 4, 4]],
  ['5020', 18, [4, 4, 4, 4, 2]],
  ['62', 19, [6, 13]],
  ['2200', 16, [4, 4, 4, 4]],
];

const SEPARATORS: readonly string[] = [
  ...[
    '',
    ' ',
    '-',
    '.',
    '\u00a0',
    '\u202f',
    '\u2009',
    '  ',
    ' - ',
    '\u200b',
    '\u00ad',
    '/',
    '_',
    '\n',
    '\r\n',
    '\t',
  ],
  ...[
    '–',
    '—',
    '‑',
    ' . ',
    '|',
    ',',
    ', ',
    ';',
    ':',
    '·',
    '•',
    '*',
    '~',
    '=',
    '+',
    "'",
    '…',
    ' / ',
    ' → ',
    '💳',
  ],
  ...[
    ' puis ',
    ' et ',
    ' ensuite ',
    ', puis ',
    ' tiret ',
    '<br>',
    '<br />',
    '</td><td>',
    '&nbsp;',
    '&#160;',
    '&#xA0;',
  ],
];

const digitsBy =
  (write: (digit: number) => string) =>
  (text: string): string =>
    text.replace(/\d/g, (digit) => write(Number(digit)));
const from = (zero: number) => digitsBy((digit) => String.fromCodePoint(zero + digit));
const WORDS = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];

/** How a digit is written. */
const SCRIPTS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'full width': from(0xff10),
  'Arabic-Indic': from(0x660),
  Devanagari: from(0x966),
  mathematical: from(0x1d7ce),
  circled: digitsBy((digit) => (digit === 0 ? '⓪' : String.fromCodePoint(0x2460 + digit - 1))),
  'dingbat circled': digitsBy((digit) => (digit === 0 ? '⓿' : String.fromCodePoint(0x2776 + digit - 1))),
  keycap: digitsBy((digit) => `${digit}\ufe0f\u20e3`),
  'digit entities': digitsBy((digit) => `&#${48 + digit};`),
  'percent-encoded': digitsBy((digit) => `%3${digit}`),
};

const WRAPS: Readonly<Record<string, (text: string) => string>> = {
  bare: (text) => text,
  quoted: (text) => `« ${text} »`,
  brackets: (text) => `(${text})`,
  square: (text) => `[${text}]`,
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text}\``,
  html: (text) => `<b>${text}</b>`,
  json: (text) => JSON.stringify({ pan: text }),
  address: (text) => `https://x.fr/pay?pan=${encodeURIComponent(text)}`,
  'form address': (text) => `https://x.fr/pay?${new URLSearchParams({ a: '', pan: text }).toString()}`,
  'address in an address': (text) =>
    `https://x.fr/go?to=${encodeURIComponent(`https://y.fr/pay?pan=${encodeURIComponent(text)}`)}`,
};

const CONTEXTS: readonly (readonly [before: string, after: string, ...ownDigits: string[]])[] = [
  ['', ''],
  ['ma carte ', ' est refusée'],
  ['voila mon numero de cb : ', ''],
  ['Bonjour, le paiement ne passe pas avec ', ', merci'],
  ["c'est la visa ", ''],
  ['je paye avec ', ' et ça bloque'],
  ['', " c'est le bon numéro ?"],
  ['carte:', ''],
  ['CB', 'merci'],
  ['commande 123456, payée avec la carte ', '', '123456'],
  ['débité 49,90 € sur ', '', '49,90'],
  ['mon tel 06 12 34 56 78 et ma cb ', '', '06 12 34 56 78'],
  ['ma commande du 12/03/2026 : j’ai réglé avec ', ' le 13/03/2026', '12/03/2026', '13/03/2026'],
  ['Bonjour\n\n', '\n\nMerci\nMarie', ''],
  ['essayé 2 fois : ', ' (refus 51)', '2', '51'],
];

const LEADS: readonly string[] = ['', 'ma carte : ', 'voici ma cb ', 'carte bancaire numéro '];
/** Before the next part of a number that was cut, and messages of their own between two parts. */
const CONNECTIVES: readonly string[] = [
  '',
  '',
  'puis ',
  'et ',
  'ensuite ',
  'la suite : ',
  'suite ',
  'et après ',
];
const PAUSES: readonly string[] = ['attendez', 'pardon, la suite', 'je continue', 'oups'];
const BOT = 'B:Je n’ai pas compris. Pouvez-vous reformuler ?';

/** In one message, in any grouping; or over two to four, cut anywhere. */
export function cardVariant(dice: Dice): CardVariant {
  const [prefix, length, printed] = dice.pick(BRANDS);
  const card = dice.luhn(prefix, length);
  if (dice.chance() < 0.25) return split(card, dice);

  const [groupingName, sizes] = dice.pick(groupings(length, printed, dice));
  const [scriptName, script] =
    dice.chance() < 0.5 ? ['plain', SCRIPTS['plain']!] : dice.pick(Object.entries(SCRIPTS));
  const [wrapName, wrap] = dice.pick(Object.entries(WRAPS));
  const [before, after, ...ownDigits] = dice.pick(CONTEXTS);
  const separator = dice.pick(SEPARATORS);
  return {
    card,
    messages: [before + wrap(cutBy(card, sizes).map(script).join(separator)) + after],
    ownDigits,
    made: `${prefix}/${length} ${groupingName} ${JSON.stringify(separator)} ${scriptName} ${wrapName} ${JSON.stringify(before)}`,
  };
}

/** A number said digit by digit, in words. */
export function cardInWords(dice: Dice): CardVariant {
  const [prefix, length] = dice.pick(BRANDS);
  const card = dice.luhn(prefix, length);
  const said = [...card].map((digit) => WORDS[Number(digit)]).join(dice.pick([' ', ', ', '-', '\n']));
  return { card, messages: [dice.pick(LEADS) + said], ownDigits: [], made: 'words' };
}

function groupings(
  length: number,
  printed: readonly number[],
  dice: Dice,
): readonly (readonly [string, readonly number[]])[] {
  const by = (size: number): number[] =>
    Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size));
  const uneven: number[] = [];
  for (let left = length; left > 0; left -= uneven.at(-1)!) uneven.push(Math.min(left, 1 + dice.below(6)));
  return [
    ['printed', printed],
    ['pairs', by(2)],
    ['threes', by(3)],
    ['fours', by(4)],
    ['fives', by(5)],
    ['each', by(1)],
    ['whole', [length]],
    ['halves', [8, length - 8]],
    ['uneven', uneven],
  ];
}

function split(card: string, dice: Dice): CardVariant {
  const parts = 2 + dice.below(3);
  const cuts = new Set<number>();
  while (cuts.size < parts - 1) cuts.add(1 + dice.below(card.length - 1));
  const ends = [...cuts].sort((a, b) => a - b);
  const pieces = cutBy(
    card,
    [...ends, card.length].map((end, i) => end - (ends[i - 1] ?? 0)),
  );
  const inside = dice.pick(['', ' ', '-']);
  const written = pieces.map((piece) => (piece.match(/.{1,4}/g) ?? []).join(inside));
  const lead = dice.pick(LEADS);
  const pause = dice.chance() < 0.2 ? [dice.pick(PAUSES)] : [];
  const bot = dice.chance() < 0.5 ? [BOT] : [];
  return {
    card,
    messages: written.flatMap((piece, i) =>
      i === 0 ? [lead + piece] : [...bot, ...(i === 1 ? pause : []), dice.pick(CONNECTIVES) + piece],
    ),
    ownDigits: [],
    made: `split in ${parts} ${card.slice(0, 2)}/${card.length} ${JSON.stringify(lead)}`,
  };
}
