import { exactMessage, moment, orderNumber, replyEmail, yesNo } from './commonSlots.ts';
import type { Flow } from './flow.ts';
import { fr } from './french.ts';
import type { Message } from './slots.ts';

const amountOf = ({ entities }: Message): string | undefined =>
  entities.find((entity) => entity.kind === 'amount')?.value;

export const paymentError: Flow = {
  intent: 'payment_error',
  section: 5,
  title: 'Erreur lors du paiement',
  about: 'votre paiement',
  opening: fr`Un paiement qui ne passe pas, je comprends que ce soit contrariant.`,
  advice: () =>
    fr`La banque peut en être la cause : plafond atteint, suspicion de fraude ou carte expirée. Essayez un autre moyen de paiement, ou contactez votre banque (guide, section 5). Ne m’écrivez jamais votre numéro de carte.`,
  advised: ['plafond, fraude, expiration', 'autre moyen de paiement', 'contact avec la banque'],
  mayBeSolvedByAdvice: true,
  priority: 'normal',
  slots: [
    exactMessage({
      ask: fr`Quel est le message d’erreur exact (sans votre numéro de carte) ?`,
    }),
    yesNo({
      name: 'otherMeans',
      label: 'Autre moyen essayé',
      ask: fr`Avez-vous essayé un autre moyen de paiement ?`,
      why: fr`Nous saurons si l’erreur vient de la carte ou du site.`,
      required: true,
    }),
    yesNo({
      name: 'bankContacted',
      label: 'Banque contactée',
      ask: fr`Avez-vous contacté votre banque ?`,
      why: fr`La banque seule voit certains refus, par exemple un plafond atteint.`,
      required: true,
    }),
    orderNumber({
      required: false,
      ask: fr`Avez-vous un numéro de commande ? Sinon, répondez « passer ».`,
    }),
    {
      name: 'amount',
      label: 'Montant',
      ask: fr`Quel était le montant ?`,
      why: fr`Le montant aide à retrouver le paiement parmi les autres.`,
      retry: fr`Je ne reconnais pas de montant. Écrivez par exemple 59,90 €.`,
      required: false,
      read: (message) => {
        const found =
          amountOf(message) ?? /^\D{0,12}(\d{1,5}(?:[.,]\d{1,2})?)\D{0,8}$/.exec(message.text.trim())?.[1];
        return found
          ? { value: /[A-Z]{3}$/.test(found) ? found : `${found.replace(',', '.')} EUR` }
          : undefined;
      },
      spot: amountOf,
      show: (value) => value.replace('.', ',').replace(' EUR', '\u00a0€'),
    },
    moment({
      name: 'failedAt',
      label: 'Moment de l’erreur',
      ask: fr`Quand avez-vous vu cette erreur ?`,
      why: fr`L’heure permet au support de retrouver la tentative.`,
    }),
    replyEmail,
  ],
};
