import { readCommand } from '../../bot/commands.ts';
import { Chat } from '../chat.ts';

const PARCEL = 'mon colis est noté livré mais je n’ai rien reçu, commande 100245';
let chat: Chat;
beforeEach(() => {
  chat = new Chat();
});
afterEach(() => chat.end());

test.each([
  ['annuler', 'cancel'],
  ['Annuler.', 'cancel'],
  ['annulez tout', 'cancel'],
  ['laisse tomber', 'cancel'],
  ['recommencer', 'restart'],
  ['on recommence depuis le début', 'restart'],
  ['aide', 'help'],
  ['?', 'help'],
  ['retour', 'back'],
  ['répéter', 'repeat'],
  ['REPETER', 'repeat'],
  ['menu', 'menu'],
  ['parler à un humain', 'human'],
  ['Je veux parler à un conseiller', 'human'],
  ['je voudrais parler à quelqu’un svp', 'human'],
  ['passez-moi un conseiller', 'human'],
  ['un humain !', 'human'],
  ['conseiller', 'human'],
  ['est-ce que je peux parler à une vraie personne ?', 'human'],
  ['annuler ma commande', undefined],
  ['mon conseiller bancaire dit non', undefined],
  ['je n’ai vu personne', undefined],
  ['retour de mon colis', undefined],
  ['aidez-moi mon colis est perdu', undefined],
])('« %s » is the command %s', (text, command) => {
  expect(readCommand(text)).toBe(command);
});

test('cancelling asks first when two answers would be lost', async () => {
  await chat.says(PARCEL);
  expect((await chat.says('annuler')).text).toContain('Voulez-vous vraiment abandonner');
  expect((await chat.says('non')).text).toMatch(/continuons.*numéro de suivi du colis \?$/s);
  await chat.says('annuler');
  expect((await chat.says('oui')).text).toContain('rien n’a été envoyé');
  expect(await chat.tickets()).toEqual([]);
});

test('cancelling with nothing open says so', async () => {
  expect((await chat.says('annuler')).text).toContain('rien à annuler');
});

test('starting over forgets the answers', async () => {
  await chat.says(PARCEL);
  expect((await chat.says('recommencer')).choices).toContain('Colis');
  expect((await chat.says('Colis')).text).toContain('Quel est votre numéro de commande');
});

test('help is given in the middle of a form, and the question comes back', async () => {
  await chat.says(PARCEL);
  expect((await chat.says('aide')).text).toMatch(/« retour ».*numéro de suivi du colis \?$/s);
});

test('back goes to the question before', async () => {
  await chat.saysInTurn(PARCEL, '6A12345678901', 'oui');
  expect((await chat.says('retour')).text).toContain('voisins');
  expect((await chat.says('retour')).text).toContain('numéro de suivi');
});

test('a human is reached from the middle of a form with what is known, after one question at most', async () => {
  await chat.says(PARCEL);
  const question = await chat.says('je veux parler à un conseiller');
  expect(question.text).toContain('une dernière question');
  const recap = await chat.says('passer');
  expect(recap.text).toContain('100245');
  expect(recap.choices).toContain('Envoyer');
  await chat.says('Envoyer');
  expect(await chat.tickets()).toHaveLength(1);
});

test('a human is reached from the first message', async () => {
  expect((await chat.says('parler à un humain')).text).toContain('je transmets à un conseiller');
  const recap = await chat.saysInTurn('une erreur sur ma facture pro', 'luc@exemple.fr');
  expect(recap.text).toContain('Récapitulatif');
  await chat.says('oui');
  expect((await chat.tickets())[0]).toMatchObject({ intent: 'human_agent', customerEmail: 'luc@exemple.fr' });
});

test('three messages in a row that are not understood lead to rephrasing, the menu, a human', async () => {
  expect((await chat.says('zblurg')).text).toContain('le dire autrement');
  expect((await chat.says('gnarf gnarf')).choices).toContain('Colis');
  const offer = await chat.says('plop tralala');
  expect(offer.text).toContain('conseiller');
  expect((await chat.says('oui')).text).toContain('à quel sujet');
});

test('the status of a ticket is told to the conversation it belongs to, and to no other', async () => {
  await chat.saysInTurn(
    PARCEL,
    '6A12345678901',
    'oui',
    'La boîte aux lettres est vide.',
    'passer',
    'envoyer',
  );
  const [ticket] = await chat.tickets();
  expect((await chat.says(`où en est mon ticket ${ticket!.reference} ?`)).text).toContain('est en cours');
  const stranger = new Chat();
  expect((await stranger.says(`où en est mon ticket ${ticket!.reference} ?`)).text).toContain(
    'Je ne trouve pas ce ticket',
  );
  stranger.end();
});
