import { bareAnswer, fr } from './french.ts';
import { firstOf } from './commonSlots.ts';
import type { Message, Slot } from './slots.ts';

const PLACE =
  '(?:page|accueil|panier|caisse|compte|profil|espace client|commandes?|paiement|livraison|adresses?|connexion|inscription|catalogue|categories?|rayons?|produits?|articles?|recherche|contact|fiche|liste|formulaire|menu|factures?|retours?|promos?|soldes|tunnel|appli(?:cation)?)';
/** Words before a place: "sur la page", "dans mon panier", "c'est le panier". */
const AT = "(?:sur|dans|depuis|devant|a|au|aux|en|c'est|c'etait|quand j'ouvre|j'ouvre)";
const NAMED = new RegExp(
  `\\b${AT} (?:(?:la|le|les|l'|mon|ma|mes|un|une|votre|vos|tous|toutes) ?)*${PLACE}\\b|\\bla page\\b|\\bpage (?:d'|de |du |des |ou |qui )|\\b(?:toutes|plusieurs|certaines) (?:les |vos )?pages\\b|\\bpartout\\b|\\btout le site\\b`,
);
/** A sentence, a courtesy, a question: no name of a page, unless it says where it happened. */
const SENTENCE =
  /\b(?:je|j'\w+|j|tu|vous|c'est|c|ca|cela|il|elle|on|est|sont|etes|n'\w+|ne|pas|plus|rien|merci|bonjour|bonsoir|salut|ok|urgent|allo|hein|quoi|quel\w*|laquelle|lequel|bof|svp|attend\w*|oui|non|une seconde|un instant|minutes?)\b/;
const MOST_WORDS = 6;
const LEAD =
  /^(?:(?:alors|euh|bah|ben|bon|ok|en fait|finalement)[\s,]+)*(?:c['’](?:est|[ée]tait)|je suis|j['’][ée]tais|[çc]a (?:arrive|se passe)|c['’]est arriv[ée])\s+(?:sur\s+)?(?=\p{L})/iu;

/** "Le panier", "c'est sur la page de paiement", "la fiche d'une robe": what names a page in words, without its lead. */
function namedPage({ text }: Message): string | undefined {
  const said = bareAnswer(text);
  if (said.length < 3 || text.trim().endsWith('?')) return undefined;
  const short = said.split(' ').length <= MOST_WORDS && !SENTENCE.test(said);
  return short || NAMED.test(said) ? text.trim().replace(LEAD, '') : undefined;
}

/** The page's address, without the secrets of its query, or its name in a few words. */
export function pageUrl(base: Partial<Slot> = {}): Slot {
  const spot = (message: Message): string | undefined => {
    const found = firstOf('url')(message);
    return found === undefined ? undefined : message.find.safeUrl(found);
  };
  return {
    name: 'url',
    label: 'Page concernée',
    ask: fr`Sur quelle page est-ce arrivé ? Copiez son adresse (URL), ou décrivez-la en quelques mots.`,
    why: fr`L’adresse de la page permet au support de voir exactement ce que vous voyez. Elle s’affiche tout en haut du navigateur.`,
    retry: fr`Quelle page est-ce ? Copiez l’adresse affichée en haut du navigateur, ou dites par exemple « le panier ».`,
    required: false,
    read: (message) => {
      const value = spot(message) ?? namedPage(message);
      return value === undefined ? undefined : { value };
    },
    spot,
    freeText: true,
    called: 'page|url|lien|adresse de la page',
    ...base,
  };
}
