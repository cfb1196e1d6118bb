// The whole package also holds a carousel, which wants a browser.
import { AdaptiveCard, SerializationContext } from 'adaptivecards/lib/card-elements.js';
import { HostConfig } from 'adaptivecards/lib/host-config.js';
import { Versions } from 'adaptivecards/lib/serialization.js';
import type { Attachment } from 'botbuilder';
import { cardMessage } from '../../adapters/teams/agentsChannel.ts';
import type { HandoffState } from '../../bot/store.ts';
import { ConsoleClient } from '../consoleClient.ts';
import { ticketOf } from '../ticket.ts';
import { actionsOf, heardIn, type TeamsCustomer, TeamsServer } from './teamsServer.ts';

let teams: TeamsServer;
let luc: TeamsCustomer;
let customers = 0;
beforeAll(async () => {
  teams = await TeamsServer.start();
});
beforeEach(() => {
  luc = teams.customer(`Luc ${(customers += 1)}`);
});
afterAll(() => teams.stop());

/** What the schema of Adaptive Cards 1.5 says against a card, by Microsoft's own parser. */
function objections({ content }: Attachment): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  // Its own default is five; Teams shows six.
  card.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
  card.parse(content, context);
  const parsed = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const valid = card.validateProperties().validationEvents.map(({ message }) => message);
  return [...parsed, ...valid];
}

/** The rules of Teams for every card. */
function isFitForTeams(card: Attachment): void {
  expect(objections(card)).toEqual([]);
  expect(card.content).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  const { fallbackText } = card.content as { fallbackText: string };
  expect(fallbackText.trim()).not.toBe('');
  const actions = actionsOf(card);
  expect(actions.length).toBeLessThanOrEqual(6);
  for (const action of actions.filter(({ type }) => type !== 'Action.OpenUrl')) {
    expect(action).toMatchObject({ type: 'Action.Execute', fallback: { type: 'Action.Submit' } });
    expect(action.fallback!.data).toEqual(action.data);
  }
}

test('the schema is looked at: what it does not know is objected to', () => {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok', text: 'x' }] };
  expect(objections({ contentType: '', content })).not.toEqual([]);
  const invalid = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'x', size: 'Huge' }],
  };
  expect(objections({ contentType: '', content: invalid })).not.toEqual([]);
});

test('menu, choice, recap, status, hours: each a card that Teams takes, with all of it in words', async () => {
  const said = [
    ['menu', 'bonjour'],
    ['choice', 'mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901'],
    ['text', 'oui'],
    ['text', 'La boîte était vide hier soir.'],
    ['recap', 'luc@exemple.fr'],
    ['end', 'envoyer'],
    ['status', 'où en est mon ticket ?'],
    ['hours', 'vous êtes ouverts demain ?'],
  ] as const;
  for (const [what, words] of said) {
    const { activity } = await luc.says(words);
    const card = activity.attachments?.[0];
    if (what === 'text') {
      expect(card).toBeUndefined();
      expect(activity).toMatchObject({ textFormat: 'plain' });
      continue;
    }
    isFitForTeams(card!);
    // Text and card are sends of their own; the notification shows the summary.
    expect(activity.text).toBeUndefined();
    expect(activity.summary).toBeTruthy();
  }
});

test('the score after a talk is a card too', async () => {
  const { activity } = await withRating();
  isFitForTeams(activity.attachments![0]!);
  expect(heardIn({ activity } as Parameters<typeof heardIn>[0]).choices).toEqual([
    '5',
    '4',
    '3',
    '2',
    '1',
    'Passer',
  ]);
});

/** A talk with Léa, to its end. */
async function withRating(): ReturnType<TeamsCustomer['says']> {
  const lea = await ConsoleClient.of(teams.server, 'Léa');
  await luc.says('parler à un humain');
  await luc.says('Discuter maintenant');
  const [ticket] = await luc.tickets();
  await lea.post(`tickets/${ticket!.reference}/reply`, { text: 'Voilà.', after: 9_999, key: 'la-reponse' });
  await luc.hears();
  await luc.hears();
  await lea.post(`tickets/${ticket!.reference}/close`, { text: '' });
  return luc.hears();
}

test.each(['queued', 'accepted', 'active', 'returned', 'closed', 'expired'] satisfies HandoffState[])(
  'the agents’ card of a handoff that is %s',
  (state) => {
    const ticket = ticketOf({ assignee: { id: 'lea', name: 'Léa' }, priority: 'urgent' });
    const message = cardMessage({ consoleUrl: 'https://support.example/console' }, ticket, state);
    isFitForTeams(message.attachments![0]!);
  },
);

test('what was typed is repeated without links that hide where they lead', async () => {
  await luc.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
  await luc.says('oui');
  await luc.says('voir [ma preuve](https://attacker.example)');
  const { facts } = await luc.says('luc@exemple.fr');
  const [, story] = facts.find(([label]) => label === 'Situation')!;
  expect(story).toContain('ma preuve');
  expect(story).not.toContain('](');
});

describe('a card is used once', () => {
  test('the click is answered with the card as it is now: the choice, and nothing to click', async () => {
    await luc.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    const { status, body } = await luc.click('Oui');
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    const card = { contentType: '', content: body['value'] };
    expect(actionsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).toContain('✓ Oui');
    expect(objections(card)).toEqual([]);
  });

  test('it is disarmed for everybody, in place, before the answer comes', async () => {
    await luc.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    await luc.clicks('Oui');
    const [, updated, answer] = teams.fake.sent(luc.at.id);
    expect(updated).toMatchObject({ method: 'PUT' });
    expect(JSON.stringify(updated!.activity.attachments)).toContain('✓ Oui');
    expect(actionsOf(updated!.activity.attachments![0]!)).toEqual([]);
    expect(answer).toMatchObject({ method: 'POST' });
  });

  test('also when the answer was typed', async () => {
    await luc.says('bonjour');
    await luc.says('Colis');
    const updated = teams.fake.sent(luc.at.id).find(({ method }) => method === 'PUT');
    expect(JSON.stringify(updated!.activity.attachments)).toContain('✓ Colis');
    expect(JSON.stringify(updated!.activity.attachments)).not.toContain('Input.ChoiceSet');
  });

  test('clicked twice, or twice at once: one ticket', async () => {
    await luc.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    await luc.says('oui');
    await luc.says('La boîte était vide hier soir.');
    await luc.says('luc@exemple.fr');
    const card = luc.card();
    const answers = await Promise.all([1, 2, 3].map(() => luc.click('Envoyer', card)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Another choice of the used card is shown as what counts: the first one.
    expect(JSON.stringify((await luc.click('Annuler', card)).body)).toContain('✓ Envoyer');
    expect(await luc.tickets()).toHaveLength(1);
  });

  test('a card that cannot be changed any more is no reason to say nothing', async () => {
    await luc.says('bonjour');
    teams.fake.fails = ({ method }) => (method === 'PUT' ? { status: 404 } : undefined);
    expect((await luc.says('mon paiement est refusé')).text).toContain('guide, section 5');
    teams.fake.fails = () => undefined;
  });

  test('old clients send Action.Submit: the same', async () => {
    await luc.says('bonjour');
    const [{ data } = {}] = actionsOf(luc.card());
    const value = { ...data, choice: 'Colis' };
    expect((await luc.says('', { text: undefined, value })).text).toContain('colis');
    expect((await luc.transcript()).at(-2)).toBe('customer: Colis');
  });
});
