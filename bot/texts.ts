import { atClockOrDay, enumerate, fr } from '../dialogs/french.ts';
import { offerCallback } from '../dialogs/loginTrouble.ts';
import type { Reply } from '../dialogs/reply.ts';
import { SUBJECTS } from '../dialogs/subjects.ts';
import type { RemovedKind } from './redaction.ts';
import { CLOSES, OPENS } from './supportHours.ts';

/** A subject as a choice: its name, in two languages where asked, either of which may be typed. */
export function names(intent: string, bilingual = false): { title: string; also?: string } {
  const { menu: title, english } = SUBJECTS[intent]!;
  return { title: bilingual ? `${title} (${english})` : title, also: `^${english}$` };
}

/** Subjects as the choices of an answer. */
export function subjectChoices(intents: readonly string[], bilingual = false): { title: string }[] {
  return intents.map((intent) => ({ title: names(intent, bilingual).title }));
}

export const choices = {
  menu: 'Menu',
  human: 'Parler à un humain',
  other: 'Autre chose',
  write: 'Écrire au support',
  resume: (subject: string, answers: number): string =>
    answers === 0
      ? `Reprendre (${subject.toLowerCase()})`
      : `Reprendre (${subject.toLowerCase()}, ${answers} ${answers === 1 ? 'réponse' : 'réponses'})`,
  restart: 'Recommencer',
  callback: offerCallback,
  yes: 'Oui',
  no: 'Non',
} as const;

const HUMAN = [{ title: choices.human }];
const YES_NO = [{ title: choices.yes }, { title: choices.no }];

/** Sentences of the bot outside the flows. */
export const texts = {
  welcome: (shop: string): string =>
    fr`Bonjour ! Je suis l’assistant automatique du support de ${shop}. Décrivez votre problème avec vos mots, ou choisissez un sujet. Vous pouvez demander un humain à tout moment, et ne m’écrivez jamais votre numéro de carte.`,
  greeting: fr`Bonjour ! Que puis-je faire pour vous ? Décrivez votre problème avec vos mots, ou choisissez un sujet.`,
  vague: fr`Je vais vous aider. Dites-moi ce qui ne va pas, avec vos mots, ou choisissez un sujet.`,
  menu: fr`Voici les sujets sur lesquels je peux vous aider.`,
  menuKeepsForm: (about: string): string =>
    fr`Voici les sujets. Pour revenir à ${about}, écrivez « répéter ».`,
  goodbyeInForm: fr`À bientôt ! Je garde vos réponses : écrivez « reprendre » quand vous voudrez.`,
  cannotAnswer: fr`Je ne sais pas répondre à cela ; un conseiller le pourra : écrivez « parler à un humain ».`,
  goodbye: fr`Merci, et bonne journée ! Je reste là si vous avez besoin d’autre chose.`,
  thanksInForm: fr`Avec plaisir !`,
  greetingInForm: fr`Bonjour !`,
  thanks: fr`Avec plaisir ! Je reste là si vous avez besoin d’autre chose.`,
  solved: fr`Tant mieux, content que ce soit réglé ! Je reste là si vous avez besoin d’autre chose.`,
  help: fr`Écrivez-moi comme à une personne. À tout moment : « menu » pour les sujets, « retour » pour la question d’avant, « répéter », « recommencer », « annuler », « parler à un humain ».`,
  askCancel: {
    text: fr`Voulez-vous vraiment abandonner ? Les réponses déjà données seront perdues.`,
    choices: YES_NO,
  },
  cancelled: fr`C’est annulé, rien n’a été envoyé. Je reste là si vous avez besoin d’autre chose.`,
  nothingToSend: fr`Il n’y a rien à envoyer pour l’instant. De quoi s’agit-il ?`,
  noPhone: fr`Je ne peux pas téléphoner : le support répond par ticket, e-mail ou chat (guide, section 8).`,
  whereNumbers: fr`Le numéro de commande figure dans l’e-mail de confirmation et dans votre espace client ; le numéro de suivi, dans l’e-mail d’expédition.`,
  nothingToCancel: fr`Il n’y a rien à annuler pour l’instant.`,
  restarted: fr`Repartons du début. Quel est votre problème ?`,
  noStepBack: fr`Nous sommes à la première question.`,
  continueThen: fr`Très bien, continuons.`,
  chooseSubject: fr`De quoi s’agit-il plutôt ?`,
  otherSubject: fr`D’accord. Dites-m’en un peu plus : que vouliez-vous faire, et que s’est-il passé ?`,
  rephrase: fr`Je n’ai pas compris. Pouvez-vous le dire autrement ? Par exemple : « mon colis n’est pas arrivé », « mon paiement est refusé » ou « je n’arrive pas à me connecter ».`,
  menuAfterRepair: fr`Je ne suis pas sûr d’avoir compris. Voici ce que je sais traiter :`,
  aboutWhat: (value: string): string => fr`J’ai bien noté ${value}. De quoi s’agit-il ?`,
  machine: fr`Je suis un assistant automatique, pas une personne. Pour joindre un humain, écrivez « parler à un humain » à tout moment.`,
  english: fr`Our support is in French, sorry. Here is the menu in both languages. / Notre support répond en français ; voici les sujets dans les deux langues.`,
  sorryFirst: fr`Je suis désolé que cela se passe mal.`,
  sorry: fr`Je suis désolé que cela se passe mal. Pour parler à un humain, écrivez-le à tout moment.`,
  offerHumanAfterAnger: {
    text: fr`Je suis désolé que cela se passe mal. Voulez-vous que je transmette à un conseiller ?`,
    choices: YES_NO,
  },
  offerHumanInForm: {
    text: fr`Je suis désolé que cela se passe mal. Voulez-vous que je transmette à un conseiller, avec ce que vous m’avez déjà dit ?`,
    choices: YES_NO,
  },
  twoProblems: (first: string, second: string): string =>
    fr`J’ai compris deux choses : ${first}, et ${second}. Commençons par ${first}.`,
  problemAdded: (about: string): string => fr`J’ai noté aussi ${about} : nous le verrons juste après.`,
  nextProblem: (about: string): string => fr`Passons à ${about}.`,
  linked: (references: readonly string[]): string =>
    fr`Vos demandes ${enumerate(references)} sont liées : un même conseiller les verra ensemble.`,
  callbackNoted: (when: string): string => fr`C’est noté : je vous préviens ici à ${when}.`,
  keepPageOpen: fr`Gardez cette page ouverte.`,
  callbackIsNow: fr`Les 15 minutes sont déjà passées : vous pouvez réessayer dès maintenant.`,
  noCallback: fr`Je ne peux pas téléphoner. Je préviens ici quand les 15 minutes d’un compte verrouillé sont passées, une fois que vous m’avez dit l’heure de votre dernier essai.`,
  callback: {
    text: fr`Les 15 minutes sont passées : vous pouvez réessayer de vous connecter. Est-ce que cela fonctionne maintenant ?`,
    choices: YES_NO,
  },
  stillLocked: fr`Alors le support va regarder.`,
  askSupportOrStatus: fr`Votre demande est bien notée. Pour parler à un conseiller, écrivez « parler à un humain ».`,
  stillThere: fr`Prenez votre temps : je garde vos réponses, et nous reprendrons où nous en étions.`,
  welcomeBack: fr`Heureux de vous revoir ! Voulez-vous reprendre où nous en étions ?`,
  offerHuman: {
    text: fr`Je n’arrive pas à vous comprendre, pardonnez-moi. Voulez-vous que je transmette votre demande à un conseiller ?`,
    choices: YES_NO,
  },
  contactHours: fr`Le support technique est joignable du lundi au vendredi de ${OPENS} h à ${CLOSES} h, par ticket, e-mail ou chat (guide, section 8).`,
  writeOffer: fr`Souhaitez-vous écrire au support ?`,
  fromGuide: (section: number, title: string, text: string): string =>
    fr`Voici ce que dit notre guide (section ${section}, ${title}) :` + `\n\n${text}`,
  cut: fr`Votre message était très long : j’en ai gardé les 4 000 premiers caractères.`,
  filesReceived: (count: number): string =>
    count === 1
      ? fr`J’ai bien reçu votre image ; le support la verra avec cette conversation.`
      : fr`J’ai bien reçu vos ${count} images ; le support les verra avec cette conversation.`,
  removed: (kinds: readonly RemovedKind[]): string =>
    kinds.every((kind) => kind === 'password' || kind === 'reset_link')
      ? fr`Pour votre sécurité, j’ai effacé un mot de passe ou un lien personnel de votre message. Ne les communiquez à personne.`
      : fr`Pour votre sécurité, j’ai effacé une donnée bancaire de votre message. Ne la communiquez jamais dans une conversation.`,
  apology: {
    text: fr`Pardon, une erreur s’est produite de mon côté. Vous pouvez réessayer, ou parler à un humain.`,
    choices: HUMAN,
  } satisfies Reply,
  received: (reference: string): string => fr`C’est envoyé ! Votre demande porte la référence ${reference}.`,
  inquiry: fr`Nous ouvrons une enquête auprès du transporteur et vous tiendrons informé.`,
  answerByEmail: (email: string): string => fr`La réponse vous parviendra à ${email}.`,
  answerHere: fr`Gardez cette référence : elle vous sera utile si vous nous recontactez.`,
  open: fr`Le support est ouvert en ce moment, jusqu’à 18 h.`,
  closesSoon: fr`Le support ferme dans quelques minutes, à 18 h.`,
  closed: (nextOpening: Date, now: Date): string =>
    fr`Le support est fermé en ce moment ; il rouvre ${atClockOrDay(nextOpening, now)}.`,
  openOn: (when: string): string => fr`Le ${when}, le support est ouvert de ${OPENS} h à ${CLOSES} h.`,
  closedOn: (when: string, nextOpening: Date, now: Date): string =>
    fr`Le ${when}, le support est fermé ; il rouvre ${atClockOrDay(nextOpening, now)}.`,
  openDesk: fr`Un conseiller va traiter votre ticket.`,
  closedDesk: fr`Votre ticket sera traité à partir de là.`,
  anythingElse: fr`Puis-je faire autre chose pour vous ?`,
  status: (reference: string, subject: string, state: string, since: string): string =>
    fr`Le ticket ${reference} (${subject}), ouvert ${since}, est ${state}.`,
  noTickets: fr`Je n’ai pas de ticket à votre nom dans cette conversation. Donnez-moi sa référence, par exemple SUP-4T7K2M.`,
  unknownTicket: fr`Je ne trouve pas ce ticket parmi les vôtres. Vérifiez la référence, par exemple SUP-4T7K2M.`,
} as const;

const POINTERS: Readonly<Record<string, string>> = {
  returns: fr`Vous souhaitez retourner ou échanger un article.`,
  withdrawal: fr`Vous souhaitez vous rétracter de votre achat.`,
  refund: fr`Vous attendez un remboursement.`,
  cancel_order: fr`Vous souhaitez annuler une commande.`,
  change_order: fr`Vous souhaitez modifier une commande.`,
  invoice: fr`Vous cherchez une facture.`,
  promo_code: fr`Votre question porte sur un code, un bon ou une carte cadeau.`,
  product: fr`Votre question porte sur un produit.`,
  defective: fr`Votre article est défectueux, ou ce n’est pas le bon.`,
  delivery_terms: fr`Votre question porte sur les conditions de livraison.`,
  payment_methods: fr`Votre question porte sur les moyens de paiement.`,
  account_deletion: fr`Votre question porte sur votre compte ou vos données.`,
  other_service: fr`Cela semble concerner un autre service que le nôtre.`,
  business: fr`Votre demande s’adresse à l’équipe de la boutique.`,
};

/** Says honestly that a subject is not ours, names it when it is clear, and points to the link configured for it. */
export function outOfScope(topic: string | undefined, returnsUrl: string | undefined): string {
  const pointer = topic === undefined ? undefined : POINTERS[topic];
  const link =
    returnsUrl && (topic === 'returns' || topic === 'withdrawal')
      ? fr`La marche à suivre est ici : ${returnsUrl}`
      : fr`Un conseiller peut prendre votre demande par ticket.`;
  const scope = fr`Je traite les problèmes techniques : accès, connexion, affichage, lenteur, paiement, colis, sécurité.`;
  return pointer
    ? `${pointer} ${fr`Ce n’est pas dans ce que je sais traiter.`} ${link}`
    : `${fr`Je ne peux pas vous répondre là-dessus.`} ${scope}`;
}
