import { addMinutes } from './dateFns.ts';
import { oneOf, replyEmail, titleOf, words } from './commonSlots.ts';
import type { Derived, Flow } from './flow.ts';
import { clockOrDay, dayStart, fold, fr, lower } from './french.ts';
import { isDay, moment, spotMoment } from './moments.ts';
import { pageUrl } from './pageUrl.ts';
import { entitiesOf, type Message, type Values } from './slots.ts';

/** Guide, section 4: the kinds of page to note. */
const PAGES = [
  {
    title: 'Liste de produits',
    value: 'product_list',
    also: 'liste|produits?|catalogue|recherche|rayon|article',
  },
  { title: 'Panier', value: 'cart', also: 'panier' },
  { title: 'Espace client', value: 'account', also: 'espace client|mon compte|mes commandes' },
  { title: 'Autre page', value: 'other', also: '^autre|tout|toutes|partout|accueil|paiement' },
] as const;

function spotPage({ text }: Message): string | undefined {
  const named = PAGES.filter((page) => page.value !== 'other' && new RegExp(page.also).test(fold(text)));
  return named.length === 1 ? named[0]!.value : undefined;
}

const ALWAYS =
  /\b(?:en permanence|tout le temps|toujours (?:lent|ete)|depuis toujours|depuis le debut|sans arret|constamment)\b/;
const DURATION =
  /^depuis (?:environ |bien |plus d[e'] ?|au moins )*(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|dix|quelques|plusieurs) ?(?:minutes?|min|mn|heures?|h|jours?|j|semaines?|mois|ans?)\b/;

/** "depuis lundi vers 18h": the words from "depuis" to the last date or time beside it. */
function spotSince({ text, find }: Message): string | undefined {
  const always = ALWAYS.exec(fold(text));
  const from = /\bdepuis\s+/i.exec(text)?.index;
  if (from === undefined) return always?.[0];
  const rest = text.slice(from);
  let end = DURATION.exec(fold(rest))?.[0].length ?? 0;
  for (const entity of find.entities(rest)) {
    const near = end === 0 ? 'depuis '.length + 4 : end + 8;
    if ((entity.kind === 'date' || entity.kind === 'time') && entity.index <= near) {
      end = Math.max(end, entity.index + entity.text.length);
    }
  }
  return end > 0 ? rest.slice(0, end).trim() : always?.[0];
}

const TIME_WORDS =
  /\b(?:depuis|hier|avant-hier|matin|midi|soir|nuit|aprem|apres-midi|aujourd'hui|semaines?|jours?|heures?|minutes?|min|mois|annees?|ans?|toujours|permanence|tout le temps|debut|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|weekend|week-end|recemment|longtemps|instant|maintenant|l'autre jour|mise a jour|connexion|parfois|souvent|de temps en temps|par moments?|chaque fois|la veille|ca vient|vient de|\d+ ?h)\b|^\s*\d/;

/** Around one observation, and from when it began when that was said as a moment. */
const AROUND_MINUTES = 30;

/** Where to look in the logs: two instants, in UTC and by the clock of Paris. */
function searchWindow(values: Values, { now, find }: Pick<Message, 'now' | 'find'>): Derived[] {
  // "Depuis 3 jours" is since three days ago; "depuis 18 h" is since that hour.
  const since = (values['since'] ?? '').replace(
    /^\s*(?:depuis )?(?=(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|dix) ?(?:jours?|j|semaines?|mois|minutes?|heures)\b)/i,
    'il y a ',
  );
  const began = spotMoment({ text: since, now, find });
  const seen = values['seenAt'];
  if (began === undefined && seen === undefined) return [];
  const first = began ?? seen!;
  const start = isDay(first) ? dayStart(first) : addMinutes(new Date(first), began ? 0 : -AROUND_MINUTES);
  const last = seen ?? now.toISOString();
  const wanted = isDay(last)
    ? addMinutes(dayStart(last), 24 * 60)
    : addMinutes(new Date(last), AROUND_MINUTES);
  const end = wanted < now ? wanted : now;
  if (end <= start) return [];
  return [
    {
      name: 'window',
      label: 'Fenêtre pour les journaux',
      value: `${start.toISOString()}/${end.toISOString()}`,
      shown: fr`de ${clockOrDay(start, now)} à ${clockOrDay(end, now)} (Paris) ; ${start.toISOString()} – ${end.toISOString()} (UTC)`,
    },
  ];
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
      freeText: false,
      retry: fr`Dites par exemple « depuis lundi vers 18 h », « ce matin » ou « en permanence ».`,
      read: (message) =>
        TIME_WORDS.test(fold(message.text)) ||
        entitiesOf(message).some(({ kind }) => kind === 'date' || kind === 'time')
          ? { value: message.text.trim() }
          : undefined,
      spot: spotSince,
      spoken: (value) => fr`lent ${value}`,
    }),
    moment({
      name: 'seenAt',
      label: 'Dernière observation',
      ask: fr`Quand l’avez-vous constaté pour la dernière fois (jour et heure) ?`,
      why: fr`Avec la date et l’heure, nos équipes retrouvent votre visite dans les journaux.`,
      required: true,
      hourMatters: true,
    }),
    oneOf({
      name: 'page',
      label: 'Type de page',
      ask: fr`Sur quel type de page ?`,
      why: fr`Chaque type de page a ses propres journaux.`,
      required: true,
      choices: PAGES,
      spot: spotPage,
      spoken: (value) => fr`page « ${lower(titleOf(PAGES, value))} »`,
    }),
    pageUrl({ ask: fr`Si vous l’avez, quelle est l’adresse (URL) de la page ? Sinon, répondez « passer ».` }),
    replyEmail,
  ],
  derived: searchWindow,
};
