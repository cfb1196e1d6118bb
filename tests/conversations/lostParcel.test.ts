import { Chat } from '../chat.ts';

const FIRST = 'mon colis est noté livré mais je n’ai rien reçu, commande 100245';
let chat: Chat;
beforeEach(() => {
  chat = new Chat();
});
afterEach(() => chat.end());

test('the main job: advice, only what is missing, a correction, the recap, the ticket', async () => {
  const hello = await chat.open();
  expect(hello.text).toContain('assistant automatique');
  expect(hello.choices).toContain('Colis');

  const advice = await chat.says(FIRST);
  expect(advice.text).toMatch(/voisins.*gardien.*section 6/s);
  expect(advice.text).toContain('numéro de commande 100245');
  expect(advice.text).toContain('suivi indiqué livré');
  expect(advice.text).toMatch(/numéro de suivi du colis \?$/);

  const neighbours = await chat.says('6A12345678901');
  expect(neighbours.text).toContain('voisins');
  expect(neighbours.choices).toEqual(['Oui', 'Non']);

  const corrected = await chat.says('non, c’est la commande 100246');
  expect(corrected.text).toContain('C’est corrigé : numéro de commande, 100246.');
  expect(corrected.text).toContain('voisins');

  expect((await chat.says('oui, tout à fait')).text).toContain('Décrivez la situation');
  expect((await chat.says('Le suivi dit déposé en boîte hier, la boîte est vide.')).text).toContain(
    'adresse e-mail',
  );

  const recap = await chat.says('luc.bernard@exemple.fr');
  for (const fact of [
    '100246',
    '6A12345678901',
    'Voisins et gardien interrogés : oui',
    'la boîte est vide',
    'luc.bernard@exemple.fr',
  ]) {
    expect(recap.text).toContain(fact);
  }
  expect(recap.choices).toEqual(['Envoyer', 'Modifier', 'Annuler']);
  expect(await chat.tickets()).toEqual([]);

  const sent = await chat.says('Envoyer');
  const [ticket] = await chat.tickets();
  expect(sent.text).toContain(ticket!.reference);
  expect(sent.text).toContain('généralement entre 5 et 10 jours ouvrés');
  expect(sent.text).toContain('entre le mercredi 25 mars et le mercredi 1er avril');
  expect(sent.text).toContain('ouvert en ce moment');
  expect(sent.text).not.toMatch(/chat en direct/i);
  expect(ticket).toMatchObject({ section: 6, status: 'open', customerEmail: 'luc.bernard@exemple.fr' });
  expect(ticket!.details.map(({ name, value, source }) => [name, value, source])).toEqual([
    ['orderNumber', '100246', 'corrected'],
    ['trackingNumber', '6A12345678901', 'asked'],
    ['saysDelivered', 'yes', 'spotted'],
    ['neighboursAsked', 'yes', 'asked'],
    ['description', 'Le suivi dit déposé en boîte hier, la boîte est vide.', 'asked'],
    ['email', 'luc.bernard@exemple.fr', 'asked'],
  ]);
  const transcript = await chat.transcript();
  expect(transcript.at(-1)).toContain(ticket!.reference);
});
