import { firstOf, oneOf, replyEmail, titleOf, told, words, yesNo } from './commonSlots.ts';
import { isPhrase } from './asides.ts';
import type { Derived, Flow } from './flow.ts';
import { fold, fr, lower } from './french.ts';
import { pageUrl, spotNamedPage, spotUrl } from './pageUrl.ts';
import type { Message, Values } from './slots.ts';
import { readYesNoInAnswer } from './yesNo.ts';

const SYMPTOMS = [
  { title: 'Bouton invisible', value: 'invisible_button', also: 'bouton' },
  {
    title: 'Page tronquée',
    value: 'cut_page',
    also: 'tronque|coupee?s?\\b|page blanche|toute? blanche?|page vide|incomplet|a moitie',
  },
  {
    title: 'Formulaire qui ne s’envoie pas',
    value: 'form_not_sent',
    also: 'formulaire|envoie pas|envoyer|valide pas|soumet',
  },
  { title: 'Autre chose', value: 'other', also: '^autre' },
] as const;

/** A symptom named in the first message needs no second asking; two named are none. */
function spotSymptom({ text }: Message): string | undefined {
  const named = SYMPTOMS.filter(
    (symptom) => symptom.value !== 'other' && new RegExp(symptom.also).test(fold(text)),
  );
  return named.length === 1 ? named[0]!.value : undefined;
}

const browserOf = firstOf('browser');
/** "Je suis sur iPhone", "c'est un iPad" */
const BROWSER_LEAD =
  /^(?:(?:bah|ben|euh|alors|oui)[\s,]+)*(?:je suis sur|je passe par|j['’]utilise|c['’]est(?: sur)?|sur|avec)\s+(?:(?:le|un|une|mon|ma|l['’])\s?)*/iu;

const PRIVATE = /\b(?:navigation privee|fenetre privee|mode prive|incognito|navigation prive)\b/;
const PRIVATE_TRIED = /\b(?:essaye|teste|tente|aussi|pareil|meme|idem|non plus|rien)\b/;

/** "pareil en navigation privée" answers whether it was tried. */
function spotPrivateWindow({ text }: Message): string | undefined {
  const said = fold(text);
  return PRIVATE.test(said) &&
    PRIVATE_TRIED.test(said) &&
    !/\?(?:\s|$)|\b(?:pas|jamais) (?:encore )?(?:essaye|teste)/.test(said)
    ? 'yes'
    : undefined;
}

const STEPS =
  /\b(?:quand|lorsque|des que|en cliquant|(?:je|on) clique|j'appuie|j'ouvre|j'ajoute|apres avoir)\b/;

/** How to see the same, in one line for agents. */
function recipe(values: Values): Derived[] {
  const { url, browser, symptom, privateWindow, description } = values;
  if (url === undefined && description === undefined) return [];
  const steps = [
    url && fr`ouvrir ${url}`,
    browser && fr`avec ${browser}`,
    privateWindow === 'yes' && fr`(pareil en navigation privée)`,
    description && fr`– ${description}`,
    symptom && fr`– on voit : ${lower(titleOf(SYMPTOMS, symptom))}`,
  ];
  const value = steps.filter(Boolean).join(' ');
  return [{ name: 'recipe', label: 'Pour reproduire', value, shown: value }];
}

export const displayBug: Flow = {
  intent: 'display_bug',
  section: 3,
  title: 'Bug d’affichage',
  about: 'votre problème d’affichage',
  opening: fr`Une page qui s’affiche mal, cela se corrige souvent vite.`,
  advice: () =>
    fr`Essayez avec un navigateur à jour (Chrome, Firefox, Edge ou Safari), puis en navigation privée : cela écarte les extensions, qui sont souvent en cause (guide, section 3).`,
  advised: ['navigateur à jour', 'navigation privée'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    pageUrl({
      required: true,
      spot: (message) => spotUrl(message) ?? spotNamedPage(message),
      spoken: (value) => (value.startsWith('la page') ? value : fr`page « ${value} »`),
    }),
    {
      name: 'browser',
      label: 'Navigateur',
      ask: fr`Quel navigateur utilisez-vous ?`,
      why: fr`Un même défaut ne se voit parfois que dans un seul navigateur.`,
      retry: fr`Je ne reconnais pas ce navigateur. C’est par exemple Chrome, Firefox, Edge ou Safari.`,
      required: true,
      choices: ['Chrome', 'Firefox', 'Edge', 'Safari'].map((name) => ({ title: name, value: name })),
      read: (message) => {
        const known = browserOf(message);
        if (known) return { value: known };
        const other = message.text.trim().replace(BROWSER_LEAD, '');
        // A name of one or two words: a browser or a device that we do not know.
        return /^\p{L}[\p{L}\d]{2,15}(?: [\p{L}\d.]{1,12})?$/u.test(other) &&
          isPhrase(other) &&
          !readYesNoInAnswer(other)
          ? { value: other }
          : undefined;
      },
      spot: browserOf,
    },
    oneOf({
      name: 'symptom',
      label: 'Ce qui ne va pas',
      ask: fr`Que voyez-vous ?`,
      why: fr`Le support reproduira le même défaut.`,
      required: true,
      choices: SYMPTOMS,
      spot: spotSymptom,
      spoken: (value) => lower(titleOf(SYMPTOMS, value)),
    }),
    yesNo({
      name: 'privateWindow',
      label: 'Navigation privée essayée',
      ask: fr`Avez-vous essayé en navigation privée ?`,
      why: fr`Si tout va bien en navigation privée, une extension est en cause.`,
      spot: spotPrivateWindow,
      also: (said) => (/\b(?:pareil|meme chose|idem|toujours|rien change)\b/.test(said) ? 'yes' : undefined),
    }),
    words({
      name: 'description',
      label: 'Étapes',
      ask: fr`Quelles étapes mènent au problème ? Décrivez ce que vous faites, puis ce que vous voyez.`,
      why: fr`Avec les étapes, le support voit le problème chez lui et le corrige plus vite.`,
      atLeast: 4,
      spot: told(STEPS, 8),
      spoken: () => fr`les étapes`,
    }),
    replyEmail,
  ],
  derived: recipe,
};
