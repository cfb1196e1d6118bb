import { bareAnswer } from './french.ts';

/*
 * Yes and no in French. Botbuilder's own prompt takes "pas de problème" for a no and "oui, mais demain" for a yes, so
 * these readers are ours. An answer is cut into the phrases below, longest first: what holds anything else says more
 * than yes or no, and is neither.
 */

const YES = `
oui, ui, wi, oi, oe, oue, ouai, ouais, ouaip, ouep, mouais, yep, yes, yeah, yup, si, y, o, oui oui, affirmatif, absolument,
carrement, evidemment, certainement, effectivement, en effet, bien sur, biensur, bien sur que oui, bien entendu,
tout a fait, tt a fait, toutafait, tout juste, exact, exactement, c'est exact, c'est ca, cest ca, c ca, c'est bien ca,
c'est cela, c'est bien cela, c'est correct, c'est juste, c'est vrai, c'est bien le cas, c'est le cas, c'est bien moi,
volontiers, avec plaisir, pourquoi pas, je confirme, je valide, je le confirme, confirme, valide, je veux bien,
j'aimerais bien, j'veux bien, ce serait bien, je suis d'accord, tout est juste, tout est bon, tout est correct,
deja fait, c deja fait, c'est fait, c'est deja fait, fait, je l'ai fait, je l'ai deja fait, je viens de le faire, mille fois oui,
toujours oui, deux fois oui, bien recu, je pense, je crois, je pense que oui, je crois que oui, je dirais oui,
il me semble, il me semble que oui, j'imagine, sans doute, surement, vrai, positif, correct, grave,
un peu mon neveu, plutot oui, on peut dire ca, on y va, allons y, c'est parti`;

/** A yes by itself; after a no, only politeness ("non merci, c'est bon"). */
const FINE = `
ok, okay, oke, okok, oki, okidoki, k, dac, dak, d'ac, d'acc, d'accord, d accord, daccord, dacodac, entendu, c'est entendu, parfait,
parfaitement, c'est parfait, nickel, impec, impeccable, super, top, go, ca marche, ca me va, ca roule, ca va, ca ira,
ca me convient, cela me convient, tres bien, c'est tres bien, c'est bien, c'est bon, cest bon, c bon, c'est tout bon,
c'est ok, c'est tout, vas y, vasy, allez y, allez, pas de probleme, pas de problemes, pas de pb, pas de souci,
pas de soucis, pas d'objection, sans probleme, sans souci, sans hesiter, aucun probleme, aucun souci, no problem,
y a pas de souci, y'a pas de souci, il n'y a pas de souci, il n'y a pas de probleme, avec joie, marche`;

const NO = `
non, nan, nn, n, na, nah, nop, nope, no, nonn, non non, negatif, pas du tout, du tout, absolument pas, surtout pas,
jamais, jamais de la vie, pas question, hors de question, certainement pas, evidemment pas, pas vraiment, pas trop,
pas exactement, pas tout a fait, pas encore, pas enkor, tjs pas, toujours pas, tjrs pas, aucun, aucune, c'est faux,
c'est pas ca, c pas ca, cest pas ca, c'est pas bon, c pas bon, c'est pas cela, c'est pas le cas, c'est pas correct,
c'est pas juste, ce n'est pas ca, ce n'est pas bon, ce n'est pas cela, ce n'est pas le cas, ce n'est pas correct,
ce n'est pas exact, ce n'est pas juste, c'est incorrect, c'est inexact, c'est non, pas d'accord, pas ok, pas maintenant,
pas la peine, pas besoin, c'est pas la peine, ce n'est pas la peine, pas pour le moment, pas pour l'instant, pas fait,
je n'ai pas, j'ai pas, g pas, jai pas, je ne l'ai pas fait, je l'ai pas fait, je n'ai pas fait, pas pu, pas eu le temps,
je n'ai pas eu le temps, j'ai pas eu le temps, je n'ai pas pu, j'ai pas pu, je ne crois pas, je crois pas, je crois que non,
je ne pense pas, je pense pas, je pense que non, je dirais non, faux, incorrect, inexact, sans facon, moi non, que nenni,
non plus, ni l'un ni l'autre, rien, rien du tout, personne, nulle part, ca ne va pas, ca va pas, ca ne me va pas,
je prefere pas, je ne prefere pas, je refuse, plutot non, bof, laissez, c'est bon non, oh que non, pas que je sache,
pas a ma connaissance, bien sur que non, pas demande, pas essaye`;

/** Politeness and colour around an answer. */
const SOFT = `
merci, merci beaucoup, svp, stp, s'il vous plait, sil vous plait, s'il te plait, monsieur, madame, desole, desolee, pardon,
malheureusement, helas, ah, oh, eh, euh, heu, hum, hmm, ben, bah, beh, bon, et, alors, donc, du coup, la, moi, pour moi,
de ma part, hein, quoi, lol, mdr, bonjour, bonsoir, cordialement, bonne journee, deja, encore, hier, hier soir, ce matin,
aujourd'hui, tout de suite, plusieurs fois, les deux, a tous, beaucoup, bien, pour l'instant, pour le moment,
fois, deux fois, trois fois, a l'instant, enfin, franchement, honnetement, vraiment, c'est sur, plus, ca, fait ca,
la dessus, maintenant, toujours, jamais`;

type Kind = 'yes' | 'fine' | 'no' | 'soft';
const phrases = new Map<string, Kind>();
// In this order, so that a phrase listed twice has the meaning listed last: "jamais" after a no is colour, alone a no.
for (const [kind, list] of [
  ['soft', SOFT],
  ['fine', FINE],
  ['yes', YES],
  ['no', NO],
] as const) {
  for (const phrase of list.split(',')) phrases.set(phrase.trim(), kind);
}
const MOST_WORDS = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length));

/** The phrases at the start of the words, as far as they are known, and how many words they take. */
function cut(words: readonly string[]): { kinds: Kind[]; taken: number } {
  const kinds: Kind[] = [];
  let taken = 0;
  while (taken < words.length) {
    let length = Math.min(MOST_WORDS, words.length - taken);
    while (length > 0 && !phrases.has(words.slice(taken, taken + length).join(' '))) length -= 1;
    // "mais oui" is a yes; "oui mais" goes on to something else.
    const but = length === 0 && words[taken] === 'mais' && kinds.every((kind) => kind === 'soft');
    if (length === 0 && !but) break;
    kinds.push(but ? 'soft' : phrases.get(words.slice(taken, taken + length).join(' '))!);
    taken += Math.max(length, 1);
  }
  return { kinds, taken };
}

function meaning(kinds: readonly Kind[]): 'yes' | 'no' | undefined {
  const said = kinds.filter((kind) => kind !== 'soft');
  if (said.length === 0) return undefined;
  if (said[0] === 'no') return said.includes('yes') ? undefined : 'no';
  return said.includes('no') ? undefined : 'yes';
}

/**
 * Reads a yes or a no that is the whole answer, as confirmations need it. "Oui, mais demain" and "oui mais c'est
 * CMD-654321" are neither.
 * @returns undefined when the text says something else, or more.
 */
export function readYesNo(text: string): 'yes' | 'no' | undefined {
  const answer = bareAnswer(text);
  if (answer.length === 0 || answer.length > 80) return undefined;
  const words = answer.split(' ');
  const { kinds, taken } = cut(words);
  return taken === words.length ? meaning(kinds) : undefined;
}

const NOT_YET =
  /\b(?:demain|plus tard|bientot|je vais|j'vais|pas encore|pas fait|pas pu|pas eu|tout a l'heure|sauf|presque|a part)\b/;
const DONE =
  /^(?:(?:ah|oui|bah|ben|si|mais) )*(?:j'ai|jai|g|je l'ai|je les ai|je leur ai|on a|nous avons|je suis|je me suis|je viens d[e']) ?(?:(?:deja|bien|meme|tout|aussi|egalement|juste|en|l'|le|la) ?)*(?:essay|test|demand|contact|appel|fait|faire|chang|verif|regard|interrog|questionn|sonn|vu|all|pass|tent|modifi|reinitialis)/;
const NOT_DONE =
  /^(?:(?:ah|non|bah|ben|euh|mais) )*(?:(?:je |j')?(?:n'ai|ai|ne l'ai|l'ai|ne les ai|ne suis|suis)|j'ai|jai|g|on (?:n')?a)(?: pas| jamais| rien)\b|^(?:pas|jamais|toujours pas|pas encore) (?:essay|test|demand|contact|appel|fait|chang|verif|eu le temps)|^je (?:vais|compte|peux pas|ne peux pas|n'ose pas)\b/;

/**
 * Reads the yes or no of an answer that may say more: "oui, à la voisine, rien". For details of a form, where the
 * rest does no harm; never for a confirmation.
 */
export function readYesNoInAnswer(text: string): 'yes' | 'no' | undefined {
  const whole = readYesNo(text);
  if (whole) return whole;
  const answer = bareAnswer(text);
  if (answer.length > 200) return undefined;
  // "Oui, rien": asked, and nothing came of it.
  if (/^(?:oui|ouais|ui) (?:rien|personne|aucune?)(?: du tout)?$/.test(answer)) return 'yes';
  const { kinds, taken } = cut(answer.split(' '));
  // "Ça marche toujours pas": what sounded fine is taken back.
  const takenBack = kinds.includes('no') && !kinds.includes('yes');
  const begun = takenBack ? 'no' : meaning(kinds);
  const rest = answer.split(' ').slice(taken).join(' ');
  if (begun === 'no') return 'no';
  // "Ça marche pas" begins like a yes.
  if (begun === 'yes' && /^(?:(?:toujours|encore|vraiment) )*(?:pas|plus|jamais)\b/.test(rest)) return 'no';
  if (begun === 'yes') return NOT_YET.test(rest) ? undefined : 'yes';
  if (NOT_DONE.test(answer)) return 'no';
  return DONE.test(answer) && !NOT_YET.test(answer) ? 'yes' : undefined;
}
