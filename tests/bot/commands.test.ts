import { readCommand } from '../../bot/commands.ts';
import { Chat } from '../chat.ts';
import { REQUEST } from '../request.ts';

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
  ['vous pouvez m’aider ?', 'help'],
  ['prévenez-moi', 'callback'],
  ['rappelez moi svp', 'callback'],
  ['prévenez-moi à 14h45', 'callback'],
  ['rappelez-moi mon numéro de commande', undefined],
  ['reprendre', 'repeat'],
  ['on continue', 'repeat'],
  ['merci, au revoir', 'goodbye'],
  ['bonne journée', 'goodbye'],
  ['bonjour', undefined],
])('« %s » is the command %s', (text, command) => {
  expect(readCommand(text)).toBe(command);
});

test('the status of a ticket is told to the conversation it belongs to, and to no other', async () => {
  const chat = new Chat();
  await chat.saysInTurn(...REQUEST);
  const [ticket] = await chat.tickets();
  expect((await chat.says(`où en est mon ticket ${ticket!.reference} ?`)).text).toContain('est en cours');
  const stranger = new Chat();
  expect((await stranger.says(`où en est mon ticket ${ticket!.reference} ?`)).text).toContain(
    'Je ne trouve pas ce ticket',
  );
  stranger.end();
  chat.end();
});
