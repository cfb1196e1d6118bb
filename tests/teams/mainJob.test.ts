import { TeamsServer, type TeamsCustomer } from './teamsServer.ts';

let teams: TeamsServer;
beforeAll(async () => {
  teams = await TeamsServer.start();
});
afterAll(() => teams.stop());

/** A lost parcel, to its ticket: in words, then by the recap's button. */
async function reportsParcel(customer: TeamsCustomer): Promise<void> {
  const advice = await customer.says(
    'mon colis est noté livré mais je ne l’ai pas reçu, commande 4521, suivi 8X12345678901',
  );
  expect(advice.text).toContain('guide, section 6');
  expect(advice.text).toContain('numéro de commande 4521');
  expect(advice.choices).toContain('Oui');
  expect((await customer.clicks('Oui')).text).toContain('Décrivez la situation');
  await customer.says('La boîte aux lettres était vide hier soir.');
  const recap = await customer.says('luc@exemple.fr');
  expect(recap.facts).toContainEqual(['Numéro de commande', '4521']);
  expect(recap.choices).toEqual(['Envoyer', 'Modifier', 'Annuler']);
  expect(await customer.tickets()).toEqual([]);
  const sent = await customer.clicks('Envoyer');
  const [ticket] = await customer.tickets();
  expect(sent.text).toContain(ticket!.reference);
  expect(sent.text).toContain('entre le mercredi 25 mars et le mercredi 1er avril');
  expect(ticket).toMatchObject({
    channel: 'msteams',
    intent: 'lost_parcel',
    customerEmail: 'luc@exemple.fr',
  });
}

test('installed in a personal chat, it says what it is and offers the menu', async () => {
  const luc = teams.customer('Installer');
  expect((await luc.installs()).status).toBe(200);
  const welcome = await luc.hears();
  expect(welcome.text).toContain('assistant automatique');
  expect(welcome.choices).toContain('Colis');
});

test('in a personal chat', () => reportsParcel(teams.customer('Luc')));
test('in a group, by mentions', () => reportsParcel(teams.inGroup('Luc')));
test('in a thread of a channel', () =>
  reportsParcel(teams.inGroup('Luc', '19:general@thread.tacv2;messageid=1700', 'channel')));

test('dialogs are in French whatever language the client tells', async () => {
  const luc = teams.customer('Anglais');
  await luc.says('j’ai un colis livré mais pas reçu', { locale: 'en-US' });
  expect((await luc.says('oui', { locale: 'en-US' })).text).not.toContain('Je n’ai pas compris');
});

test.each(['Hi', 'Hello', 'Help', 'Aide'])('« %s » is no dead end', async (word) => {
  const heard = await teams.customer(`Says ${word}`).says(word);
  expect(heard.choices.length).toBeGreaterThan(0);
  expect(heard.text).not.toContain('Je n’ai pas compris');
});

test('who writes before any welcome learns with the first answer that it is a machine', async () => {
  const luc = teams.customer('Sans accueil');
  expect((await luc.says('mon paiement est refusé')).text).toContain('assistant automatique');
  expect((await luc.says('carte expirée')).text).not.toContain('assistant automatique');
});

test('a card number never reaches the database', async () => {
  const luc = teams.customer('Carte');
  await luc.says('ma carte 4111 1111 1111 1111 est refusée');
  expect((await luc.transcript()).join()).not.toMatch(/4111 1111 1111/);
});

test('the channel has its 200 though the connector never answers', async () => {
  const luc = teams.customer('Lent');
  teams.fake.fails = ({ conversation }) => (conversation === luc.at.id ? 'hangs' : undefined);
  expect((await luc.send(luc.typed('bonjour'))).status).toBe(200);
  teams.fake.fails = () => undefined;
});
