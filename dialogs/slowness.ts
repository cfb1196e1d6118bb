import { moment, oneOf, pageUrl, replyEmail, words } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { fold, fr } from './french.ts';
import type { Message } from './slots.ts';

/** Guide, section 4: the kinds of page to note. */
const PAGES = [
  {
    title: 'Liste de produits',
    value: 'product_list',
    also: 'liste|produits?|catalogue|recherche|rayon|article',
  },
  { title: 'Panier', value: 'cart', also: 'panier' },
  { title: 'Espace client', value: 'account', also: 'espace client|mon compte|mes commandes' },
  { title: 'Autre page', value: 'other', also: '^autre|tout|toutes|partout|accueil' },
] as const;

function spotPage({ text }: Message): string | undefined {
  const named = PAGES.filter((page) => page.value !== 'other' && new RegExp(page.also).test(fold(text)));
  return named.length === 1 ? named[0]!.value : undefined;
}

export const slowness: Flow = {
  intent: 'slowness',
  section: 4,
  title: 'Lenteur du site',
  about: 'cette lenteur',
  opening: fr`Attendre devant une page est pénible, regardons d’où cela vient.`,
  advice: () =>
    fr`Vérifiez d’abord votre connexion internet, par exemple en ouvrant un autre site. Si notre site reste lent, la date, l’heure et le type de page permettent de rapprocher votre observation de nos journaux (guide, section 4).`,
  advised: ['connexion internet vérifiée'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    words({
      name: 'since',
      label: 'Depuis quand',
      ask: fr`Depuis quand est-ce lent, ou est-ce en permanence ?`,
      why: fr`Nos équipes cherchent ainsi ce qui a changé à ce moment-là.`,
      required: true,
    }),
    moment({
      name: 'seenAt',
      label: 'Dernière observation',
      ask: fr`Quand l’avez-vous constaté pour la dernière fois (jour et heure) ?`,
      why: fr`Avec la date et l’heure, nos équipes retrouvent votre visite dans les journaux.`,
      required: true,
    }),
    oneOf({
      name: 'page',
      label: 'Type de page',
      ask: fr`Sur quel type de page ?`,
      why: fr`Chaque type de page a ses propres journaux.`,
      required: true,
      choices: PAGES,
      spot: spotPage,
    }),
    pageUrl({ ask: fr`Si vous l’avez, quelle est l’adresse (URL) de la page ? Sinon, répondez « passer ».` }),
    replyEmail,
  ],
};
