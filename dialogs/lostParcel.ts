import { orderNumber, replyEmail, trackingNumber, words, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { day, fold, fr } from './french.ts';

/** Guide, section 6: "Les enquêtes de livraison prennent généralement entre 5 et 10 jours ouvrés." */
const INQUIRY_WORKING_DAYS = { from: 5, to: 10 };

const saysDelivered = (text: string): string | undefined => {
  const said = fold(text);
  if (/(?:pas|jamais|non) (?:encore )?(?:ete )?(?:livree?|distribuee?|remis)/.test(said)) return undefined;
  return /(?:note|indique|marque|dit|declare|mention|statut|suivi|affiche|ecrit|donne|comme|soi-disant|soit-disant|est|ete)\b.{0,30}\b(?:livree?|distribuee?|remis|delivre)\b|\blivree? mais\b/.test(
    said,
  )
    ? 'yes'
    : undefined;
};

export const lostParcel: Flow = {
  intent: 'lost_parcel',
  section: 6,
  title: 'Problème de livraison',
  about: 'votre colis',
  opening: fr`Un colis qui n’arrive pas, je comprends votre inquiétude.`,
  advice: () =>
    fr`Si le suivi l’indique livré, vérifiez d’abord auprès de vos voisins, puis de votre gardien. S’il reste introuvable, nous ouvrons une enquête auprès du transporteur (guide, section 6).`,
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
      spot: ({ text }) => saysDelivered(text),
    }),
    yesNo({
      name: 'neighboursAsked',
      label: 'Voisins et gardien interrogés',
      ask: fr`Avez-vous demandé à vos voisins et à votre gardien ?`,
      why: fr`C’est là que se retrouvent la plupart des colis indiqués livrés.`,
      when: (values) => values['saysDelivered'] === 'yes',
      spot: ({ text }) =>
        /(?:demande|vu|verifie|interroge|questionne|sonne|passe)\b.{0,30}\b(?:voisin|gardien|concierge)|(?:voisin|gardien|concierge)s?\b.{0,25}\b(?:rien (?:vu|recu)|n'ont rien|n'a rien|ont rien|a rien)/.test(
          fold(text),
        )
          ? 'yes'
          : undefined,
    }),
    words({
      name: 'description',
      label: 'Situation',
      ask: fr`Décrivez la situation en une ou deux phrases : ce qu’indique le suivi, et ce que vous avez constaté.`,
      why: fr`Le transporteur s’appuie sur votre description pour mener l’enquête.`,
      required: true,
      atLeast: 8,
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
        text: fr`L’enquête prend généralement entre 5 et 10 jours ouvrés : réponse attendue entre le ${day(from, now)} et le ${day(dueAt, now)}.`,
        from,
        dueAt,
      },
    ];
  },
};
