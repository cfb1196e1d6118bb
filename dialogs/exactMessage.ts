import { words } from './commonSlots.ts';
import { fr } from './french.ts';
import type { Message, Slot } from './slots.ts';

/** The error message as displayed. */
export function exactMessage(base: Partial<Slot> = {}): Slot {
  return words({
    name: 'exactMessage',
    label: 'Message d’erreur',
    ask: fr`Quel est le message d’erreur exact ? Recopiez-le tel qu’il s’affiche.`,
    why: fr`Le texte exact permet au support de reconnaître l’erreur du premier coup.`,
    required: true,
    atLeast: 3,
    read: ({ text }) => {
      const said = text.trim().replace(LEAD, '');
      const value = /^[«"“]([^«»"“”]+)[»"”]\s?\.?$/u.exec(said)?.[1]?.trim() ?? said;
      return saysMoreThanCard(value) ? { value } : undefined;
    },
    spot: spotQuoted,
    spoken: (value) => fr`message « ${value} »`,
    ...base,
  });
}

/** "le message est :", before the message itself. */
const LEAD =
  /^(?:(?:oui|alors|euh),? )?(?:le |c['’]est (?:le )?)?(?:message(?: d['’]erreur)?|erreur affich[ée]e)(?: exact)?(?: (?:est|c['’]est|dit|indique))?\s*:\s*/iu;
const QUOTED = /[«"“]\s{0,9}([^«»"“”\s][^«»"“”]{2,198}[^«»"“”\s])\s{0,9}[»"”]/u;
/** "le message est : Identifiants incorrects", "ça affiche identifiants incorrects". */
const TOLD =
  /(?:message(?: d['’]erreur)?(?: exact)?(?: (?:est|c['’]est|dit|indique|affich[ée]e?))?|il (?:me )?(?:dit|met|marque)|[cç]a (?:me )?(?:dit|met|marque|affiche)|(?:est )?(?:affich[ée]|[ée]crit|marqu[ée]))\s*:\s*([^.!?\n]{4,160})/iu;
const KNOWN = /\b(identifiants? incorrects?|mot de passe incorrect)\b/iu;

function spotQuoted({ text }: Message): string | undefined {
  return QUOTED.exec(text)?.[1] ?? TOLD.exec(text)?.[1]?.trim() ?? KNOWN.exec(text)?.[1];
}

const CARD_WORDS = new Set('exp expire expiration cvv cvc iban carte numero numéro ma mon le est'.split(' '));

/** Masked card data and the words beside it are no message. */
function saysMoreThanCard(text: string): boolean {
  const words = text.replace(/\[[^[\]]{0,40}\]/g, ' ').split(/[^\p{L}\d]+/u);
  return words.some((word) => word.length >= 2 && !CARD_WORDS.has(word.toLowerCase()));
}
