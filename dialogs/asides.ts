import { bareAnswer } from './french.ts';

/* What a customer may say to any question instead of an answer: "je ne sais pas", "passer", "pourquoi ?". */

const REFUSED =
  /^(?:(?:euh|non|ok|bon) )*(?:passer?|pass|(?:je (?:ne )?(?:veux|souhaite) pas|pas envie de) (?:vous )?(?:(?:le |la )?dire|expliquer|en parler|repondre)(?: pourquoi| a quel sujet| le sujet)?|ca ne vous regarde pas|c'est personnel|c'est prive|passe[rz]? (?:la |cette )?question|passons|suivant|suivante|question suivante|ignore[rz]?|saute[rz]?|skip|next|je (?:ne )?(?:souhaite|veux|prefere|desire) pas(?: (?:repondre|le dire|le donner|la donner|donner(?: mon e[- ]?mail| mon mail| mon adresse)?|l'indiquer|le communiquer))?|je prefere (?:ne pas|pas) (?:repondre|le dire|le donner|la donner|donner)|sans|rien a ajouter|non rien|pas (?:d'e[- ]?mail|de mail|d'adresse)|pas concerne|pas concernee|sans objet|na|n a)(?: (?:svp|merci|s'il vous plait))*$/;

const UNKNOWN =
  /^(?:(?:euh|heu|ben|bah|desole|desolee|non|nan|ah|mais|alors|la|franchement|honnetement|pardon|oui) )*(?:(?:moi )?(?:je |j'|j )?(?:ne |n'|n )?(?:(?:m'en |me |le |la |les |l'|en )?(?:sais|c|connais|retrouve|trouve|vois|ai|souviens|rappelle|comprends)) (?:(?:vraiment|trop|absolument|franchement|meme) )?(?:pas|plus|rien)(?: (?:encore|faire|comment (?:le |la |vous )?(?:faire|dire|decrire|expliquer)|ce que c'est|ou chercher|ou regarder|du tout|exactement|trop|bien|sous la main|avec moi|ca|ou (?:le |la )?trouver(?: ca)?|ou (?:il|elle|c'|ca) (?:est|se trouve)|le numero|de numero|ce numero|l'info|l'information|quoi dire|quoi repondre))*|(?:j'ai|jai|g|je n'ai|n'ai) (?:pas|plus|aucun)(?: (?:ca|le numero|de numero|ce numero|numero|recu de numero|l'info|sous la main|encore|souvenir|de souvenir))*|(?:j'ai|jai|g|je n'ai|n'ai) (?:pas|plus|aucune?) (?:d'|de |d )?(?:e ?mails?|mails?|adresse(?: mail| e mail)?|num\w*|commande|suivi|message|montant|navigateur)|pas d[e'] ?(?:num|numero|numeros|commande|suivi|reference|ref|message|tracking)|pas recu de (?:numero|mail|suivi)|j'en sais rien|j'en ai aucune idee|je n'en sais rien|je n'en ai aucune idee|chais pas|chepa|che pas|jsp|jspu|jsais pas|j'sais pas|j'sais plus|jsais plus|aucune idee|aucun souvenir|pas d'idee|pas la moindre idee|sais pas|sais plus|ne sais pas|nsp|pas sous la main|pas avec moi|impossible a (?:dire|retrouver)|introuvable|inconnu|aucun|aucune|mystere|pas sur|pas sure|difficile a dire|je (?:l'ai|ne l'ai) (?:pas|plus)|je l'ai (?:perdu|perdue|jete|jetee|efface|supprime)|oublie|j'ai oublie|(?:i )?(?:don'?t|do not) (?:know|have (?:it|one))|no idea|idk|je ne l'ai jamais (?:eu|recu))(?: (?:quoi (?:vous )?dire(?: de plus)?|merci|desole|desolee|svp|encore|du tout|la|moi|dsl|sorry|trop|exactement|par coeur|maintenant|pour le moment|pour l'instant|hein))*$/;

/** "Je ne donnerai pas mon numéro", whatever it is of. */
const WILL_NOT =
  /^(?:(?:euh|non|ok|bon) )*je (?:ne )?(?:vous )?(?:le |la )?(?:donne|donnerai|dirai|dis|communiquerai|repondrai) (?:pas|rien)\b/;

/** "Passer", "je préfère ne pas le donner": the customer will not say. */
export function isRefusal(text: string): boolean {
  const said = bareAnswer(text);
  return REFUSED.test(said) || (isShort(text) && WILL_NOT.test(said));
}

/** "Je ne sais pas", "je ne l'ai pas sous la main", and refusals: the question gets no answer. */
export function isSkip(text: string): boolean {
  return isRefusal(text) || UNKNOWN.test(bareAnswer(text));
}

const WHY =
  /^(?:(?:mais|et|euh|ah|bon|ok|oui|non) )*(?:(?:pour ?quoi|pk|pq|prk|pourkoi|pkoi|pourquoi donc)(?: (?:faire|ca|cela|donc|svp|cette question|(?:est[- ]ce que )?(?:vous |tu )?(?:me )?(?:demandez|demandes|voulez|veux|avez besoin|as besoin)[- ]?(?:vous|tu)?(?: (?:de |d'|savoir |me demander )*(?:ca|cela|ce numero|mon e[- ]?mail|mon mail|mon adresse|cette info|cette information|le numero|tout ca))?|(?:c'est|est[- ]ce) (?:utile|necessaire|important|obligatoire)|mon e[- ]?mail|mon mail|mon adresse|ce numero|le numero|autant de questions|toutes ces questions))?|a quoi (?:ca|cela) (?:sert|va servir|vous sert)|ca sert a quoi|cela sert a quoi|en quoi (?:c'est|est[- ]ce) utile|(?:c'est|est[- ]ce) (?:vraiment )?(?:obligatoire|utile|necessaire|indispensable)|quel (?:interet|rapport)|qu'est[- ]ce que vous (?:en faites|allez en faire)|vous en (?:faites|ferez) quoi|dans quel but)$/;

/** "Pourquoi ?", "à quoi ça sert ?", "c'est obligatoire ?" */
export function isWhy(text: string): boolean {
  return WHY.test(bareAnswer(text));
}

const WHERE =
  /^(?:(?:mais|et|euh|ah|bon) )*(?:c'est ou|ou (?:ca|est|se trouve|je trouve|puis je trouver|on trouve|trouver|est ce que je (?:le |la )?trouve)|comment (?:je |on |puis je |le |la )*(?:trouv|sav|obten|voi)\w*|c'est quoi|c quoi|cest quoi|qu'est ce que c'est|qu'est ce qu'un|ca se trouve ou|je le trouve ou|je trouve ca ou|je la trouve ou)(?: (?:ca|cela|le|la|un|une|ce|mon|mes|numero|de|du|d'|commande|suivi|url|l'url|l'adresse|adresse|page|navigateur|message|exact))*$/;

/** "C'est où, le numéro de suivi ?", "c'est quoi l'URL ?": the question is not clear, its reason says where to look. */
export function isWhere(text: string): boolean {
  return WHERE.test(bareAnswer(text));
}

/** What is said instead of an answer is short; and a long text is not worth the trying of its words. */
const isShort = (text: string): boolean => text.length <= 100;

const LOST =
  /^(?:(?:mais|et|euh|ah|bon|bah|ben|desole|desolee|pardon|non|moi) )*(?:(?:je |j'|j )?(?:n'y |ne |n'|y |n )?(?:ai )?(?:compren\w+|compris|saisis) (?:vraiment )?(?:pas|rien|plus)(?: (?:bien|du tout|tres bien|trop|grand chose|la question|votre question|a tout ca|a ca|(?:ce )?que? (?:vous |tu )?(?:me )?(?:voulez|veux|demandez|demandes|dites|dis|cherchez)))*|(?:laquelle|lequel|lesquels|lesquelles|quoi comme \w+|quelle? \w+)(?: (?:ca|vous voulez dire|voulez vous dire|tu veux dire))?|(?:vous|tu) (?:voulez|veux|demandez|demandes) (?:dire )?quoi|que voulez vous(?: dire| savoir)?|qu'est ce que (?:vous |tu )(?:me )?(?:voulez|veux|demandez)(?: dire| savoir)?|comment ca|c'est a dire|what|what do you mean)(?: (?:svp|exactement|au juste))*$/;

/** "Laquelle, vous voulez dire ?", "je comprends pas ce que vous demandez": the question itself is not clear. */
export function isLost(text: string): boolean {
  return isShort(text) && LOST.test(bareAnswer(text));
}

const WAIT =
  /^(?:(?:ok|oui|non|mais|bon|ah|euh|alors|bah|ben|merci|d'accord) )*(?:attend\w*|patiente[zr]?|une? (?:petite? )?(?:instant|moment|minute|seconde|sec)|(?:deux|2) ?(?:minutes?|secondes?|min|sec)|je (?:vais )?(?:le |la |les )?(?:cherche|regarde|verifie|retrouve|demande|voir|reviens)r?|j'arrive|laissez moi (?:le temps|chercher|regarder|verifier)|wait|hold on)(?: (?:de|une?|petite?|que|je|vais|les?|la|l'|mon|ma|mes|dans|sur|mails?|e|papiers?|tel|telephone|ordi|ordinateur|boite|ca|chercher?|regarder?|verifier?|voir|instant|moment|minutes?|secondes?|attend\w*|deux|2|moi|donc|svp|stp|numero|s'il|vous|plait|tout|suite|il|faut|temps))*$/;

const HOW =
  /^(?:(?:et|mais|ok|bon|oui|alors|euh|du coup) )*(?:comment (?:on |je |il faut |dois je |puis je |faut il )?(?:fait|fais|faire|procede\w*)|je (?:dois )?(?:fais|faire) (?:quoi|comment)|on fait (?:quoi|comment)|(?:qu'est ce que|que|quoi) (?:je )?(?:dois je |dois |fais je |fais |faut il )?(?:fais|faire)?)(?: (?:maintenant|alors|svp|du coup|ca|pour ca|moi|concretement))*$/;

/** "Comment on fait ?", "je fais quoi maintenant ?": the advice is wanted again. */
export function asksHow(text: string): boolean {
  return isShort(text) && HOW.test(bareAnswer(text));
}

/** "Attendez, je cherche": the answer is to come. */
export function isWait(text: string): boolean {
  return isShort(text) && WAIT.test(bareAnswer(text));
}

const SAID_BEFORE =
  /\b(?:(?:je|j'ai|on) (?:vous |te |t')?(?:l'|le |l'ai |ai )?(?:viens (?:de |juste de )(?:vous |te )?(?:le |l')?(?:dire|ecrire|expliquer|donner|repondre)|(?:deja )?(?:deja|l'ai deja|ai deja) (?:dit|ecrit|explique|donne|repondu|mis)|(?:deja )?(?:dit|ecrit|explique|donne|repondu) (?:plus haut|avant|au debut|deja|\w+ fois))|(?:deja (?:dit|donne|repondu|explique|ecrit))|(?:tu|vous) (?:me )?(?:le |la |l')?(?:re)?demande[sz]? (?:encore|deja|toujours)|encore (?:cette|la meme) question|c'est (?:ecrit|marque) (?:plus haut|au dessus|avant)|relisez|(?:vous ne )?lisez (?:pas|ce que|plus haut))\b/;
const LONGEST_COMPLAINT = 60;

/** "Je viens de vous le dire", "déjà dit": an answer that was not heard. */
export function wasSaidBefore(text: string): boolean {
  return text.length <= LONGEST_COMPLAINT && SAID_BEFORE.test(bareAnswer(text));
}

const SOLVED =
  /^(?:(?:ah|oui|non|merci|super|genial|top|bonjour|en fait|finalement|ok|ca y est|bonne nouvelle|c'est bon|parfait|nickel) )*(?:c'?(?:est|etait) (?:bon |enfin )?(?:regle|resolu|arrange|retrouve|reparti|reussi)|(?:mon |le )?probleme (?:est )?(?:regle|resolu)|(?:ca|tout) (?:remarche|refonctionne)|(?:ca|tout) (?:marche|fonctionne) (?:maintenant|enfin|a nouveau|mieux|bien|nickel|desormais|finalement)|(?:(?:c'est bon|en fait|finalement|merci|ca y est|super) )+ca (?:marche|fonctionne)|(?:ca|c'est) (?:a )?(?:re)?(?:marche|passe|fonctionne)e? (?:avec|en|par|apres|depuis) |(?:ah |si |oui |ca y est |enfin )+(?:c'est|il est|elle est) (?:bien |enfin )?arrivee?(?: merci)?$|j'ai (?:re)?trouve (?:mon|le) colis|(?:mon|le) colis (?:est arrive|etait chez|est retrouve|a ete retrouve|est chez)|j'ai (?:enfin )?(?:recu (?:mon colis|le colis)|reussi)|je l'ai (?:recu|retrouve)|plus besoin|je n'ai plus besoin|c'est plus la peine)/;

/** "C'est réglé", "ça remarche", "le colis était chez le voisin". */
export function saysSolved(text: string): boolean {
  const said = bareAnswer(text);
  return SOLVED.test(said) && !/\b(?:pas|mais|toujours|aucun|jamais|rien)\b/.test(said);
}

/** What makes a sentence, a courtesy or a question. */
const SENTENCE =
  /\b(?:je|j'\w+|j|tu|vous|c'est|c|ca|cela|il|elle|on|est|sont|etes|n'\w+|ne|pas|plus|rien|merci|bonjour|bonsoir|salut|ok|urgent|allo|hein|quoi|quel\w*|laquelle|lequel|bof|svp|attend\w*|oui|non|une seconde|un instant|minutes?|euh|heu|bah|ben|hum|hmm|lol|mdr)\b/;
const MOST_WORDS = 6;

/** A few words that name something, "la fiche d'une robe": no sentence, no courtesy, no question. */
export function isPhrase(text: string): boolean {
  const said = bareAnswer(text);
  return said.split(' ').length <= MOST_WORDS && !SENTENCE.test(said) && !text.trim().endsWith('?');
}
