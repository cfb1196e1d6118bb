import { TeamsAdapter } from '../../adapters/teams/adapter.ts';
import { authenticationIn } from '../../adapters/teams/authentication.ts';
import { Connector } from '../../adapters/teams/connector.ts';
import { APP_ID } from './fakeTeams.ts';
import { type TeamsCustomer, TeamsServer } from './teamsServer.ts';

let teams: TeamsServer;
let luc: TeamsCustomer;
beforeEach(async () => {
  teams = await TeamsServer.start();
  luc = teams.customer('Luc');
});
afterEach(() => teams.stop());

const texts = (): string[] => luc.messages().map(({ activity }) => activity.summary ?? activity.text ?? '');
const customerLines = async (): Promise<string[]> =>
  (await luc.transcript()).filter((line) => line.startsWith('customer'));

describe('the channel sends again', () => {
  test('the same id, ten times at once: one turn, one answer', async () => {
    const activity = luc.typed('j’ai une question sur mon paiement');
    const answers = await Promise.all(Array.from({ length: 10 }, () => luc.send(activity)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await teams.settled();
    expect(await customerLines()).toHaveLength(1);
    expect(luc.messages()).toHaveLength(1);
  });

  test('the same message under a new id, half a minute later: still one turn', async () => {
    const activity = luc.typed('j’ai une question sur mon paiement');
    await luc.send(activity);
    teams.minutes(0.5);
    await luc.send({ ...activity, id: 'another' });
    await teams.settled();
    expect(await customerLines()).toHaveLength(1);
    expect(luc.messages()).toHaveLength(1);
  });

  test('after two minutes it is another message', async () => {
    const activity = luc.typed('j’ai une question sur mon paiement');
    await luc.send(activity);
    teams.minutes(2.1);
    await luc.send({ ...activity, id: 'another' });
    expect(await customerLines()).toHaveLength(2);
  });

  test('the same words typed twice are two messages', async () => {
    await luc.send(luc.typed('bonjour'));
    await luc.send(luc.typed('bonjour'));
    expect(await customerLines()).toHaveLength(2);
  });

  test('the same words of two people are two messages', async () => {
    const marc = teams.customer('Marc');
    const activity = luc.typed('bonjour');
    await luc.send(activity);
    await marc.send({ ...activity, ...marc.activity({ text: 'bonjour', id: activity['id'] }) });
    expect(await marc.transcript()).toContain('customer: bonjour');
  });
});

describe('the connector fails', () => {
  test.each([412, 429, 500, 502, 503, 504])(
    '%i: tried again, and all leaves in its order',
    async (status) => {
      teams.fake.failures = [{ status }, { status }];
      await luc.send(luc.typed('bonjour'));
      await teams.failedTries(1);
      teams.minutes(1);
      await luc.send(luc.typed('menu'));
      await teams.failedTries(2);
      teams.minutes(1);
      await luc.send(luc.typed('vous êtes ouverts demain ?'));
      await teams.settled();
      expect(texts()).toHaveLength(3);
      expect(texts()[2]).toContain('lundi au vendredi');
    },
  );

  test('429 with Retry-After: not before its time', async () => {
    teams.fake.failures = [{ status: 429, headers: { 'retry-after': '50' } }];
    await luc.send(luc.typed('bonjour'));
    await teams.failedTries(1);
    teams.minutes(0.7);
    const other = teams.customer('Un autre');
    await other.says('bonjour');
    expect(luc.messages()).toEqual([]);
    teams.minutes(0.3);
    await other.says('menu');
    await teams.settled();
    expect(luc.messages()).toHaveLength(1);
  });

  test('one whom it never answers holds up nobody else', async () => {
    teams.fake.failures = ['hangs'];
    await luc.send(luc.typed('bonjour'));
    expect((await teams.customer('Un pressé').says('bonjour')).choices).toContain('Colis');
    teams.fake.dropHanging();
    await teams.failedTries(1);
    teams.minutes(1);
    expect((await luc.says('menu')).choices).toContain('Colis');
  });

  test('403: nothing more is sent there, until the customer writes again', async () => {
    teams.fake.failures = [{ status: 403 }];
    await luc.send(luc.typed('bonjour'));
    await teams.settled();
    expect((await teams.store.conversation(luc.conversationId))?.reach?.refused).toBe(true);
    expect(teams.fake.attempts).toBe(1);
    const answer = await luc.says('mon paiement est refusé');
    expect(answer.text).toContain('guide, section 5');
    expect((await teams.store.conversation(luc.conversationId))?.reach?.refused).toBeUndefined();
  });

  test('a stop between the commit and the sending loses nothing', async () => {
    teams.fake.failures = [{ status: 502 }];
    await luc.send(luc.typed('bonjour'));
    await teams.failedTries(1);
    await teams.server.restart();
    teams.minutes(1);
    expect((await luc.says('menu')).choices).toContain('Colis');
    await teams.settled();
    expect(luc.messages()).toHaveLength(2);
  });
});

describe('messages changed in Teams', () => {
  test('an edit changes the transcript, redacted like any message, and is not answered again', async () => {
    const activity = luc.typed('ma commande 4521 n’arrive pas');
    await luc.send(activity);
    await luc.send({
      ...activity,
      type: 'messageUpdate',
      text: 'ma carte est 4111 1111 1111 1111',
      channelData: { eventType: 'editMessage' },
    });
    await teams.settled();
    const [said] = await customerLines();
    expect(said).toBe('customer: ma carte est [carte •••• 1111] (modifié)');
    expect(luc.messages()).toHaveLength(1);
  });

  test('an edit that completes a card number with another message takes both parts out', async () => {
    const first = luc.typed('voici ma carte');
    await luc.send(first);
    await luc.send(luc.typed('1111 1111'));
    await luc.send({
      ...first,
      type: 'messageUpdate',
      text: 'voici ma carte 4111 1111',
      channelData: { eventType: 'editMessage' },
    });
    expect(await customerLines()).toEqual([
      'customer: voici ma carte [carte] (modifié)',
      'customer: [carte]',
    ]);
  });

  test('a deleted message leaves the transcript', async () => {
    const activity = luc.typed('mon voisin s’appelle Durand');
    await luc.send(activity);
    const { text, ...deleted } = activity;
    expect(text).toBeDefined();
    await luc.send({ ...deleted, type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } });
    expect((await luc.transcript()).join()).not.toContain('Durand');
    expect((await customerLines())[0]).toBe('customer: (message supprimé par son auteur)');
  });

  test('a change of what was never said here changes nothing', async () => {
    const activity = luc.activity({ type: 'messageUpdate', text: 'x' });
    expect((await luc.send(activity)).status).toBe(200);
    expect(await teams.store.conversation(luc.conversationId)).toBeUndefined();
  });
});

test('what is no message is taken and does nothing', async () => {
  for (const type of ['messageReaction', 'typing', 'event', 'endOfConversation', 'unknown'])
    expect((await luc.send(luc.activity({ type }))).status).toBe(200);
  expect(await teams.store.conversation(luc.conversationId)).toBeUndefined();
});

test('one conversation is written to seven times in a second at most, and sixty times in half a minute', async () => {
  const adapter = new TeamsAdapter(authenticationIn(teams.fake.cloud), APP_ID);
  const address = {
    serviceUrl: teams.fake.serviceUrl,
    conversationId: 'a:paced',
    customer: { id: '29:paced', name: 'Luc' },
    bot: { id: '28:bot', name: 'Guichet' },
  };
  const say = (connector: Connector): Promise<{ outcome: string; afterMs?: number }> =>
    connector.send(address, { type: 'message', text: 'x' });
  const seven = new Connector(adapter, { inSecond: 7, inHalfMinute: 60 });
  const started = Array.from({ length: 8 }, () => say(seven));
  const eighth = started[7]!.then(() => 'eighth');
  await Promise.all(started.slice(0, 7));
  expect(await Promise.race([eighth, Promise.resolve('not yet')])).toBe('not yet');

  const sixty = new Connector(adapter, { inSecond: 1_000, inHalfMinute: 60 });
  const called = await Promise.all(Array.from({ length: 61 }, () => say(sixty)));
  expect(called.slice(0, 60).every(({ outcome }) => outcome === 'done')).toBe(true);
  expect(called[60]).toMatchObject({ outcome: 'later' });
  expect(called[60]!.afterMs).toBeGreaterThan(1_000);
});

test('the connector is shown the bot’s own token, which is asked for once', async () => {
  await luc.says('bonjour');
  expect(luc.messages()[0]!.authorization).toBe('Bearer token-of-the-bot');
  expect(teams.fake.tokensAsked).toBeLessThanOrEqual(1);
});
