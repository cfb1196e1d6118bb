const CHANNELS: Record<string, string> = { directline: 'Site web', terminal: 'Terminal', msteams: 'Teams' };

/** A channel's name for agents. */
export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

/** The subjects of tickets, by their intent. */
export const SUBJECTS: Readonly<Record<string, string>> = {
  account_access: 'Accès au compte',
  login_trouble: 'Connexion refusée',
  display_bug: 'Affichage',
  slowness: 'Lenteur',
  payment_error: 'Paiement',
  lost_parcel: 'Colis',
  suspicious_activity: 'Sécurité',
  support_contact: 'Contact du support',
  human_agent: 'Demande d’un conseiller',
};

const OTHER_LABELS: Readonly<Record<string, string>> = {
  out_of_scope: 'Hors sujet',
  greeting: 'Salutation',
  thanks_goodbye: 'Remerciement, au revoir',
  ignore: 'Ne rien apprendre',
};

/** What a sentence may be labelled as, in words. */
export function labelName(label: string): string {
  return SUBJECTS[label] ?? OTHER_LABELS[label] ?? label;
}

const DELIVERIES: Readonly<Record<string, string>> = {
  support_email: 'E-mail au support',
  customer_email: 'E-mail au client',
  webhook: 'Webhook',
  chatwoot: 'Chatwoot',
  zendesk: 'Zendesk',
};

/** A kind of delivery in words. */
export function deliveryName(kind: string): string {
  return DELIVERIES[kind] ?? kind;
}
