import { isRefusal, isSkip, isWhere, isWhy, saysSolved } from '../../dialogs/asides.ts';
import { readChoice, readPlace } from '../../dialogs/choices.ts';
import { correctionIn, mistakeIn } from '../../dialogs/corrections.ts';
import { saysEdit, saysSend } from '../../dialogs/formRecap.ts';
import { readYesNo, readYesNoInAnswer } from '../../dialogs/yesNo.ts';

const list = (text: string): string[] => text.trim().split(/\s*[|\n]\s*/);

const YES = list(`
oui | Oui ! | ouiii | OUI | ouais | ouai | ouep | ouaip | wi | ui | oe | yes | yep | si | si si | mouais
ok | OK | ok merci | okay | okok | oki | k | d'accord | D’accord | daccord | dac | dak | entendu | ok pas de souci
exact | exactement | c'est exact | c'est ça | cest ça | c ca | C’est bien ça | c'est cela | c'est correct | c'est juste | c’est vrai
c'est bon | C’est bon ! | c bon | c'est parfait | parfait | nickel | impeccable | super | top | très bien | tres bien merci | c'est bien
tout à fait | tt a fait | bien sûr | biensur | bien sûr que oui | bien entendu | évidemment | absolument | certainement | carrément | effectivement | en effet
pas de problème | Pas de problème ! | pas de souci | pas de soucis | sans problème | aucun problème | aucun souci | pourquoi pas | avec plaisir | volontiers
je confirme | je valide | je le confirme | je veux bien | j'aimerais bien | je suis d'accord | ça marche | ca marche | ça me va | ça roule | ça me convient | ça va
vas-y | allez-y | allons-y | go | affirmatif | positif | vrai | tout est juste | tout est bon | tout est correct
c'est fait | déjà fait | c’est déjà fait | je l'ai fait | je l'ai déjà fait | je viens de le faire | oui c'est fait
oui oui | oui merci | oui bien sûr | oui tout à fait | oui c'est ça | oui je confirme | oui malheureusement | hélas oui | oui hier | oui plusieurs fois | oui s'il vous plaît | oui svp | oui monsieur
ah oui | ben oui | mais oui | euh oui | bah oui bien sûr | eh oui | oh oui | oui 👍 | 👍 | ✅ | 👌 | oui oui c'est bon | oui déjà | merci oui | bonjour oui
je pense | je pense que oui | je crois | je crois que oui | il me semble | sans doute | surement | mille fois oui | avec joie
`);

const NO = list(`
non | Non ! | NON | nonn | noooon | nan | nn | nope | no | non non | négatif | bof
pas du tout | absolument pas | surtout pas | certainement pas | jamais | jamais de la vie | hors de question | pas question | pas vraiment | pas trop | pas exactement | pas tout à fait
pas encore | toujours pas | tjs pas | pas pour le moment | pas maintenant | pas la peine | pas besoin | non merci | non merci c'est bon | sans façon | non ça ira
c'est faux | c'est pas ça | c pas ça | ce n'est pas ça | ce n’est pas le cas | c'est pas bon | ce n'est pas bon | c'est incorrect | c'est non | faux | incorrect
je ne crois pas | je crois pas | je crois que non | je ne pense pas | je pense pas | je pense que non | je dirais non | pas que je sache | pas à ma connaissance
je n'ai pas | j'ai pas | g pas | je n'ai pas pu | pas eu le temps | j'ai pas eu le temps | je ne l'ai pas fait | pas fait
non désolé | non pas encore | non pas du tout | non jamais | non aucun | aucun | aucune | non rien | rien du tout | ben non | ah non | mais non | euh non | hélas non | non malheureusement | non toujours pas
👎 | ❌ | non c'est pas ça | non, pas pour l'instant | moi non | bien sûr que non | je refuse | non franchement | ça ne me va pas | ça va pas
`);

const NEITHER = list(`
Oui, mais demain | oui mais c'est CMD-654321 | non c'est 4512 | oui mais | oui et non | ni oui ni non | oui non | peut-être | ça dépend | ça dépend des fois
je ne sais pas | hier soir | demain | 100245 | pourquoi ? | oui enfin presque mais il manque le numéro | mon colis n'est pas arrivé | bonjour | merci | annuler | envoyer
il faudrait demander à ma femme | ok google combien de temps | non livré depuis lundi | oui j'ai un autre problème aussi | problème | pas | ... | ? | le panier
`);

test('the table holds at least 200 answers', () => {
  expect(new Set([...YES, ...NO, ...NEITHER]).size).toBeGreaterThanOrEqual(200);
});
test.each(YES)('« %s » is a yes', (answer) => expect(readYesNo(answer)).toBe('yes'));
test.each(NO)('« %s » is a no', (answer) => expect(readYesNo(answer)).toBe('no'));
test.each(NEITHER)('« %s » is neither yes nor no', (answer) => expect(readYesNo(answer)).toBeUndefined());

test.each([
  ['oui, à la voisine, mais rien', 'yes'],
  ['oui avec une autre visa', 'yes'],
  ['oui, rien', 'yes'],
  ['oui personne', 'yes'],
  ['d accord', 'yes'],
  ['oui il y a 20 minutes', 'yes'],
  ['j’ai déjà essayé deux fois', 'yes'],
  ['je viens d’appeler', 'yes'],
  ['non pas encore je vais le faire', 'no'],
  ['non livré depuis lundi', 'no'],
  ['je n’ai pas encore appelé', 'no'],
  ['jamais essayé', 'no'],
  ['je vais le faire', 'no'],
  ['ça marche pas', 'no'],
  ['ça marche toujours pas', 'no'],
  ['Oui, mais demain', undefined],
  ['oui mais pas encore fait', undefined],
  ['la voisine du dessus', undefined],
  ['hier', undefined],
] as const)('as the answer about a detail, « %s » is %s', (answer, value) => {
  expect(readYesNoInAnswer(answer)).toBe(value);
});

const PAGES = [
  { title: 'Liste de produits', value: 'list', also: 'catalogue' },
  { title: 'Panier', value: 'cart' },
  { title: 'Espace client', value: 'account' },
];
test.each([
  ['2', 'cart'],
  ['2.', 'cart'],
  ['n° 2', 'cart'],
  ['le 3', 'account'],
  ['choix 1', 'list'],
  ['option 3 svp', 'account'],
  ['la deuxième', 'cart'],
  ['le premier', 'list'],
  ['le 1er', 'list'],
  ['la dernière', 'account'],
  ['trois', 'account'],
  ['je choisis la 2', 'cart'],
  ['panier', 'cart'],
  ['PANIER !', 'cart'],
  ['le panier', 'cart'],
  ['dans mon espace client', 'account'],
  ['espace', 'account'],
  ['liste', 'list'],
  ['le catalogue', 'list'],
  ['4', undefined],
  ['0', undefined],
  ['panier et espace client', undefined],
  ['autre', undefined],
  ['3 jours', undefined],
])('« %s » chooses %s', (answer, value) => {
  expect(readChoice(answer, PAGES)?.value).toBe(value);
});

test('a place is read only where there is one', () => {
  expect(readPlace('2', 1)).toBeUndefined();
  expect(readPlace('le numéro de suivi', 3)).toBeUndefined();
});

test.each(
  list(`je ne sais pas | je sais pas | j'sais pas | jsp | jsais plus | aucune idée | passer | Passer. | je ne l’ai pas | je ne l'ai plus | je ne m’en souviens plus
suivant | question suivante | je n’ai pas le numéro | j'ai pas de numéro | je sais vraiment plus | je ne sais plus trop | pas sous la main | je préfère ne pas le donner | je ne veux pas répondre | j'en sais rien
désolé je sais pas | je l'ai perdu | je ne trouve pas | je le trouve pas | introuvable | non je sais pas | franchement aucune idée`),
)('« %s » skips the question', (answer) => expect(isSkip(answer)).toBe(true));
test.each(
  list(
    `je sais pas pourquoi la page est blanche | passé hier | non | 100245 | je ne trouve pas le bouton valider | le suivant de la liste`,
  ),
)('« %s » does not', (answer) => expect(isSkip(answer)).toBe(false));
test('passing on purpose is told from not knowing', () => {
  expect([isRefusal('passer'), isRefusal('je ne veux pas le donner'), isRefusal('je ne sais pas')]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each(
  list(
    `pourquoi ? | Pourquoi faire ? | pk | à quoi ça sert ? | c’est obligatoire ? | pourquoi vous demandez ça ? | pourquoi vous voulez mon mail ? | mais pourquoi | vous en faites quoi ?`,
  ),
)('« %s » asks for the reason', (answer) => expect(isWhy(answer)).toBe(true));
test.each(['pourquoi mon colis est en retard', 'pourquoi pas'])('« %s » does not', (answer) =>
  expect(isWhy(answer)).toBe(false),
);
test.each(['c’est où ?', 'où je trouve ça ?', 'c’est quoi l’URL ?', 'comment je trouve le numéro ?'])(
  '« %s » asks where to look',
  (answer) => expect(isWhere(answer)).toBe(true),
);
test.each(['où est mon colis', 'c’est quoi vos horaires'])('« %s » does not', (answer) =>
  expect(isWhere(answer)).toBe(false),
);

test.each([
  ["non, c'est 4512", '4512'],
  ['pardon, 100246', '100246'],
  ['je me suis trompé, c’est CMD-654321', 'CMD-654321'],
  ['en fait 18h', '18h'],
  ['oui mais c’est CMD-654321', 'CMD-654321'],
  ['je me suis trompée de numéro : 100246', '100246'],
  ['pas 100245 mais 100246', '100246'],
  ["c'est pas 100245 c'est 100246", '100246'],
  ['ce n’est pas 100245, c’est 100246', '100246'],
  ['100246 et non 100245', '100246'],
  ['100246 au lieu de 100245', '100246'],
  ['*100246', '100246'],
  ['100246 pardon', '100246'],
  ['oups, j’ai mal tapé : luc@exemple.fr', 'luc@exemple.fr'],
  ['je voulais dire Firefox', 'Firefox'],
  ['non c’était hier à 18h', 'hier à 18h'],
  ['mon colis est perdu', undefined],
  ['non', undefined],
  ['je ne sais pas', undefined],
  ['ça ne marche pas bien', undefined],
])('« %s » corrects to %s', (answer, value) => {
  expect(correctionIn(answer)).toBe(value);
});
test.each([
  ['je me suis trompé dans mon adresse', 'dans mon adresse'],
  ['oups je me suis trompée', ''],
  ['il y a une erreur dans le numéro', 'dans le numéro'],
  ['mon colis est perdu', undefined],
])('« %s » says a mistake about « %s »', (answer, about) => expect(mistakeIn(answer)).toBe(about));

test.each(
  list(
    `Envoyer | envoyez | envoie | ok envoie | oui envoyez | vous pouvez envoyer | je valide | valider | confirmer | c'est bon envoyez | ok | oui | parfait | tout est juste | go | merci d'envoyer`,
  ),
)('at the recap, « %s » sends', (answer) => expect(saysSend(answer)).toBe(true));
test.each(
  list(
    `n'envoyez pas | ne pas envoyer | attendez avant d'envoyer | oui mais c'est 4512 | non | modifier | envoyer mais après | merci | annuler`,
  ),
)('at the recap, « %s » does not', (answer) => expect(saysSend(answer)).toBe(false));
test.each(
  list(
    `modifier | je veux modifier | modifier le numéro de suivi | changer l'adresse | corriger | rectifier svp`,
  ),
)('at the recap, « %s » edits', (answer) => expect(saysEdit(answer)).toBe(true));

test.each(
  list(
    `C’est réglé | c'est bon c'est réglé | problème résolu | ça remarche | ça marche maintenant | en fait ça marche | j'ai retrouvé mon colis | le colis était chez le voisin | merci c'est résolu | je l'ai reçu`,
  ),
)('« %s » says that it is solved', (answer) => expect(saysSolved(answer)).toBe(true));
test.each(list(`c'est pas réglé | ça ne marche toujours pas | ça marche | j'ai rien reçu | oui`))(
  '« %s » does not',
  (answer) => expect(saysSolved(answer)).toBe(false),
);
