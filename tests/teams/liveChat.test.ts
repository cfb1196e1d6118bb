import { ConsoleClient } from '../consoleClient.ts';
import { until } from '../until.ts';
import { heardIn, type TeamsCustomer, TeamsServer } from './teamsServer.ts';

const CHANNEL = '19:agents@thread.tacv2';

let teams: TeamsServer;
let luc: TeamsCustomer;
let lea: ConsoleClient;
beforeEach(async () => {
  teams = await TeamsServer.start({
    TEAMS_AGENTS_CHANNEL: CHANNEL,
    PUBLIC_URL: 'https://support.example',
  });
  luc = teams.customer();
  lea = await ConsoleClient.of(teams.server, 'Léa');
});
afterEach(() => teams.stop());

/** The customer is in the queue. @returns the ticket's reference */
async function queued(): Promise<string> {
  const offer = await luc.says('parler à un humain');
  expect(offer.choices).toContain('Discuter maintenant');
  await luc.clicks('Discuter maintenant');
  return (await luc.tickets())[0]!.reference;
}

const replies = (reference: string, text: string): ReturnType<ConsoleClient['post']> =>
  lea.post(`tickets/${reference}/reply`, { text, after: 9_999, key: text });

test('an agent answers from the console, the customer reads in Teams: announced, under her name, in order', async () => {
  const reference = await queued();
  await lea.post(`tickets/${reference}/claim`, {});
  expect((await luc.hears()).text).toBe(
    'Léa prend le relais de l’assistant automatique et va vous répondre.',
  );
  await replies(reference, 'Bonjour, je regarde.');
  await replies(reference, 'C’est bon.');
  expect((await luc.hears()).text).toBe('Léa : Bonjour, je regarde.');
  expect((await luc.hears()).text).toBe('Léa : C’est bon.');
  const before = luc.messages().length;
  await luc.send(luc.typed('merci beaucoup'));
  await teams.settled();
  expect(luc.messages()).toHaveLength(before);
  expect((await luc.transcript()).at(-1)).toBe('customer: merci beaucoup');
  await lea.post(`tickets/${reference}/return`, { text: 'Le colis est retrouvé.' });
  expect((await luc.hears()).text).toContain('Léa vous rend à l’assistant automatique');
});

test('the customer sees that the agent is writing, which is not kept', async () => {
  const reference = await queued();
  await lea.post(`tickets/${reference}/claim`, {});
  await luc.hears();
  await lea.post(`tickets/${reference}/typing`, {});
  await lea.post(`tickets/${reference}/typing`, {});
  const shown = (): number => teams.fake.calls.filter(({ activity }) => activity.type === 'typing').length;
  await until(async () => shown() === 1);
  expect(
    (await teams.store.activities(luc.conversationId)).some(({ activity }) => activity.type === 'typing'),
  ).toBe(false);
});

test('a customer who wants no messages still reads what the agent says', async () => {
  expect((await luc.says('stop notifications')).text).toContain('je n’écris plus de moi-même');
  const reference = await queued();
  await replies(reference, 'Bonjour.');
  expect((await luc.hears()).text).toContain('prend le relais');
  expect((await luc.hears()).text).toBe('Léa : Bonjour.');
});

describe('agents in Teams', () => {
  const posted = (): ReturnType<typeof heardIn>[] =>
    teams.fake
      .sent()
      .filter(({ body, conversation }) => body['isGroup'] === true || conversation.startsWith(CHANNEL))
      .map(heardIn);

  test('a new handoff is a card in their channel, which leads to its ticket and shows who took it', async () => {
    const reference = await queued();
    await teams.settled();
    const [card] = posted();
    expect(teams.fake.calls.find(({ body }) => body['isGroup'])!.body).toMatchObject({
      channelData: { channel: { id: CHANNEL } },
    });
    expect(card!.facts).toContainEqual(['Ticket', reference]);
    expect(card!.facts).toContainEqual(['État', 'En attente d’un conseiller']);
    expect(JSON.stringify(card!.activity)).toContain(`https://support.example/console#/tickets/${reference}`);
    expect(card!.choices).toEqual(['Prendre en charge']);

    await lea.post(`tickets/${reference}/claim`, {});
    await teams.settled();
    const updated = posted().at(-1)!;
    expect(updated.facts).toContainEqual(['État', 'Prise en charge par Léa']);
    expect(updated.choices).toEqual(['Ouvrir']);
    expect(
      teams.fake.calls.find(
        ({ method, conversation }) => method === 'PUT' && conversation.startsWith(CHANNEL),
      ),
    ).toBeDefined();

    await lea.post(`tickets/${reference}/close`, { text: 'Réglé.' });
    await teams.settled();
    expect(posted().at(-1)!.facts).toContainEqual(['État', 'Terminée']);
  });

  test('what the customer wrote is not on it', async () => {
    await luc.says('mon colis est livré mais pas reçu, commande 4521');
    await queued();
    await teams.settled();
    const card = JSON.stringify(posted()[0]!.activity);
    expect(card).not.toContain('4521');
    expect(card).not.toContain('Luc');
  });

  test('a channel that is gone holds up nobody', async () => {
    teams.fake.fails = ({ body }) => (body['isGroup'] ? { status: 404 } : undefined);
    const reference = await queued();
    await replies(reference, 'Bonjour.');
    await luc.hears();
    expect((await luc.hears()).text).toBe('Léa : Bonjour.');
    expect((await teams.store.deliveries.dead(10)).map(({ kind }) => kind)).toEqual(['teams_agents']);
  });
});
