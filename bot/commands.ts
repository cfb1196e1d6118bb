import { fold } from '../dialogs/french.ts';

/** Words that work at any moment, before any dialog, with or without accents. */
export type Command =
  'cancel' | 'restart' | 'help' | 'human' | 'back' | 'repeat' | 'menu' | 'callback' | 'goodbye';

const POLITE =
  "(?:(?:bonjour|bonsoir|salut|svp|stp|s'il (?:vous|te) plait|merci|non|oui|ok|bon|mais|et|allez|alors)[\\s,.!]*)*";
const PERSON =
  "(?:(?:un|une|le|la|l'|votre|vos|de vos|des|vrai|vraie|autre|veritable|ton|ta)\\s*)*(?:humain|humaine|personne(?: (?:reelle|humaine|physique))?|etre humain|conseiller|conseillere|agent|operateur|operatrice|quelqu'un|qqn|technicien|responsable|collegue|assistant humain|teleconseiller|interlocuteur|service client|sav)e?s?";
const TO_TALK =
  "(?:(?:je|j')\\s*(?:veux|voudrais|souhaite|souhaiterais|aimerais|desire|prefere|dois|peux|pourrais|demande|exige)(?: (?:a|bien))?\\s*|(?:est[- ]ce que )?(?:je )?(?:peux|puis|pourrais)[- ]?(?:je)?\\s*|il me faut\\s*|pouvez[- ]vous me\\s*|passez?[- ]moi\\s*|mettez[- ]moi en (?:relation|contact|rapport) avec\\s*|besoin d['e]\\s*|(?:j'ai besoin|on peut) (?:de |d')?)?(?:parler?|discuter|echanger|dialoguer|causer|communiquer|etre mis en (?:relation|contact)|etre en (?:relation|contact)|etre mise en relation|avoir|joindre|contacter|voir|mettre en relation)?\\s*(?:directement\\s*)?(?:a|avec|au|aupres d['e])?\\s*";

const COMMANDS: readonly (readonly [Command, RegExp])[] = [
  [
    'cancel',
    /^(?:je (?:veux|voudrais|prefere) )?(?:tout )?(?:annul(?:er?|ez|ons)|stop|stopper|abandonn(?:er?|ez)|j'abandonne|quitter|cancel|laisse[rz]? tomber|oubliez|oublie)(?: (?:ca|tout|tout ca|ma demande|la demande|cette demande|le ticket|svp|s'il vous plait|merci))?$/,
  ],
  [
    'restart',
    /^(?:je (?:veux|voudrais) )?(?:tout )?(?:recommenc(?:er?|ez|ons)|on recommence|repartir (?:de zero|du debut)|repren(?:dre|ons) (?:du|au|depuis le) debut|restart|reset|reinitialiser la conversation|nouvelle conversation|a zero)(?: (?:tout|depuis le debut|du debut|a zero|svp))?$/,
  ],
  [
    'help',
    /^(?:aide|aider|help|(?:bonjour )?(?:(?:vous|tu) (?:pouvez|peux) m'aider|(?:pouvez[- ]vous|peux[- ]tu) m'aider|(?:j'ai )?besoin d'aide|aidez[- ]moi|aide[- ]moi)(?: svp| s'il vous plait| stp)?|a l'aide|sos|comment ca marche|\?+|que (?:peux[- ]tu|pouvez[- ]vous|sais[- ]tu|savez[- ]vous) faire|(?:tu|vous) (?:peux|pouvez|sais|savez) faire quoi|vous servez a quoi|tu sers a quoi)$/,
  ],
  [
    'human',
    new RegExp(
      `^${POLITE}${TO_TALK}${PERSON}(?: (?:au telephone|de suite|tout de suite|maintenant|rapidement|directement|en direct|svp|s'il vous plait|stp|merci|plutot|vite|ici))*$`,
    ),
  ],
  [
    'back',
    /^(?:retour|revenir(?: en arriere)?|en arriere|precedent|question precedente|etape precedente|reviens|revenez|back)(?: svp)?$/,
  ],
  [
    'repeat',
    /^(?:repet(?:er?|ez)|redis|redites|redire|pardon|comment|hein|quoi|repeat|peux[- ]tu repeter|pouvez[- ]vous repeter|je n'ai pas compris|j'ai pas compris|c'est[- ]a[- ]dire|reprendre|reprenons|continuer|continuons|on continue|je continue|poursuivre)(?: (?:la question|svp|s'il vous plait))?$/,
  ],
  [
    'goodbye',
    /^(?:(?:merci|ok|bon|allez|non|bonne journee|bonne soiree)[\s,.!]*)*(?:au revoir|aurevoir|a bientot|a plus|a\+|bye|ciao|bonne (?:journee|soiree|nuit)|je (?:dois y aller|reviens plus tard|reviendrai|repasserai))(?: (?:a vous|a tous|merci|et merci))*$/,
  ],
  [
    'callback',
    /^(?:oui |ok |svp )*(?:prevene[zr]|previens|rappele[zr]|rappelle|rapelle[zr]?|notifie[zr]|alerte[zr]|reveni[rt]|revenez)[- ]?(?:moi|vers moi)(?: (?:a (?:ce moment[- ]la|cette heure[- ]la|\d{1,2} ?h ?\d{0,2})|quand (?:c'est (?:bon|fini|passe|possible)|les 15 minutes sont passees)|dans (?:15|un quart d'heure)(?: minutes| min)?|svp|s'il vous plait|merci|alors|plus tard))*$|^(?:je veux|vous pouvez|tu peux|pouvez vous|pouvez[- ]vous) (?:bien )?me (?:prevenir|rappeler|notifier)(?: .{0,30})?$/,
  ],
  [
    'menu',
    /^(?:le )?(?:menu|sommaire|sujets?|liste des sujets|accueil|voir les sujets|menu principal|autre sujet|autre chose)$/,
  ],
];

/** The command that the whole message is, if it is one. "annuler ma commande" is not. */
export function readCommand(text: string): Command | undefined {
  const said = fold(text)
    .replace(/[\s.!,;:…]+$/u, '')
    .replace(/\s*\?$/, (mark) => (text.trim() === '?' ? '?' : mark ? '' : ''));
  if (said.length === 0 || said.length > 90) return undefined;
  return COMMANDS.find(([, pattern]) => pattern.test(said))?.[0];
}
