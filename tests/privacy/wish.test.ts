import { Chat } from '../chat.ts';
import { TestDesk } from '../desk.ts';
import { TeamsServer } from '../teams/teamsServer.ts';

let chat: Chat;
beforeEach(() => {
  chat = new Chat();
});
afterEach(() => chat.end());

const texts = (): Promise<string[]> => chat.transcript();

/** A ticket about a parcel, to its end. */
async function reportsParcel(): Promise<void> {
  await chat.open();
  await chat.saysInTurn(
    'mon colis est noté livré mais je ne l’ai pas reçu, commande 4521, suivi 8X12345678901',
    'oui',
    'La boîte aux lettres était vide hier soir.',
    'luc@exemple.fr',
    'envoyer',
  );
}

test('« supprimer mes données » asks first; confirmed, nothing is left but its answer', async () => {
  await reportsParcel();
  expect(await chat.tickets()).toHaveLength(1);
  const asked = await chat.says('Supprimer mes données');
  expect(asked.text).toContain('effacer pour de bon');
  expect(asked.choices).toEqual(['Tout effacer', 'Garder']);
  expect((await chat.says('tout effacer')).text).toContain('tout ce qui précède est effacé');
  expect(await texts()).toEqual(['customer: tout effacer', expect.stringContaining('bot: C’est fait')]);
  expect(await chat.tickets()).toEqual([]);
  await chat.withStore(async (store) => {
    expect(await store.outbox(10)).toEqual([]);
    expect(JSON.stringify(await store.conversation(chat.conversationId))).not.toContain('4521');
    expect(await store.audit.latest(1)).toMatchObject([{ actor: 'customer', action: 'erased' }]);
  });
  // The conversation goes on, and knows nothing.
  expect((await chat.says('où en est ma demande ?')).text).toContain('Je n’ai pas de ticket');
});

test.each(['garder', 'non', 'non merci'])('« %s » keeps everything', async (answer) => {
  await reportsParcel();
  await chat.says('effacez mes données svp');
  expect((await chat.says(answer)).text).toContain('Rien n’est effacé');
  expect(await chat.tickets()).toHaveLength(1);
});

test('anything else said is no confirmation, and is read as ever', async () => {
  await reportsParcel();
  await chat.says('je veux supprimer toutes mes données');
  await chat.says('vous êtes ouverts demain ?');
  await chat.says('oui');
  expect(await chat.tickets()).toHaveLength(1);
});

test.each([
  'supprimer mon compte',
  'comment supprimer mes données de paiement du site',
  'effacer mon panier',
])('« %s » is no such wish', async (text) => {
  await chat.open();
  expect((await chat.says(text)).text).not.toContain('effacer pour de bon');
});

test('a talk with a human ends with it', async () => {
  const desk = new TestDesk(chat, '2026-03-18T14:30:00+01:00');
  await desk.present({ id: 'lea', name: 'Léa' });
  await chat.open();
  await chat.says('parler à un humain');
  await chat.saysInTurn('Mon problème est bizarre', 'luc@exemple.fr');
  await chat.says('supprimer mes données');
  await chat.says('oui');
  expect(await desk.live()).toBeUndefined();
  expect(await chat.tickets()).toEqual([]);
});

test('in Teams it is the same, by the card’s button or in words; the notice says so', async () => {
  const teams = await TeamsServer.start();
  try {
    const luc = teams.customer('Luc Efface');
    await luc.installs();
    const welcome = await luc.hears();
    expect(welcome.text).toContain('gardés 30 jours');
    expect(welcome.text).toContain('« supprimer mes données »');
    await luc.says('mon colis est noté livré mais je ne l’ai pas reçu, commande 4521');
    expect((await luc.says('supprimer mes données')).choices).toEqual(['Tout effacer', 'Garder']);
    expect((await luc.clicks('Tout effacer')).text).toContain('tout ce qui précède est effacé');
    expect((await luc.says('bonjour')).text).toContain('Que puis-je faire pour vous');
  } finally {
    await teams.stop();
  }
});
