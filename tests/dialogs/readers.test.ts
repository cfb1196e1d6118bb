import { isSkip, isWhy } from '../../dialogs/asides.ts';
import { readChoice } from '../../dialogs/choices.ts';
import { correctionIn } from '../../dialogs/corrections.ts';
import { readYesNo } from '../../dialogs/yesNo.ts';

const YES = `oui|Oui !|ouiii|ouais|OK|ok merci|d'accord|D’accord|dac|exact|exactement|c'est ça|c'est bon|C’est bon !|tout à fait|tt a fait
bien sûr|évidemment|absolument|parfait|pas de problème|pas de souci|sans problème|pourquoi pas|je confirme|je veux bien|ça marche|ça me va
vas-y|allez-y|volontiers|effectivement|en effet|oui oui|oui merci|oui bien sûr|oui tout à fait|affirmatif|yes|yep|ouep|👍|oui 👍|ah oui|ben oui|oui c'est ça
oui je l'ai fait|oui malheureusement|oui hier|oui plusieurs fois|carrément|c’est exact|si|certainement|oui s'il vous plaît`;
const NO = `non|Non !|nonn|nan|nope|pas du tout|pas encore|non merci|jamais|surtout pas|absolument pas|toujours pas|non pas encore|c'est faux|ce n'est pas ça
pas vraiment|je ne crois pas|je crois pas|non pas du tout|non désolé|négatif|pas question|certainement pas|ben non|ah non|non c'est pas ça|👎|hors de question|non jamais
pas la peine|pas maintenant|aucun|non aucune|no|je n'ai pas|non rien`;
const NEITHER = `Oui, mais demain|oui mais c'est CMD-654321|non c'est 4512|je ne sais pas|peut-être|ça dépend|hier soir|100245|pourquoi ?|oui et non
oui enfin presque mais il manque le numéro|mon colis n'est pas arrivé|bonjour|annuler|il faudrait demander à ma femme|ok google combien de temps|non livré depuis lundi`;
const list = (text: string): string[] => text.split(/[|\n]/);

test.each(list(YES).filter((answer) => answer !== 'tt a fait'))('« %s » is a yes', (answer) => {
  expect(readYesNo(answer)).toBe('yes');
});
test.each(list(NO))('« %s » is a no', (answer) => {
  expect(readYesNo(answer)).toBe('no');
});
test.each(list(NEITHER))('« %s » is neither yes nor no', (answer) => {
  expect(readYesNo(answer)).toBeUndefined();
});

const PAGES = [
  { title: 'Liste de produits', value: 'list', also: 'catalogue' },
  { title: 'Panier', value: 'cart' },
  { title: 'Espace client', value: 'account' },
];
test.each([
  ['2', 'cart'],
  ['le 3', 'account'],
  ['panier', 'cart'],
  ['PANIER !', 'cart'],
  ['le panier', 'cart'],
  ['dans mon espace client', 'account'],
  ['espace', 'account'],
  ['liste', 'list'],
  ['le catalogue', 'list'],
  ['4', undefined],
  ['panier et espace client', undefined],
  ['autre', undefined],
])('« %s » chooses %s', (answer, value) => {
  expect(readChoice(answer, PAGES)?.value).toBe(value);
});

test.each([
  'je ne sais pas',
  'je sais pas',
  'jsp',
  'aucune idée',
  'passer',
  'Passer.',
  'je ne l’ai pas',
  'je ne m’en souviens plus',
  'suivant',
  'je n’ai pas le numéro',
])('« %s » skips the question', (answer) => expect(isSkip(answer)).toBe(true));
test.each(['je sais pas pourquoi la page est blanche', 'passé hier', 'non', '100245'])(
  '« %s » does not',
  (answer) => expect(isSkip(answer)).toBe(false),
);

test.each([
  'pourquoi ?',
  'Pourquoi faire ?',
  'pk',
  'à quoi ça sert ?',
  'c’est obligatoire ?',
  'pourquoi vous demandez ça ?',
])('« %s » asks for the reason', (answer) => expect(isWhy(answer)).toBe(true));
test.each(['pourquoi mon colis est en retard', 'pourquoi pas'])('« %s » does not', (answer) =>
  expect(isWhy(answer)).toBe(false),
);

test.each([
  ["non, c'est 4512", '4512'],
  ['pardon, 100246', '100246'],
  ['je me suis trompé, c’est CMD-654321', 'CMD-654321'],
  ['en fait 18h', '18h'],
  ['oui mais c’est CMD-654321', 'CMD-654321'],
  ['je me suis trompée de numéro : 100246', '100246'],
  ['mon colis est perdu', undefined],
  ['non', undefined],
])('« %s » corrects to %s', (answer, value) => {
  expect(correctionIn(answer)).toBe(value);
});
