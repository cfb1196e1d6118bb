import { fr } from '../../dialogs/french.ts';

/** What the bot says in Teams alone. */
export const teamsTexts = {
  edited: (text: string): string => fr`${text} (modifié)`,
  deleted: fr`(message supprimé par son auteur)`,
  othersCard: fr`Ce choix est destiné à une autre personne. Mentionnez-moi pour me poser votre question.`,
  filesInPrivate: fr`Je ne peux recevoir des images que dans notre conversation privée : écrivez-moi là.`,
  fileRefused: fr`Je n’ai pas pu prendre votre fichier : j’accepte les images PNG, JPEG, GIF et WebP jusqu’à 4 Mo.`,
  openPrivate: fr`Je n’arrive pas à vous écrire en privé : ouvrez une conversation avec moi dans Teams, et dites-moi « sécurité ».`,
  saidBy: (name: string, text: string): string => fr`${name} : ${text}`,
  handoff: {
    title: (urgent: boolean): string => (urgent ? fr`Demande urgente` : fr`Nouvelle demande`),
    take: 'Prendre en charge',
    open: 'Ouvrir',
    waiting: fr`En attente d’un conseiller`,
    taken: (name: string): string => fr`Prise en charge par ${name}`,
    returned: fr`Rendue à l’assistant`,
    closed: fr`Terminée`,
    expired: fr`Restée sans réponse ; le ticket est ouvert`,
  },
} as const;
