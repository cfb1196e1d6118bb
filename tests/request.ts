/** A customer's whole request about a parcel, from its first word to the ticket. */
export const REQUEST = [
  'mon colis est noté livré mais je n’ai rien reçu, commande 100245',
  '6A12345678901',
  'oui',
  'Le suivi dit déposé en boîte hier, la boîte est vide.',
  'luc.bernard@exemple.fr',
  'Envoyer',
] as const;
