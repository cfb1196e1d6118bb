import { orderNumber, replyEmail, told, trackingNumber, words, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { day, fold, fr } from './french.ts';
import type { Message } from './slots.ts';

/** Guide, section 6: "Les enquêtes de livraison prennent généralement entre 5 et 10 jours ouvrés." */
const INQUIRY_WORKING_DAYS = { from: 5, to: 10 };

const NOT_DELIVERED = /\b(?:pas|jamais|non) (?:encore )?(?:ete )?(?:livree?|distribuee?|remis)/;
const ON_ITS_WAY =
  /\b(?:bloque|en transit|en cours d'acheminement|en cours de livraison|en livraison|en chemin|en route|coince|ne bouge (?:pas|plus)|en preparation|pris en charge|au depot|en agence|perdu)\b/;
const DELIVERED =
  /(?:note|indique|marque|dit|declare|mention|statut|suivi|affiche|ecrit|donne|comme|soi-disant|soit-disant|est|ete|sois disant)\b.{0,30}\b(?:livree?|distribuee?|remis|delivre)\b|\blivree? mais\b/;

/** "noté livré" and "en transit" say it; "pas encore livré" alone says nothing of what the tracking says. */
const saysDelivered = ({ text }: Message): string | undefined => {
  const said = fold(text);
  if (NOT_DELIVERED.test(said)) return undefined;
  if (DELIVERED.test(said)) return 'yes';
  return /\b(?:en transit|en cours d'acheminement|en cours de livraison)\b/.test(said) ? 'no' : undefined;
};

const NEIGHBOURS =
  /(?:demande|vu|verifie|interroge|questionne|sonne|passe|fait le tour)\b.{0,30}\b(?:voisins?|gardienn?e?|concierge)|(?:voisine?s?|gardienn?e?|concierge)\b.{0,25}\b(?:rien|n'ont rien|n'a rien|ont rien|a rien|pas vu|non plus)/;

/** "mes voisins n'ont rien vu" answers whether they were asked. */
const neighboursAsked = ({ text }: Message): string | undefined => {
  const said = fold(text);
  if (
    /\b(?:pas|jamais)\b.{0,25}\b(?:demand\w*|vu|voir|verifi\w*|interrog\w*|questionn\w*|sonn\w*)\b.{0,25}\b(?:voisin|gardien|concierge)/.test(
      said,
    )
  )
    return 'no';
  return NEIGHBOURS.test(said) ? 'yes' : undefined;
};

const NOT_THERE = /\b(?:rien|pas|jamais|aucun|introuvable|disparu|vide)\b/;

export const lostParcel: Flow = {
  intent: 'lost_parcel',
  section: 6,
  title: 'Problème de livraison',
  about: 'votre colis',
  opening: fr`Un colis qui n’arrive pas, je comprends votre inquiétude.`,
  advice: (values) =>
    (values['neighboursAsked'] === 'yes'
      ? fr`Vous avez déjà demandé autour de vous ; si votre immeuble a un gardien, pensez à lui aussi.`
      : fr`Si le suivi l’indique livré, vérifiez d’abord auprès de vos voisins, puis de votre gardien.`) +
    fr` S’il reste introuvable, nous ouvrons une enquête auprès du transporteur (guide, section 6).`,
  advised: ['voisins', 'gardien'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    orderNumber(),
    trackingNumber,
    yesNo({
      name: 'saysDelivered',
      label: 'Suivi indiqué livré',
      ask: fr`Le suivi indique-t-il que le colis est livré ?`,
      why: fr`L’enquête n’est pas la même pour un colis indiqué livré et pour un colis en route.`,
      spot: saysDelivered,
      also: (said) => {
        if (NOT_DELIVERED.test(said) || ON_ITS_WAY.test(said)) return 'no';
        return /\b(?:livre|distribue|remis)\b/.test(said) ? 'yes' : undefined;
      },
    }),
    yesNo({
      name: 'neighboursAsked',
      label: 'Voisins et gardien interrogés',
      ask: fr`Avez-vous demandé à vos voisins et à votre gardien ?`,
      why: fr`C’est là que se retrouvent la plupart des colis indiqués livrés.`,
      when: (values) => values['saysDelivered'] === 'yes',
      spot: neighboursAsked,
      also: (said) =>
        /\bpersonne n'a|\brien (?:vu|recu)|\b(?:pas|sans) de (?:voisins?|gardien)/.test(said)
          ? 'yes'
          : undefined,
      note: (value) =>
        value === 'no'
          ? fr`Pensez à leur demander, c’est souvent là qu’il se retrouve. Je continue en attendant.`
          : undefined,
    }),
    words({
      name: 'description',
      label: 'Situation',
      ask: fr`Décrivez la situation en une ou deux phrases : ce qu’indique le suivi, et ce que vous avez constaté.`,
      why: fr`Le transporteur s’appuie sur votre description pour mener l’enquête.`,
      required: true,
      atLeast: 8,
      spot: (message) => (saysDelivered(message) === 'yes' ? told(NOT_THERE, 25)(message) : undefined),
      spoken: () => fr`votre description`,
    }),
    replyEmail,
  ],
  promises: (_values, clock) => {
    const { now } = clock;
    const from = clock.addWorkingDays(now, INQUIRY_WORKING_DAYS.from);
    const dueAt = clock.addWorkingDays(now, INQUIRY_WORKING_DAYS.to);
    return [
      {
        kind: 'carrier_inquiry',
        // Worked out when it is said: every turn asks for the dates.
        get text() {
          return fr`L’enquête prend généralement entre 5 et 10 jours ouvrés : réponse attendue entre le ${day(from, now)} et le ${day(dueAt, now)}.`;
        },
        from,
        dueAt,
      },
    ];
  },
};
