import type { Classification } from '../../knowledge/classifier.ts';
import { Chat } from '../chat.ts';

/* What follows from the classifier's guesses, whatever it is trained on. */

let chat: Chat;
beforeEach(() => {
  chat = new Chat();
});
afterEach(() => chat.end());

const guess = (understood: Partial<Classification>): void => {
  const whole: Classification = {
    intent: 'lost_parcel',
    confidence: 0.9,
    alternatives: [],
    action: 'route',
    ...understood,
  };
  chat.classifier = { classify: () => whole, guess: () => [whole, ...whole.alternatives] };
};
const close = (): void =>
  guess({ confidence: 0.45, action: 'ask', alternatives: [{ intent: 'payment_error', confidence: 0.4 }] });

test('two close subjects are offered, with something else; the choice is begun with what was said', async () => {
  close();
  const asked = await chat.says('un souci avec la commande 100245');
  expect(asked.text).toContain('De quoi s’agit-il plutôt ?');
  expect(asked.choices).toEqual(['Colis', 'Paiement', 'Autre chose']);
  expect((await chat.says('la deuxième')).text).toMatch(/section 5.*numéro de commande 100245/s);
});

test('« autre chose » is no guess: the customer is asked to say more', async () => {
  close();
  await chat.says('un souci');
  expect((await chat.says('autre chose')).text).toContain('Dites-m’en un peu plus');
});

test('« les deux » treats both, one after the other', async () => {
  close();
  await chat.says('un souci');
  expect((await chat.says('les deux')).text).toContain('section 6');
  expect((await chat.says('c’est réglé')).text).toMatch(/Passons à votre paiement.*section 5/s);
});

test('two problems in one message: both are named, the first begun, the second kept', async () => {
  guess({ second: 'payment_error' });
  const answer = await chat.says('colis perdu, et ma carte est refusée, commande 100245');
  expect(answer.text).toMatch(/deux choses : votre colis, et votre paiement. Commençons par votre colis/);
  expect(answer.text).toContain('section 6');
  expect((await chat.says('annuler')).text).toMatch(/rien n’a été envoyé.*Passons à votre paiement/s);
});

test('a message that resembles neither of its two problems is read clause by clause', async () => {
  const classify = (text: string): Classification => {
    const clause: Classification = {
      intent: 'payment_error',
      confidence: 0.95,
      alternatives: [],
      action: 'route',
    };
    if (/et/.test(text)) return { ...clause, intent: 'out_of_scope', action: 'out_of_scope' };
    return { ...clause, intent: /colis/.test(text) ? 'lost_parcel' : 'payment_error' };
  };
  guess({});
  chat.classifier!.classify = classify;
  expect((await chat.says('mon colis manque et la carte cale partout')).text).toMatch(
    /deux choses : votre colis, et votre paiement/,
  );
});

test('an unclear guess in the middle of a form is no second problem', async () => {
  await chat.says('Colis');
  guess({ intent: 'payment_error', confidence: 0.5, action: 'ask' });
  expect((await chat.says('le truc machin de la carte là')).text).not.toContain('J’ai noté aussi');
});

test('the same problem said again in the middle of its form is none', async () => {
  await chat.says('Colis');
  guess({ intent: 'lost_parcel', confidence: 0.99 });
  expect((await chat.says('et aussi mon colis est perdu')).text).not.toContain('J’ai noté aussi');
});
