import { Chat } from '../chat.ts';

/* What agents read of a ticket, perhaps days later. */

test('moments and promises stand on a ticket with their day', async () => {
  const chat = new Chat();
  await chat.saysInTurn(
    'mot de passe oublié, j’ai demandé le lien il y a 10 minutes et je ne reçois rien, luc@exemple.fr',
    'envoyer',
  );
  const [ticket] = await chat.tickets();
  const shown = ticket!.details.find(({ name }) => name === 'resetAskedAt')!.shown!;
  expect(shown.replace(/\u00a0/g, ' ')).toBe('mercredi 18 mars à 14 h 20');
  expect(ticket!.promises[0]!.text.replace(/\u00a0/g, ' ')).toContain('jusqu’au mercredi 18 mars à 15 h 20');
  chat.end();
});
