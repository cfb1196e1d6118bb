import { DATE, MONTH, WEEKDAY } from './dates.ts';
import { findAll } from './message.ts';
import type { Finding, Message } from './message.ts';
import { numberWords } from './numbers.ts';

const OTHER_NUMBERS = oneOf(
  'siret, siren, imei, ean, gtin, isbn, tva, rib, iban, bic, telephone, tel, portable, mobile, fax, fixe, code',
  'code(?: (?!commande|cmd|suivi|colis)[a-z]{1,14}){1,4}, carte, carte (?:de fidelite|cadeau), client',
  "(?:numero|n°|no|num|id) (?:client|de client|d'adherent|de carte|fidelite|de telephone|de serie), dossier",
  "erreur, ticket, facture, modele, serie, (?:ref(?:erence)?\\.? (?:de l')?|l')?(?:article|produit)",
);
const NUMBER_SIGN = "(?: ?(?:n°|no|num|numero|est|c'est|:|#|=|-|\\.)){0,3} ?";

const HOURS = `(?:\\d{1,3}|${numberWords(1, 72)}) ?h(?:eures?)?`;
const LASTING = oneOf(
  "en, sous, pendant, durant, dans, toutes les, tous les, moins d[e'], plus d[e'], au bout d[e'], delai, delai d[e']",
  'livraison, livraison en, autonomie, autonomie de, batterie, batterie de, attendu, attends, attend, duree de',
  "dure, mis, pris, perdu, passe, fait, (?:il ?)?y ?'?a",
);
const ABOUT = '(?: (?:environ|les|plus de|moins de|deja|a peine|presque|pres de))?';
const AFTER_LENGTH = oneOf(
  'chrono, ouvrees?, max, maxi, maximum, plus tard, apres, avant',
  "de (?:retard|plus|moins|suite|trop|delai|attente|vol|route|travail), d'(?:attente|affilee|autonomie|ecart)",
);

const COUNTED = oneOf(
  'taille, pointure, lots? de, pack de, boites? de, note, noter, notez, etape, pages?, photo, colis, partie',
  'episode, ecran, piles?',
);
const STREET = oneOf(
  'rue, avenue, av, boulevard, bd, place, quai, allee, square, cours, impasse, chemin, lycee',
);
const METALWARE = oneOf(
  'finitions?, pieds?, structure, robinet, robinetterie, mitigeur, coloris, couleur, aspect, effet, metal, acier',
  'inox, laiton, barre, poignees?, jantes?, lampe, lampadaire, tringle, support, cadre, bouton, en, table, modele',
  'tabouret, chaise, fauteuil, applique, suspension, plafonnier, douche, douchette, pommeau, colonne, porte-[a-z]+',
  'pateres?, etagere, miroir, siphon, charnieres?, anneaux?, crochets?, calandre, bracelet, montre, meubles?, velo, guidon',
);
const TRAVELWARE = oneOf(
  'parc, imprime, motif, chapeau, tenue, chaise, style, theme, veste, saharienne, deco, jouet, lodge, sac, short',
  'bermuda, pantalon, robe, chemise, gilet, ensemble, en, un, du, au',
);

const PATTERNS = [
  // Telephone numbers of France and its neighbours, and numbers that are neither an order nor a parcel.
  '(?<!\\d)(?:(?:\\+|00)33 ?(?:\\(0\\) ?)?[1-9]|0[1-9])(?:[ .-]?\\d{2}){4}(?!\\d)',
  '(?<![\\d+])(?:\\+|00)(?:32|352|41|44|49)(?:[ .-]?\\d{1,3}){4,5}(?!\\d)',
  `\\b${OTHER_NUMBERS}(?![a-z])${NUMBER_SIGN}(?:fr ?\\d\\d ?)?\\d[\\d .]{3,24}(?!\\d)`,
  // Lengths of time and opening hours.
  '\\b(?:24 ?h(?:eures)? ?(?:/|sur) ?24|7 ?j(?:ours)? ?(?:/|sur) ?7|24/24|7/7|24/7|h24)(?!\\d)',
  `\\b${HOURS} ?(?:\\d{2} ?)?${AFTER_LENGTH}\\b`,
  `\\b${LASTING}${ABOUT} ${HOURS} ?(?:\\d{2})?(?: et demie?)?(?![\\da-z])`,
  // "depuis 18h" is a time of day.
  `\\bdepuis${ABOUT} (?:[1-5]|${numberWords(1, 5)}) ?h(?:eures?)?(?: et demie?)?(?! ?\\d|[a-z]| du (?:mat|soir))`,
  `\\b(?:(?:du )?${WEEKDAY} (?:au|a)|tous les|chaque) ${WEEKDAY}\\b`,
  `\\ble ${WEEKDAY}\\b(?!,? (?:\\d|1er|premier|derni|passe|prochain|${MONTH}))`,
  '\\b(?:le midi|entre midi et (?:deux|2)|midi[ -]pyrenees)\\b(?! ?h)',
  // Places, sizes and shares.
  `\\b${STREET} (?:du|des) ${DATE} ${MONTH}(?: \\d{4})?(?!\\d)`,
  '\\b(?:dans|departement) (?:le|du|la|l)? ?\\d{2}(?!\\d)',
  `\\b${COUNTED} \\d{1,3}(?:/\\d{1,3}| mars\\b)`,
  '(?<!\\d)\\d{1,2}/\\d{1,2} (?:ans|mois|etoiles?|fois|personnes|eme|de)\\b',
  // Goods named like a browser, a day or an hour.
  `\\b${METALWARE}(?: (?:est|sont|metal|acier|en|noir|blanc|de lit|de table))? chrome[es]{0,2}\\b`,
  '\\bchrome[es]{0,2} (?:vanadium|brillant|satine|mat|noir|poli|brosse|dore|hearts)\\b',
  `\\b${TRAVELWARE} safari\\b`,
  '\\b(?:mercredi addams|vendredi ou la vie sauvage|version \\d{1,4}h\\d{0,2})\\b',
].map((source) => new RegExp(source, 'g'));

/** What has the form of an entity and is none: claimed like the entities, then left out of the result. */
export function findLookalikes({ folded }: Message): Finding[] {
  return PATTERNS.flatMap((pattern) => findAll(pattern, folded, (match) => match[0]));
}

/** A regular expression source: any of the words, listed with commas. */
function oneOf(...words: string[]): string {
  return `(?:${words.join(', ').split(', ').join('|')})`;
}
