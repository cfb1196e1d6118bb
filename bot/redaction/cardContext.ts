/** What the words around a number say of it: a bank card, or a number of the shop. */
export interface NumberContext {
  /** A card word is near. */
  card: boolean;
  /** A word of paying stands before the number, closer than any word of the shop. */
  payment: boolean;
  /** A word such as commande, SIRET or colis stands right before (or names it right after). */
  shop: boolean;
  /** Of the words before the number, a card word is the closest. */
  cardClosest: boolean;
}

/** Words that say "bank card"; a loyalty, gift, identity or SIM card is none. */
export const CARD_WORD =
  /(?<![a-z])(?:cartes?(?! ?(?:de |d'|du )?(?:fidelite|cadeaux?|identite|membre|client|vitale|sim\b|sd\b|grise|memoire|graphique|mere|postale|sejour|visite|abonne))|(?<!gift |loyalty |sim )cards?|cb|c\.b\.|visa|master ?card|amex|american express|maestro|diners|jcb|union ?pay|bancaires?|pan)(?![a-z])/g;

const SHOP_WORD =
  /(?<![a-z])(?:commandes?|cmde?|cde|orders?|siret|siren|imei|meid|iccid|colis|suivis?|tracking|references?|ref|ean|gtin|isbn|code[ -]barres?|factures?|devis|dossiers?|tickets?|serie|serial|s\/n|sku|tva|articles?|bordereaux?|expeditions?|envois?|contrats?|clients?(?=[ :]*(?:n°|n |no |num|:|\d))|colissimo|chronopost|mondial relay|ups|dpd|gls|relais|retours?|tel|telephones?|portable|mobile|fixe|fax|horodatage|timestamp)(?![a-z])/g;

/** "J'ai réglé avec 4111…" */
const PAYMENT_WORD =
  /(?<![a-z])(?:pa(?:ye|yee|yer|ie|iement|iements)|payment|paid|regle|reglee|regler|reglement|debite|debitee|preleve|prelevee)(?![a-z])/g;

const NAMED_AFTER =
  /^[\s(,:-]{0,4}(?:c'est |est )?(?:l'|le |la |mon |ma |notre |un |une )?(?:numero (?:de |d')|n° ?(?:de )?)?(?:commande|siret|imei|ean|colis|suivi|reference|facture)(?![a-z])/;

const CARD_REACH = 80;
const SHOP_REACH = 40;
const AFTER_REACH = 30;

/** Reads the words around text[start, end). `text` is folded. */
export function readContext(text: string, start: number, end: number): NumberContext {
  const before = afterLastNumber(text.slice(Math.max(0, start - CARD_REACH), start));
  const clause = sameClause(before.slice(-SHOP_REACH));
  const after = text.slice(end, end + AFTER_REACH);
  const cardAt = lastMatch(before, CARD_WORD);
  const shopAt = lastMatch(clause, SHOP_WORD);
  const named = NAMED_AFTER.test(after);
  return {
    card: cardAt >= 0 || lastMatch(sameClauseAfter(after), CARD_WORD) >= 0,
    payment: !named && lastMatch(clause, PAYMENT_WORD) > shopAt,
    shop: shopAt >= 0 || named,
    cardClosest: cardAt >= 0 && !named && (shopAt < 0 || cardAt > before.length - clause.length + shopAt),
  };
}

/** A word before another number belongs to that number: "commande 12345, 4111…". */
function afterLastNumber(before: string): string {
  const words = before.slice(Math.max(0, lastMatch(before, /\d{4,}(?!\d)/g)));
  return /[a-z]/.test(words) ? words : '';
}

/** Cuts at the end of a sentence or clause, but not at the stop of an abbreviation, nor at "Commande :\n". */
function sameClause(before: string): string {
  const end = lastMatch(before, /[!?;,]|(?<!:\s{0,2})\n|(?<!(?:ref|n|no|num|cde|cmd|tel))\.(?=\s)/g);
  return before.slice(end + 1);
}

function sameClauseAfter(after: string): string {
  return after.split(/[!?;\n]|\.\s/, 1)[0] ?? '';
}

function lastMatch(text: string, pattern: RegExp): number {
  let last = -1;
  if (!text) return last;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}
