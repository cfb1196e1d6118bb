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

test('everything given at once is asked no more', async () => {
  const answer = await chat.says(`${FIRST}, suivi 6A12345678901, luc@exemple.fr, mes voisins n’ont rien vu`);
  expect(answer.text).toContain('numéro de suivi 6A12345678901');
  expect(answer.text).toMatch(/Décrivez la situation/);
});

test('nothing leaves before « Envoyer »', async () => {
  const recap = await chat.saysInTurn(
    FIRST,
    '6A12345678901',
    'oui',
    'La boîte aux lettres est vide.',
    'passer',
  );
  expect(recap.choices).toContain('Envoyer');
  expect((await chat.says('attendez un peu')).text).toContain('Récapitulatif');
  expect(await chat.tickets()).toEqual([]);
});

test('a detail is edited at the recap, by name or by list', async () => {
  await chat.saysInTurn(FIRST, '6A12345678901', 'oui', 'La boîte aux lettres est vide.', 'passer');
  expect((await chat.says('modifier')).choices).toContain('Numéro de suivi');
  expect((await chat.says('Numéro de suivi')).text).toContain('Quel est le numéro de suivi');
  const recap = await chat.says('XY123456789FR');
  expect(recap.text).toContain('XY123456789FR');
  expect((await chat.says('modifier le numéro de commande')).text).toContain(
    'Quel est votre numéro de commande',
  );
  expect((await chat.says('100300')).text).toContain('Numéro de commande : 100300');
});

test('a detail that is not known is explained once, then left out and marked', async () => {
  await chat.says(FIRST);
  expect((await chat.says('je ne sais pas')).text).toContain('transporteur en a besoin');
  expect((await chat.says('je ne sais pas')).text).toContain('nous ferons sans');
  const recap = await chat.saysInTurn('oui', 'La boîte aux lettres est vide.', 'passer');
  expect(recap.text).toContain('Numéro de suivi : non fourni');
});

test('an unreadable answer is asked for twice more at most', async () => {
  await chat.says(FIRST);
  expect((await chat.says('le numéro de l’étiquette')).text).toContain(
    'Je ne reconnais pas ce numéro de suivi',
  );
  expect((await chat.says('celui du carton')).text).toContain('Je ne reconnais pas ce numéro de suivi');
  expect((await chat.says('le truc du livreur')).text).toContain('continuons sans ce détail');
});

test('« pourquoi ? » gives the reason and asks again', async () => {
  await chat.says(FIRST);
  expect((await chat.says('pourquoi ?')).text).toMatch(
    /transporteur en a besoin.*numéro de suivi du colis \?$/s,
  );
});

test('a question in passing is answered, then the pending one comes back', async () => {
  await chat.says(FIRST);
  const answer = await chat.says('vous êtes ouverts demain ?');
  expect(answer.text).toContain('du lundi au vendredi de 9 h à 18 h');
  expect(answer.text).toMatch(/Revenons à votre colis\..*numéro de suivi du colis \?$/s);
});

test('« c’est réglé » ends without a ticket', async () => {
  await chat.says(FIRST);
  expect((await chat.says('C’est réglé')).text).toContain('Tant mieux');
  expect(await chat.tickets()).toEqual([]);
});

test.each([
  ['Friday evening: the next opening is Monday', '2026-03-20T19:00:00+01:00', 'rouvre lundi 23 mars à 9 h'],
  ['a working day at 17:55: it closes soon', '2026-03-18T17:55:00+01:00', 'ferme dans quelques minutes'],
  ['the night before: today at 9', '2026-03-18T07:00:00+01:00', 'rouvre 9 h'],
])('the hours are said by the clock: %s', async (_rule, now, said) => {
  chat.at(now);
  const sent = await chat.saysInTurn(
    FIRST,
    '6A12345678901',
    'oui',
    'La boîte aux lettres est vide.',
    'passer',
    'envoyer',
  );
  expect(sent.text).toContain(said);
});

test('hours are looked at again when the customer confirms', async () => {
  chat.at('2026-03-18T17:58:00+01:00');
  await chat.saysInTurn(FIRST, '6A12345678901', 'oui', 'La boîte aux lettres est vide.', 'passer');
  chat.at('2026-03-18T18:01:00+01:00');
  expect((await chat.says('Envoyer')).text).toContain('fermé en ce moment');
});

test('a wrong check digit is asked about before it is kept', async () => {
  await chat.says(FIRST);
  expect((await chat.says('RR123456780FR')).text).toContain('un caractère semble faux');
  expect((await chat.says('oui')).text).toContain('voisins');
});

test('a likely typo in an e-mail address is asked about', async () => {
  await chat.saysInTurn(FIRST, '6A12345678901', 'oui', 'La boîte aux lettres est vide.');
  expect((await chat.says('luc@gmial.com')).text).toContain('Vouliez-vous dire luc@gmail.com ?');
  expect((await chat.says('oui')).text).toContain('luc@gmail.com');
});
