import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';
import { once } from './once.ts';

export interface TrackingFormat {
  carrier: string;
  /** One character for each of the number's: `#` a digit, `@` a letter, `*` either, any other itself. */
  mask: string;
  /** Whether a number of this form has the right check digit; without it, none is verified. */
  hasRightCheckDigit?: (value: string) => boolean;
}

export interface Tracking {
  /** Capitals and digits, no spaces. */
  value: string;
  carrier: string;
  /** Only for the formats that have one: `wrong` is a number mistyped. */
  checkDigit?: 'right' | 'wrong';
}

/** The carriers' formats; the first that fits names the carrier. A shop adds its own in front of these. */
export const TRACKING_FORMATS: TrackingFormat[] = [
  { carrier: 'UPS', mask: '1Z********########', hasRightCheckDigit: hasRightUpsDigit },
  { carrier: 'Colissimo', mask: '#@###########' },
  // Chronopost's own numbers have the shape of S10 and another check digit.
  { carrier: 'Chronopost', mask: 'X@#########@@' },
  { carrier: 'Chronopost', mask: '@@#########JB' },
  { carrier: 'Chronopost', mask: '@@#########JF' },
  { carrier: 'UPU S10', mask: '@@#########@@', hasRightCheckDigit: hasRightS10Digit },
  { carrier: 'Mondial Relay', mask: '########' },
  { carrier: 'Mondial Relay', mask: '##########' },
  { carrier: 'Mondial Relay', mask: '############' },
  { carrier: 'GLS', mask: '###########' },
  { carrier: 'DPD', mask: '##############' },
];

const CARRIER =
  '(?:coli?ss?imo|chronopost|chrono|ups|mondial ?rela(?:y|is?)|relais? colis|dpd|gls|la ?poste|transporteur|dhl)';
const CUE = `(?<![a-z])(?:suivis?|suivie|tracking|trackin|colis|paquet|expedition|envoi|${CARRIER})`;
const FILLER = `(?:[ :,.#=()-]|n[°º]|numero|num|no|n|est|c'est|cest|le|la|mon|du|de|chez|par|avec|suivi|colis|france|(?:la|ma) commande|${CARRIER}){0,9}`;
const AFTER_CUE = new RegExp(`(?<=${CUE}${FILLER}[ :,.#=(°º-])$`);
const BEFORE_CARRIER = new RegExp(
  `^[,(]? ?(?:(?:chez|par|avec|via|sur|c'est|est) )?(?:le |mon |du )?(?:numero de )?(?:suivi|${CARRIER})\\b(?![^a-z\\d]*\\d)`,
);

const AFTER_ORDER = /(?:commandes?|cmd|cde)(?: (?:n[°º]|numero|no|num|est|la|c'est))*[ :#]*$/;

/** Tracking numbers in a message. One made of digits alone counts only beside a word such as "suivi". */
export function findTracking(message: Message, formats = TRACKING_FORMATS): Finding[] {
  const hasDigit = /\d/.test(message.folded);
  const possible = formats.filter(({ mask }) => hasDigit || !mask.includes('#'));
  return possible.flatMap((format) =>
    findFormat(message, format).filter(
      (finding) => !isBare(format) || isCued(message.folded, finding.index, finding.length),
    ),
  );
}

/** The tracking number of the answer to "quel est votre numéro de suivi ?". */
export function readTracking(text: string, formats = TRACKING_FORMATS): Tracking | undefined {
  const message = toMessage(text);
  for (const format of formats) {
    const [found] = findFormat(message, format);
    if (!found) continue;
    const tracking = { value: found.value, carrier: format.carrier };
    if (!format.hasRightCheckDigit) return tracking;
    return { ...tracking, checkDigit: format.hasRightCheckDigit(found.value) ? 'right' : 'wrong' };
  }
  return undefined;
}

/** True when the words right before the offset announce a tracking number. */
export function followsTrackingCue(text: string, index: number): boolean {
  return AFTER_CUE.test(text.slice(Math.max(0, index - 60), index));
}

function isCued(text: string, index: number, length: number): boolean {
  const end = index + length;
  if (followsTrackingCue(text, index)) return true;
  // "ma commande 87654321 chez Mondial Relay" is an order's number.
  if (AFTER_ORDER.test(text.slice(Math.max(0, index - 30), index))) return false;
  return BEFORE_CARRIER.test(text.slice(end, end + 50));
}

function isBare({ mask }: TrackingFormat): boolean {
  return /^#+$/.test(mask);
}

function findFormat({ folded, typed }: Message, format: TrackingFormat): Finding[] {
  return findAll(toPattern(format.mask), folded, (match) => {
    const text = typed.slice(match.index, match.index + match[0].length);
    const value = match[0].replace(/[ .-]/g, '').toUpperCase();
    // "de 123456789 et" has the shape of S10: spaced small letters need the right check digit.
    const doubtful = /[a-z]/.test(text) && text.length > value.length;
    return doubtful && format.hasRightCheckDigit?.(value) === false ? undefined : value;
  });
}

const CLASSES: Record<string, string> = { '#': '\\d', '@': '[a-z]', '*': '[a-z\\d]' };

const toPattern = once((mask) => {
  const characters = [...mask.toLowerCase()].map((character) => CLASSES[character] ?? character);
  return new RegExp(`(?<![\\w+@/.-]|\\d[ .-])${characters.join('[ .-]?')}(?![\\w@]|[ .-]?\\d)`, 'g');
});

/** UPU standard S10: eight digits weighted, modulo 11. */
function hasRightS10Digit(value: string): boolean {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(value[index + 2]), 0);
  const digit = 11 - (sum % 11);
  return Number(value[10]) === (digit === 10 ? 0 : digit === 11 ? 5 : digit);
}

/** UPS 1Z: fifteen characters (A is 2, B is 3…, modulo 10), every second one doubled, modulo 10. */
function hasRightUpsDigit(value: string): boolean {
  const digits = [...value.slice(2)].map((character) =>
    /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10,
  );
  const sum = digits.slice(0, 15).reduce((total, digit, index) => total + digit * (index % 2 ? 2 : 1), 0);
  return digits[15] === (10 - (sum % 10)) % 10;
}
