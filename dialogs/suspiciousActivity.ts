import { replyEmail, told, words, yesNo } from './commonSlots.ts';
import { isPhrase } from './asides.ts';
import type { Flow } from './flow.ts';
import { fold, fr } from './french.ts';
import { moment, spotMoment } from './moments.ts';
import type { Message, Reading } from './slots.ts';

const HAPPENED =
  /\b(?:connect\w*|connexions?|modifi\w*|chang\w*|recu|vu|command\w*|alertes?|pirat\w*|hack\w*|vole|mail|usurp\w*|debit\w*)\b/;

/** What makes a report of an incident one. */
const SEEN =
  /\b(?:connexions?|connect\w*|command\w*|achats?|modifi\w*|change[es]?|changement|alertes?|debit\w*|supprim\w*|envoy\w*|recu|sms|arnaque|phishing|hameconnage|pirat\w*|hack\w*)\b/;

/** Countries by their French names, folded; read when first needed, for that takes as long as many turns. */
let countries: ReadonlyMap<string, string> | undefined;

/** From the platform's own table of regions. */
function readCountries(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const found = letters.flatMap((a) => letters.flatMap((b) => names.of(a + b) ?? []));
  return new Map(found.map((name) => [fold(name), name]));
}

/** "depuis la Russie", "un pays : Chine", "en Roumanie": the shop's own country says nothing. */
function spotCountry({ text }: Message): string | undefined {
  countries ??= readCountries();
  for (const match of fold(text).matchAll(
    /\b(?:depuis|de|en|au|aux|du|pays|d'|l')\s*:?\s*(?:la |le |l'|les )?([a-z-]+(?: [a-z-]+)?)/g,
  )) {
    const [first = ''] = match[1]!.split(' ');
    const name = countries.get(match[1]!) ?? countries.get(first);
    if (name !== undefined && name !== 'France') return name;
  }
  return undefined;
}

const DEVICE =
  /\b(?:iphone|ipad|android|samsung|windows|mac|pc|ordi\w*|telephone|portable|tablette|linux|chrome|firefox|safari|edge|appareil|pays|ville|ip)\b/;

/** A country, a device, or a few words that name one. */
const readOrigin = (message: Message): Reading | undefined => {
  const { text } = message;
  const named = spotCountry(message) !== undefined || DEVICE.test(fold(text)) || isPhrase(text);
  return named && text.trim().length >= 2 ? { value: text.trim() } : undefined;
};

const NOT_CHANGED =
  /\b(?:peux|arrive|reussi\w*|possible|pu|parviens)\b.{0,12}\b(?:pas|plus)\b.{0,45}\b(?:chang\w*|modifi\w*)\b.{0,12}\b(?:mot de passe|mdp)|\bimpossible de (?:le )?chang\w*/;
const CHANGED =
  /\b(?:j'ai|je viens de|deja|ai)\b.{0,12}\bchang\w*\b.{0,10}\b(?:mon |le )?(?:mot de passe|mdp)/;

export const suspiciousActivity: Flow = {
  intent: 'suspicious_activity',
  section: 7,
  title: 'Sécurité du compte',
  about: 'la sécurité de votre compte',
  opening: fr`C’est sérieux, et vous avez bien fait de nous écrire.`,
  advice: (values) =>
    (values['passwordChanged'] === 'yes'
      ? fr`Vous avez changé votre mot de passe, c’est l’essentiel ; activez aussi, si elle est disponible, l’authentification à deux facteurs (guide, section 7).`
      : fr`Changez votre mot de passe dès maintenant et activez, si elle est disponible, l’authentification à deux facteurs (guide, section 7).`) +
    fr` Votre signalement passera en priorité. Pour un humain tout de suite, écrivez « parler à un humain ».`,
  advised: ['changer le mot de passe', 'authentification à deux facteurs'],
  mayBeSolvedByAdvice: false,
  priority: 'urgent',
  offers: () => ['Parler à un humain'],
  slots: [
    words({
      name: 'observed',
      label: 'Éléments observés',
      ask: fr`Qu’avez-vous observé exactement ? S’il y a plusieurs choses, dites-les toutes.`,
      why: fr`Chaque élément aide à comprendre ce qui s’est passé.`,
      required: true,
      atLeast: 6,
      spot: told(SEEN, 8),
      spoken: () => fr`ce que vous avez observé`,
    }),
    moment({
      name: 'observedAt',
      label: 'Date des événements',
      ask: fr`Quand cela s’est-il passé ?`,
      why: fr`La date permet de rapprocher votre signalement des journaux de sécurité.`,
      required: true,
      spot: (message) => (HAPPENED.test(fold(message.text)) ? spotMoment(message) : undefined),
    }),
    words({
      name: 'origin',
      label: 'Pays ou appareil indiqué',
      ask: fr`Un pays ou un appareil était-il indiqué ? Sinon, répondez « passer ».`,
      why: fr`Cela aide à distinguer un accès étranger d’un de vos appareils.`,
      retry: fr`Quel pays, ou quel appareil ? Sinon, répondez « passer ».`,
      read: readOrigin,
      spot: spotCountry,
    }),
    yesNo({
      name: 'passwordChanged',
      label: 'Mot de passe changé',
      ask: fr`Avez-vous pu changer votre mot de passe ?`,
      why: fr`Tant qu’il n’est pas changé, quelqu’un d’autre peut encore entrer.`,
      spot: ({ text }) => {
        if (NOT_CHANGED.test(fold(text))) return 'no';
        return CHANGED.test(fold(text)) ? 'yes' : undefined;
      },
      also: (said) => (/\b(?:pas|plus|impossible|bloque)\b/.test(said) ? 'no' : undefined),
      note: (value) =>
        value === 'no'
          ? fr`Faites-le dès que possible, depuis la page de connexion : « Mot de passe oublié ? ».`
          : undefined,
    }),
    replyEmail,
  ],
};
