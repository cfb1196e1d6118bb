/** A ready answer: its short name, and its text. It says no more than the guide's section does. */
export interface CannedAnswer {
  /** Section of the guide; 0 for those of every subject. */
  section: number;
  title: string;
  text: string;
}

export const SECTIONS = [
  'Pour tous les sujets',
  '1. Accès au compte',
  '2. Connexion',
  '3. Affichage',
  '4. Lenteurs',
  '5. Paiement',
  '6. Livraison',
  '7. Sécurité',
  '8. Contact',
] as const;

/** By section of the guide. */
const cannedAnswers: readonly CannedAnswer[] = [
  {
    section: 0,
    title: 'Bonjour',
    text: 'Bonjour, je prends le relais. Je lis votre demande et je reviens vers vous tout de suite.',
  },
  {
    section: 0,
    title: 'Un instant',
    text: 'Un instant, s’il vous plaît, je regarde votre dossier.',
  },
  {
    section: 0,
    title: 'Pas de carte',
    text: 'Pour votre sécurité, ne m’écrivez jamais votre numéro de carte ni votre mot de passe.',
  },
  {
    section: 0,
    title: 'Capture d’écran',
    text: 'Pouvez-vous m’envoyer une capture d’écran, l’adresse de la page et les étapes qui mènent au problème\u00a0?',
  },
  {
    section: 0,
    title: 'Toujours là ?',
    text: 'Êtes-vous toujours là\u00a0? Prenez votre temps, je reste à votre disposition.',
  },
  {
    section: 0,
    title: 'Autre chose ?',
    text: 'Puis-je faire autre chose pour vous\u00a0?',
  },
  {
    section: 1,
    title: 'Mot de passe oublié',
    text: 'Sur la page de connexion, cliquez sur «\u00a0Mot de passe oublié\u00a0?\u00a0». Vous recevrez un lien de réinitialisation, valable 60\u00a0minutes\u00a0; pensez à regarder dans vos courriers indésirables.',
  },
  {
    section: 1,
    title: 'Lien expiré',
    text: 'Votre lien a expiré\u00a0: il n’est valable que 60\u00a0minutes. Demandez-en un nouveau par «\u00a0Mot de passe oublié\u00a0?\u00a0» et ouvrez-le dès sa réception.',
  },
  {
    section: 2,
    title: 'Majuscules et saisie',
    text: 'Désactivez le verrouillage des majuscules, puis saisissez votre mot de passe avec soin, sans le copier.',
  },
  {
    section: 2,
    title: 'Compte verrouillé',
    text: 'Après plusieurs essais, le compte peut être verrouillé un moment. Patientez 15\u00a0minutes sans réessayer, puis tentez de nouveau.',
  },
  {
    section: 3,
    title: 'Navigateur et extensions',
    text: 'Essayez avec un navigateur à jour (Chrome, Firefox, Edge ou Safari), dans une fenêtre de navigation privée\u00a0: cela écarte les extensions. Le problème est-il toujours là\u00a0?',
  },
  {
    section: 4,
    title: 'Quand et quelle page',
    text: 'Pour rapprocher vos observations de nos journaux, dites-moi la date, l’heure et le type de page\u00a0: liste de produits, panier ou espace client.',
  },
  {
    section: 5,
    title: 'Autre moyen de paiement',
    text: 'Le refus vient souvent de la banque (plafond atteint, suspicion de fraude, carte expirée). Essayez un autre moyen de paiement ou contactez votre banque.',
  },
  {
    section: 5,
    title: 'Message exact',
    text: 'Pouvez-vous me donner le message d’erreur exact, sans vos numéros de carte\u00a0?',
  },
  {
    section: 6,
    title: 'Voisins et gardien',
    text: 'Avez-vous pu vérifier auprès de vos voisins ou de votre gardien\u00a0? Le transporteur leur remet parfois le colis.',
  },
  {
    section: 6,
    title: 'Enquête ouverte',
    text: 'Nous ouvrons une enquête auprès du transporteur et vous tiendrons informé. Elle prend généralement entre 5 et 10\u00a0jours ouvrés.',
  },
  {
    section: 7,
    title: 'Changer le mot de passe',
    text: 'Changez immédiatement votre mot de passe et activez, si elle est disponible, l’authentification à deux facteurs. Dites-moi ensuite ce que vous avez observé, et quand.',
  },
  {
    section: 8,
    title: 'Horaires',
    text: 'Le support est joignable du lundi au vendredi de 9\u00a0h à 18\u00a0h, par ticket, e-mail ou chat.',
  },
];

/** Those of every subject and of this section first, then the others. */
export function answersFor(section: number): readonly CannedAnswer[] {
  const near = (answer: CannedAnswer): number =>
    answer.section === section ? 0 : answer.section === 0 ? 1 : 2;
  return [...cannedAnswers].sort((a, b) => near(a) - near(b) || a.section - b.section);
}
