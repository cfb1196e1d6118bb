import { firstOf, orderNumber, replyEmail, yesNo } from './commonSlots.ts';
import { exactMessage } from './exactMessage.ts';
import type { Flow } from './flow.ts';
import { fold, fr } from './french.ts';
import { moment, spotMoment } from './moments.ts';
import { entitiesOf } from './slots.ts';

const amountOf = firstOf('amount');

const FAILED = /\b(?:erreur|refus\w*|echou\w*|rejet\w*|bloqu\w*|plante|paiement|payer|debit\w*|achat)\b/;
const OTHER_MEANS =
  /\b(?:essaye|teste|tente|pris|utilise)\b.{0,30}\b(?:autre (?:carte|moyen)|deux cartes|2 cartes|paypal|virement|apple pay|google pay)|\bavec (?:deux|2|plusieurs|trois|3) cartes\b|\b(?:autre carte|paypal) (?:aussi|non plus|pareil|idem)/;
const BANK =
  /\b(?:appele|contacte|joint|eu|vu|demande a|telephone a)\b.{0,15}\b(?:ma |la )?(?:banque|conseiller bancaire|banquier)|\b(?:ma |la )?(?:banque|banquiere?)\b.{0,15}\b(?:dit|confirme|assure|repond|voit|certifie)/;

export const paymentError: Flow = {
  intent: 'payment_error',
  section: 5,
  title: 'Erreur lors du paiement',
  about: 'votre paiement',
  opening: fr`Un souci de paiement, je comprends que ce soit contrariant.`,
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
      spot: ({ text }) => (OTHER_MEANS.test(fold(text)) ? 'yes' : undefined),
    }),
    yesNo({
      name: 'bankContacted',
      label: 'Banque contactée',
      ask: fr`Avez-vous contacté votre banque ?`,
      why: fr`La banque seule voit certains refus, par exemple un plafond atteint.`,
      required: true,
      spot: ({ text }) => (BANK.test(fold(text)) ? 'yes' : undefined),
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
        const clock = entitiesOf(message).some(({ kind }) => kind === 'time' || kind === 'date');
        const bare = /^\D{0,12}(\d{1,5}(?:[.,]\d{1,2})?)\D{0,8}$/.exec(message.text.trim())?.[1];
        const found = amountOf(message) ?? (clock ? undefined : bare);
        if (found === undefined) return undefined;
        return { value: /[A-Z]{3}$/.test(found) ? found : `${found.replace(',', '.')} EUR` };
      },
      spot: amountOf,
      show: (value) => value.replace('.', ',').replace(' EUR', '\u00a0€'),
    },
    moment({
      name: 'failedAt',
      label: 'Moment de l’erreur',
      ask: fr`Quand avez-vous vu cette erreur ?`,
      why: fr`L’heure permet au support de retrouver la tentative.`,
      spot: (message) => (FAILED.test(fold(message.text)) ? spotMoment(message) : undefined),
    }),
    replyEmail,
  ],
};
