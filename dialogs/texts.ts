import { fr } from './french.ts';

/** Sentences that several flows share. A variable sentence is a function. */
export const texts = {
  understood: (facts: string): string => fr`J’ai bien noté : ${facts}.`,
  corrected: (label: string, value: string): string => fr`C’est corrigé : ${label}, ${value}.`,
  skipped: fr`Très bien, nous ferons sans.`,
  canSkip: fr`Si vous ne l’avez pas, répondez « passer ».`,
  gaveUp: fr`Tant pis, continuons sans ce détail.`,
  keptPartly: fr`Je garde ce que vous m’avez dit.`,
  backTo: (about: string): string => fr`Revenons à ${about}.`,
  didItHelp: fr`Est-ce que cela résout le problème ? Si oui, dites « c’est réglé » ; sinon, continuons.`,
  ifItHelped: fr`Si cela résout le problème, dites « c’est réglé ».`,
  letUsGoOn: fr`Alors continuons.`,
  which: (value: string): string => fr`Le numéro ${value}, de quoi s’agit-il ?`,
  isIt: (value: string): string => fr`Est-ce bien ${value} ?`,
  recapTitle: fr`Récapitulatif`,
  recapAsk: fr`Tout est juste ? Rien ne part avant que vous n’ayez choisi « Envoyer ».`,
  recapNoEmail: fr`Pour recevoir la réponse par e-mail, écrivez votre adresse.`,
  recapRetry: fr`Dites « envoyer », « modifier » ou « annuler ».`,
  remarks: 'Autres précisions',
  remarkKept: fr`Je garde cette précision.`,
  whichToEdit: fr`Quel détail souhaitez-vous modifier ?`,
  notProvided: 'non fourni',
  answerOrSkip: fr`Pour aller plus vite, une dernière question, que vous pouvez passer.`,
  choice: {
    send: 'Envoyer',
    edit: 'Modifier',
    cancel: 'Annuler',
    solved: 'C’est réglé',
    yes: 'Oui',
    no: 'Non',
  },
} as const;
