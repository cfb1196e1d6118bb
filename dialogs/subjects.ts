/** What a subject is called: on the menu, in agents' lists, and in English, by which it may be typed too. */
interface Names {
  menu: string;
  agents: string;
  english: string;
}

/** The subjects by their intents. Words alone, so that the widget and the agents' pages can have them too. */
export const SUBJECTS: Readonly<Record<string, Names>> = {
  account_access: { menu: 'Accès au compte', agents: 'Accès au compte', english: 'account access' },
  login_trouble: { menu: 'Connexion refusée', agents: 'Connexion refusée', english: 'login refused' },
  display_bug: { menu: 'Affichage', agents: 'Affichage', english: 'display' },
  slowness: { menu: 'Lenteur', agents: 'Lenteur', english: 'slowness' },
  payment_error: { menu: 'Paiement', agents: 'Paiement', english: 'payment' },
  lost_parcel: { menu: 'Colis', agents: 'Colis', english: 'parcel' },
  suspicious_activity: { menu: 'Sécurité', agents: 'Sécurité', english: 'security' },
  support_contact: {
    menu: 'Contacter le support',
    agents: 'Contact du support',
    english: 'contact support',
  },
  human_agent: {
    menu: 'Parler à un humain',
    agents: 'Demande d’un conseiller',
    english: 'talk to a human',
  },
};
