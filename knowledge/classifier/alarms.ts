/*
 * Two intents must not be missed: somebody else is in the account, and the wish for a person. Words that announce them
 * speak for them, on top of what the model heard; they decide only where the model hesitates.
 */

const DOER =
  '(?:demande|sollicite|commande|passe|achete|fait|autorise|touche|tape|essaye|essaie|essayer|cherche|reconnais|effectue)\\w*';

const SUSPICIOUS = anyOf(
  /pirat|hack|hake|usurp|phish|fish|hamec|arnaq|escro|fraud|intrus|malveill|spoof|scam|infiltr|imposteur|vol d'identite/,
  new RegExp(
    `(?:(?:j'|je )?(?:n'?)?ai|avons|avais|a) (?:absolument |encore |pourtant )?(?:pas|jamais|rien|nullement) ${DOER}`,
  ),
  new RegExp(
    `sans (?:que (?:je|j'|nous)|moi\\b|nous\\b|rien ${DOER}|avoir ${DOER}|(?:mon|notre) (?:accord|autorisation)|l'avoir ${DOER})`,
  ),
  /(?:n'est|nest|est|c'est|c'etait|etait|sont) pas (?:de |a |par )?(?:moi|nous|la mienne|le mien|les miens)\b/,
  /non (?:demande|sollicite|autorise|reconnu)/,
  /(?:quelqu'un|on|un inconnu|une inconnue|il|elle|ils) (?:s'est|se sont|est|a|ont) (?:connect|entre|rentre|introdui|chang|modif|remplac|ajout|command|achet|utilis|ouvert)/,
  /(?:faux|fausse|bidon|louche|chelou|suspect\w*|douteu\w*|etrange|bizarre) (?:mail|mel|courriel|sms|texto|message|appel|site|page|conseill\w*|livreur|vendeur|lien|connexion|activite)/,
  /(?:mail|mel|courriel|sms|texto|message|appel|site|page|conseill\w*|livreur|lien|connexion|activite|login|acces)\w* (?:\w+ )?(?:faux|fausse|bidon|louche|chelou|suspect|douteu|etrange|bizarre)/,
  /(?:c'est (?:bien|vraiment) (?:de )?vous|(?:est-ce|est ce) (?:bien |vraiment )?(?:de )?vous|se (?:dit|fait passer|pretend)|a votre nom|en votre nom|de votre part)\b/,
);

const HUMAN = anyOf(
  /(?:un|une|des?|vos|votre|mon|au?|aux?|le|la|les|vrai|vraie) (?:\w+ )?(?:conseill\w+|humain\w*|operat\w+|standardiste\w*|teleconseill\w+|etre humain|interlocut\w+|employee?s?|charge\w* de client\w*)\b/,
  /(?:vrai|vraie|vrais|vraies) (?:gens|personne|personnes|voix|humain\w*|conseill\w*)\b/,
  /(?:parler|parle|causer|discuter|jaser|echanger) (?:\w+ )?(?:a|avec) (?:quelqu'un|qqn|une personne|un etre|une vraie|un vrai|un humain|vous de vive)/,
  /(?:passez|passe|mettez|branchez|connectez|transferez|basculez)[- ](?:moi|nous)\b/,
  /(?:stop|pas (?:de|un|aux?)|assez de|marre (?:de|des)|sortir du) (?:ce )?(?:robot|bot|machine|automate|ia)\w*/,
  /^(?:conseill\w+|operat\w+|humain\w*|agent|operator|representative|human|standard)\b/,
);

/** One expression for all: a text is gone through once. Each begins a word. */
function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(`\\b(?:${patterns.map(({ source }) => source).join('|')})`);
}

/** How much the words of a folded text announce an intent, in logits, by intent; nothing for most texts. */
export function alarmsIn(folded: string): Readonly<Record<string, number>> {
  return {
    ...(SUSPICIOUS.test(folded) && { suspicious_activity: BONUS.suspicious_activity }),
    ...(HUMAN.test(folded) && { human_agent: BONUS.human_agent }),
  };
}

/** Raised until a further step cost more right answers than it gained. */
const BONUS = { suspicious_activity: 0.9, human_agent: 0.6 } as const;
