import { Chat } from '../chat.ts';

let chat: Chat;
beforeEach(() => {
  chat = new Chat();
});
afterEach(() => chat.end());

test('section 1: the reset link’s last minute is said by the clock and kept on the ticket', async () => {
  expect((await chat.says('j’ai oublié mon mot de passe')).text).toMatch(/Mot de passe oublié.*section 1/s);
  await chat.saysInTurn('luc@exemple.fr', 'oui');
  expect((await chat.says('il y a 20 minutes')).text).toContain('valable jusqu’à 15 h 10');
  await chat.saysInTurn('Je ne reçois rien du tout', 'envoyer');
  const [ticket] = await chat.tickets();
  expect(ticket!.promises).toEqual([
    expect.objectContaining({ kind: 'reset_link_expires', dueAt: new Date('2026-03-18T15:10:00+01:00') }),
  ]);
});

test('section 1: a link asked for more than an hour ago has expired', async () => {
  await chat.saysInTurn('j’ai oublié mon mot de passe', 'luc@exemple.fr', 'oui');
  expect((await chat.says('ce matin à 9h')).text).toContain('a expiré (10 h)');
});

test('section 1: a moment to come is refused', async () => {
  await chat.saysInTurn('j’ai oublié mon mot de passe', 'luc@exemple.fr', 'oui');
  expect((await chat.says('demain à 10h')).text).toContain('pas encore passé');
});

test('section 2: the next try is said by the clock', async () => {
  expect((await chat.says('mon mot de passe est bon mais il est refusé à la connexion')).text).toMatch(
    /majuscules.*section 2/s,
  );
  await chat.saysInTurn('Identifiants incorrects', '4 fois');
  expect((await chat.says('à l’instant')).text).toContain('à partir de 14 h 45');
});

test('section 3: what the first message says of the symptom and the browser is not asked', async () => {
  const answer = await chat.says('le bouton valider est invisible sur firefox');
  expect(answer.text).toMatch(/navigation privée.*section 3/s);
  expect(answer.text).toContain('navigateur Firefox');
  expect(answer.text).toContain('bouton invisible');
  expect((await chat.says('https://boutique.example/panier?session=s3cr3t&page=2')).text).toContain(
    'navigation privée ?',
  );
  const recap = await chat.saysInTurn('non', 'J’ouvre le panier et je cherche le bouton', 'passer');
  expect(recap.text).toContain('page=2');
  expect(recap.text).not.toContain('s3cr3t');
});

test('section 4: the kinds of page of the guide are offered', async () => {
  await chat.says('le site est super lent');
  const page = await chat.saysInTurn('depuis lundi', 'ce matin à 10h');
  expect(page.choices).toEqual(['Liste de produits', 'Panier', 'Espace client', 'Autre page']);
  expect((await chat.says('2')).text).toContain('URL');
});

test('section 5: card data never stays, and the ticket says that something was removed', async () => {
  const answer = await chat.says('mon paiement est refusé avec la carte 4111 1111 1111 1111');
  expect(answer.text).toContain('effacé une donnée bancaire');
  expect(answer.text).toMatch(/plafond.*section 5/s);
  await chat.saysInTurn(
    '« Transaction refusée »',
    'oui',
    'non',
    'passer',
    '59,90 €',
    'ce matin',
    'passer',
    'envoyer',
  );
  const [ticket] = await chat.tickets();
  expect(ticket!.removed).toBe('1 donnée bancaire retirée');
  expect((await chat.transcript()).join('\n').replace(/\D/g, '')).not.toContain('41111111');
});

test('section 7: urgent, a human offered before the questions, no promise, and never whether an account exists', async () => {
  const answer = await chat.says('quelqu’un s’est connecté à mon compte depuis la Russie');
  expect(answer.text).toMatch(
    /Changez votre mot de passe dès maintenant.*section 7.*parler à un humain.*\?/s,
  );
  await chat.saysInTurn(
    'Un e-mail de connexion depuis Moscou',
    'hier soir',
    'Russie',
    'non',
    'passer',
    'envoyer',
  );
  expect((await chat.tickets())[0]).toMatchObject({ priority: 'urgent', section: 7, promises: [] });
});

test('section 8: hours and means of contact, then a message to the support', async () => {
  const answer = await chat.says('quels sont vos horaires ?');
  expect(answer.text).toMatch(/du lundi au vendredi de 9 h à 18 h.*section 8/s);
  expect(answer.text).toContain('ouvert en ce moment');
  expect((await chat.says('Écrire au support')).text).toContain('Que souhaitez-vous dire au support');
  await chat.saysInTurn(
    'Mon dernier ticket est sans réponse depuis lundi',
    'passer',
    'luc@exemple.fr',
    'envoyer',
  );
  expect((await chat.tickets())[0]).toMatchObject({ section: 8, customerEmail: 'luc@exemple.fr' });
});

test('what the guide does not treat is named as such, and nothing is invented', async () => {
  const answer = await chat.says('je veux retourner mes chaussures, elles sont trop petites');
  expect(answer.text).toContain('Ce n’est pas dans ce que je sais traiter');
});

test('a return is pointed to the configured page', async () => {
  const shop = new Chat(undefined, { RETURNS_URL: 'https://boutique.example/retours' });
  expect((await shop.says('je veux retourner mes chaussures, elles sont trop petites')).text).toContain(
    'https://boutique.example/retours',
  );
  shop.end();
});

test('a greeting gets the subjects, thanks get a kind word', async () => {
  expect((await chat.says('bonjour')).choices).toContain('Paiement');
  expect((await chat.says('merci beaucoup, bonne journée')).text).toContain('Avec plaisir');
});
