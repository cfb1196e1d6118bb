import { isPhrase } from './asides.ts';
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
const FILLERS = /^(?:(?:alors|euh|bah|ben|bon|ok|en fait|finalement)[\s,]+)+/iu;
const LEAD =
  /^(?:c['’](?:est|[ée]tait)|je suis|j['’][ée]tais|[çc]a (?:arrive|se passe)|c['’]est arriv[ée])\s+(?:(?:sur|dans)\s+)?(?=\p{L})|^(?:sur|dans)\s+(?=l[ea]s?\s|l['’]|m)/iu;

/** "Le panier", "c'est sur la page de paiement", "la fiche d'une robe": what names a page in words, without its lead. */
function namedPage({ text }: Message): string | undefined {
  const name = text.trim().replace(FILLERS, '').replace(LEAD, '');
  if (name.length < 3 || name.endsWith('?')) return undefined;
  return isPhrase(name) || NAMED.test(bareAnswer(text)) ? name : undefined;
}

/** An address in a message, without the secrets of its query. */
export function spotUrl(message: Message): string | undefined {
  const found = firstOf('url')(message);
  return found === undefined ? undefined : message.find.safeUrl(found);
}

const NAMED_INSIDE = new RegExp(
  `\\b(?:la page (?:d['’]|de |du |des |de l['’])?(?:mon |ma |mes |vos |votre )?${PLACE}|(?:dans|sur) (?:le|mon|mes) (?:panier|compte|catalogue|espace client|commandes))\\b`,
  'iu',
);

/** "… quand je suis sur la page de paiement": a page named inside a story. */
export function spotNamedPage({ text }: Message): string | undefined {
  return NAMED_INSIDE.exec(text)?.[0].replace(/^(?:dans|sur) /i, '');
}

/** The page's address, without the secrets of its query, or its name in a few words. */
export function pageUrl(base: Partial<Slot> = {}): Slot {
  return {
    name: 'url',
    label: 'Page concernée',
    ask: fr`Sur quelle page est-ce arrivé ? Copiez son adresse (URL), ou décrivez-la en quelques mots.`,
    why: fr`L’adresse de la page permet au support de voir exactement ce que vous voyez. Elle s’affiche tout en haut du navigateur.`,
    retry: fr`Quelle page est-ce ? Copiez l’adresse affichée en haut du navigateur, ou dites par exemple « le panier ».`,
    required: false,
    read: (message) => {
      const value = spotUrl(message) ?? namedPage(message);
      return value === undefined ? undefined : { value };
    },
    spot: spotUrl,
    freeText: true,
    called: 'page|url|lien|adresse de la page',
    ...base,
  };
}
