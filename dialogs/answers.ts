import { fold } from './french.ts';

/**
 * The readers of yes, no, choices, "I don't know" and "why". Botbuilder's own prompts misread French ("pas de
 * problème" as no, "oui, mais demain" as yes), so these are ours: a short answer must be understood whole, and an
 * answer that says more than yes or no is neither.
 */

export interface Choice {
  /** What the button shows; typing it chooses it. */
  title: string;
  /** What the choice means to the flow. */
  value: string;
  /** Other ways to say it: regular expression source over the folded answer. */
  also?: string;
}

const YES = new RegExp(
  '^(?:(?:ah|ben|bah|euh|oh|et|mais|alors)\\s+)*(?:' +
    "o+u+i+|ui|wi|oe|ouai+s*|ouep|ouaip|yep|yes|yeah|yup|si|mouais|ok(?:ay|e)?|okok|oki|d'?accord|dac+|dacodac|" +
    'exact(?:ement)?|tout a fait|toutafait|absolument|carrement|evidemment|bien sur|biensur|certainement|parfait(?:ement)?|effectivement|en effet|affirmatif|volontiers|' +
    "avec plaisir|pourquoi pas|pas de (?:probleme|souci|soucis|pb)|sans (?:probleme|souci)|c'?est (?:bon|ca|cela|exact|correct|juste|parfait|fait|bien ca|tout bon|deja fait)|c bon|cest (?:bon|ca)|tres bien|ca marche|" +
    "ca me va|ca roule|vas[- ]?y|allez[- ]?y|allons[- ]?y|entendu|bien entendu|je (?:confirme|valide|veux bien|suis d'?accord)|confirme|valide|je l'?ai (?:deja )?fait|deja fait|fait|go|top|bien recu|" +
    'y|o|deux oui|mille fois oui|oui oui|toujours oui' +
    ')(?:\\s+(?:' +
    "oui|ouais|ok|merci|bien sur|tout a fait|exactement|exact|c'?est (?:bon|ca|cela|fait|exact|correct)|d'?accord|svp|s'?il vous plait|s'?il te plait|bien|je (?:veux bien|confirme|valide)|absolument|allez[- ]?y|vas[- ]?y|parfait|carrement|deja|monsieur|madame|evidemment|" +
    "volontiers|je l'?ai fait|sans souci|avec plaisir|effectivement|en effet|malheureusement|helas|fait|deja fait|beaucoup|biensur|hier|ce matin|aujourd'?hui|plusieurs fois|les deux|de ma part|pour moi|ca me va|ca marche|go|a tous" +
    '))*$',
);

const NO = new RegExp(
  '^(?:(?:ah|ben|bah|euh|oh|et|mais|alors)\\s+)*(?:' +
    'no+n+|nan+|nn|nop|nope|nah|no|na|n|pas du tout|absolument pas|surtout pas|jamais|jamais de la vie|pas question|hors de question|certainement pas|pas vraiment|pas trop|pas exactement|pas tout a fait|' +
    "pas encore|toujours pas|aucun|aucune|negatif|c'?est (?:faux|pas ca|pas bon|pas cela|incorrect|inexact)|ce n'?est pas (?:ca|bon|cela|exact|correct|juste)|c'?est non|pas (?:d'?accord|ok|maintenant|la peine|besoin|pour le moment|fait|du tout)|" +
    "je n'?ai pas|j'?ai pas|je ne (?:crois|pense) pas|je (?:crois|pense) pas|je ne prefere pas|je prefere pas|ca ne va pas|ca va pas|faux|incorrect|sans facon|non plus|ni l'?un ni l'?autre|moi non|que nenni|du tout|rien du tout" +
    ')(?:\\s+(?:' +
    "non|merci|pas du tout|pas encore|pas vraiment|toujours pas|jamais|ca ira|c'?est bon|c'?est pas ca|ce n'?est pas ca|du tout|desole|desolee|pas la peine|sans facon|je n'?ai pas|j'?ai pas|je ne (?:crois|pense) pas|je (?:crois|pense) pas|malheureusement|helas|" +
    "pas maintenant|pas pour le moment|aucun(?:e)?|monsieur|madame|rien|surtout pas|fait|essaye|fait ca|demande|encore|pas fait|pas essaye|pas demande|personne|pour l'?instant|pour le moment|plus|demain|svp" +
    '))*$',
);

/** What is only politeness or punctuation around an answer. */
function bare(text: string): string {
  return fold(text)
    .replace(/(?:👍|✅|👌|🆗)\p{M}*/gu, ' oui ')
    .replace(/(?:👎|❌|🙅)\p{M}*/gu, ' non ')
    .replace(/[^\p{L}\p{N}'@+-]+/gu, ' ')
    .trim();
}

/**
 * Reads a yes or a no that is the whole answer. "Oui, mais demain" or "oui mais c'est CMD-654321" is neither.
 * @returns undefined when the text says something else, or more.
 */
export function readYesNo(text: string): 'yes' | 'no' | undefined {
  const answer = bare(text);
  if (answer.length === 0 || answer.length > 80) return undefined;
  if (YES.test(answer)) return 'yes';
  if (NO.test(answer)) return 'no';
  return undefined;
}

/** Reads one of the choices: its number, its title, its first words, or another way to say it. */
export function readChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  const answer = bare(text);
  if (!answer) return undefined;
  const number = /^(?:(?:le|la|choix|option|numero|n)\s*)?(\d{1,2})$/.exec(answer);
  if (number) return choices[Number(number[1]) - 1];
  const titles = choices.map((choice) => bare(choice.title));
  const exact = titles.indexOf(answer);
  if (exact >= 0) return choices[exact];
  const begun = choices.filter((_, i) => answer.length >= 3 && titles[i]!.startsWith(answer));
  if (begun.length === 1) return begun[0];
  const said = choices.filter((choice) => choice.also && new RegExp(choice.also).test(answer));
  if (said.length === 1) return said[0];
  const inside = choices.filter((_, i) => ` ${answer} `.includes(` ${titles[i]!} `));
  return inside.length === 1 ? inside[0] : undefined;
}

const SKIP =
  /^(?:(?:euh|ben|bah|desole|desolee|non|ah)\s+)*(?:je (?:ne |n')?(?:(?:le |la |les |l'|en )?(?:sais|connais|retrouve|trouve|vois|ai|souviens|rappelle)) (?:pas|plus|rien)(?: (?:du tout|encore|sous la main|ca|trop|le numero|l'info))?|j'ai (?:pas|plus)(?: (?:ca|le numero|l'info|sous la main|encore))?|j'en sais rien|chais pas|jsp|j'?sais (?:pas|plus)|je m'en (?:souviens|rappelle) (?:plus|pas)|je ne (?:m'en|me) (?:souviens|rappelle) (?:plus|pas)|aucune idee|pas d'idee|sais pas|passer?|passe|passons|suivant|suivante|question suivante|ignorer?|sauter|skip|je (?:ne )?(?:souhaite|veux|prefere) pas(?: (?:repondre|le dire|donner|le donner|la donner|l'indiquer))?|pas sous la main|je (?:l'ai|ne l'ai) (?:pas|plus)|rien a ajouter|sans|aucun|aucune|inconnu|ne sais pas|nsp)(?:\s+(?:merci|desole|desolee|svp|encore|du tout|la|moi))*$/;

/** "je ne sais pas", "passer", "je ne l'ai pas sous la main". */
export function isSkip(text: string): boolean {
  return SKIP.test(bare(text));
}

const WHY =
  /^(?:(?:mais|et|euh|ah)\s+)*(?:(?:pour ?quoi|pk|pq|prk|pourkoi)(?: (?:faire|ca|cela|donc|svp|cette question|vous demandez (?:ca|cela)|vous (?:me )?demandez (?:ca|cela)|me demandez[- ]vous (?:ca|cela)|demandez[- ]vous (?:ca|cela)|vous voulez savoir (?:ca|cela)|vous avez besoin de (?:ca|cela)|c'est (?:utile|necessaire|important)|vous voulez (?:ca|cela)|mon e-?mail|ce numero))?|a quoi (?:ca|cela) sert|ca sert a quoi|en quoi (?:c'est|est-ce|est ce) utile|c'est (?:obligatoire|utile|necessaire)|est[- ]ce (?:obligatoire|utile|necessaire)|quel (?:interet|rapport))$/;

/** "pourquoi ?", "à quoi ça sert ?" */
export function isWhy(text: string): boolean {
  return WHY.test(bare(text));
}

/** What follows "non, c'est …", "je voulais dire …", "je me suis trompé, …": the text without its beginning. */
export function correctionIn(text: string): string | undefined {
  const match =
    /^\s*(?:(?:oups|pardon|desole|désolé|désolée|desolee|attendez|attends|ah|euh|erreur|excusez[- ]moi)[\s,.:;!]+)*(?:(?:(?:non|nan|oui)[\s,.:;!-]+)?(?:mais\s+)?(?:c['’]est(?: plut[oô]t| en fait)?|en fait(?:,)?(?: c['’]est)?|plut[oô]t|je voulais (?:dire|écrire|ecrire)|je me suis tromp[ée]e?s?(?: (?:de|dans|sur) [\p{L}’' ]{2,25})?[\s,.:;!]*(?:c['’]est)?|j['’]ai fait une (?:erreur|faute)(?: (?:de|dans|sur) [\p{L}’' ]{2,25})?[\s,.:;!]*(?:c['’]est)?|correction|je corrige|rectification|il faut lire|au lieu de|le bon (?:numéro|numero)?)|(?:non|nan|pardon|oups|erreur)[\s,.:;!]+)[\s:,]*(.+)$/isu.exec(
      text,
    );
  return match?.[1]?.trim() || undefined;
}
