import { ConsoleClient } from '../consoleClient.ts';
import { png } from '../pictures.ts';
import { type TeamsCustomer, TeamsServer } from './teamsServer.ts';

let teams: TeamsServer;
let luc: TeamsCustomer;
beforeEach(async () => {
  teams = await TeamsServer.start();
  luc = teams.customer();
});
afterEach(() => teams.stop());

describe('welcome', () => {
  test('once, however often Teams tells of the installation', async () => {
    await luc.installs();
    await luc.installs();
    await luc.send(luc.activity({ type: 'conversationUpdate', membersAdded: [luc.activity()['recipient']] }));
    await teams.settled();
    expect(luc.messages()).toHaveLength(1);
  });

  test('in a group, when the bot comes, and not when people do', async () => {
    const group = teams.inGroup();
    await group.installs();
    expect((await group.hears()).text).toContain('assistant automatique');
    await group.send(group.activity({ type: 'conversationUpdate', membersAdded: [{ id: '29:someone' }] }));
    await teams.settled();
    expect(group.messages()).toHaveLength(1);
  });

  test('not where more than a hundred would read it', async () => {
    teams.fake.members = 101;
    const group = teams.inGroup();
    await group.installs();
    await teams.settled();
    expect(group.messages()).toEqual([]);
  });

  test('taken out, it writes no more', async () => {
    await luc.says('je n’arrive plus à me connecter, identifiants incorrects');
    await luc.send(luc.activity({ type: 'installationUpdate', action: 'remove' }));
    const before = teams.fake.attempts;
    teams.minutes(11);
    // Another's message has the outbox and the timers look.
    await teams.customer('Un autre').says('bonjour');
    expect(teams.fake.attempts).toBe(before + 1);
  });
});

describe('groups', () => {
  test('the mention is taken out by its entity; what is not said to the bot is not kept', async () => {
    const group = teams.inGroup();
    const heard = await group.says('mon paiement est refusé');
    expect(heard.text).toContain('guide, section 5');
    expect(await group.transcript()).toContain('customer: mon paiement est refusé');
    await group.send(group.activity({ text: 'entre nous : <at>Marc</at> tu viens ?' }));
    expect((await group.transcript()).join()).not.toContain('entre nous');
  });

  test('another’s mention keeps the name', async () => {
    const group = teams.inGroup();
    const marc = '<at>Marc Dupont</at>';
    const { entities, text } = group.typed(`${marc} et moi avons un souci de paiement`) as {
      entities: object[];
      text: string;
    };
    const mention = { type: 'mention', text: marc, mentioned: { id: '29:marc', name: 'Marc Dupont' } };
    await group.send(group.activity({ text, entities: [...entities, mention] }));
    expect(await group.transcript()).toContain('customer: Marc Dupont et moi avons un souci de paiement');
  });

  test('two who ask at once each have their own conversation, and each answer names whom it is for', async () => {
    const [first, second] = [teams.inGroup('Luc'), teams.inGroup('Zoé')];
    await first.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    await second.says('mon paiement est refusé');
    await first.send(first.typed('oui'));
    await teams.settled();
    const named = teams.fake.sent(first.at.id).at(-1)!.activity;
    expect(named.text).toMatch(/^<at>Luc<\/at> Décrivez/);
    expect(named.entities).toMatchObject([{ type: 'mention', mentioned: { id: '29:Luc' } }]);
    expect((await second.transcript()).join()).not.toContain('4521');
  });

  test('a card is for whom it was sent to', async () => {
    const [first, second] = [teams.inGroup('Luc'), teams.inGroup('Zoé')];
    await first.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    const { body } = await second.click('Oui', first.card());
    expect(body['value']).toContain('destiné à une autre personne');
    expect((await first.transcript()).at(-1)).not.toContain('Oui');
  });

  test('a security incident goes on in the private chat, with what was said', async () => {
    const group = teams.inGroup();
    const heard = await group.says('quelqu’un s’est connecté à mon compte depuis la Russie');
    expect(heard.text).toContain('je vous écris en privé');
    expect(heard.choices).toEqual([]);
    await teams.settled();
    const opened = teams.fake.calls.find(
      ({ method, conversation }) => method === 'POST' && conversation === '',
    )!;
    expect(opened.body).toMatchObject({ isGroup: false, members: [{ id: '29:Luc' }] });
    const there = teams.fake.sent().find(({ conversation }) => conversation.startsWith('a:private-'))!;
    expect(JSON.stringify(there.activity)).toContain('Changez votre mot de passe');
    // In the group nothing of it is open, and nothing of it will be brought up again.
    const timers = await teams.store.timers.all(10);
    expect(timers.map(({ key }) => key)).not.toContain(`idle:${group.conversationId}`);
    expect((await group.says('oui')).text).not.toContain('mot de passe');
  });

  test('where no private chat can be opened, it says how', async () => {
    teams.fake.fails = ({ conversation }) => (conversation === '' ? { status: 403 } : undefined);
    const group = teams.inGroup();
    await group.says('quelqu’un s’est connecté à mon compte depuis la Russie');
    expect((await group.hears()).text).toContain('ouvrez une conversation avec moi');
  });
});

describe('files', () => {
  const download = 'application/vnd.microsoft.teams.file.download.info';
  const pasted = (path: string): object => ({
    contentType: 'image/*',
    contentUrl: `${teams.fake.origin}${path}`,
  });

  test('a picture pasted into the private chat is fetched with the bot’s token and kept', async () => {
    teams.fake.files.set('/v3/attachments/1/views/original', png(4, 4));
    await luc.says('voici une capture', { attachments: [pasted('/v3/attachments/1/views/original')] });
    expect((await luc.hears()).text).toContain('J’ai bien reçu votre image');
    const all = await teams.store.activities(luc.conversationId);
    const { attachments } = all.find(
      ({ activity }) => activity.attachments?.[0]?.contentType === 'image/png',
    )!.activity;
    const upload = await teams.store.upload(attachments![0]!.contentUrl!.replace('upload:', ''));
    expect(Buffer.from(upload!.bytes)).toEqual(png(4, 4));
  });

  test('sent again by the channel, it is kept once', async () => {
    teams.fake.files.set('/v3/attachments/1/views/original', png(4, 4));
    const activity = luc.activity({ text: '', attachments: [pasted('/v3/attachments/1/views/original')] });
    await luc.send(activity);
    await luc.send(activity);
    await luc.send({ ...activity, id: 'another' });
    await teams.settled();
    expect(luc.messages()).toHaveLength(1);
  });

  test('what is no picture is refused in words', async () => {
    teams.fake.files.set('/v3/attachments/1/views/original', Buffer.from('<svg onload="alert(1)"/>'));
    await luc.send(luc.activity({ text: '', attachments: [pasted('/v3/attachments/1/views/original')] }));
    expect((await luc.hears()).text).toContain('Je n’ai pas pu prendre votre fichier');
  });

  test.each([
    ['of this machine', 'http://127.0.0.1:1/secret'],
    ['of a network within', 'https://10.0.0.1/secret'],
    ['that only looks like Microsoft’s', 'https://sharepoint.com.attacker.example/x'],
  ])('an address %s is not fetched', async (_, downloadUrl) => {
    const attachments = [{ contentType: download, name: 'a.png', content: { downloadUrl } }];
    await luc.send(luc.activity({ text: '', attachments }));
    expect((await luc.hears()).text).toContain('Je n’ai pas pu prendre votre fichier');
  });

  test('in a group they are sent to the private chat', async () => {
    const group = teams.inGroup();
    await group.says('voici', { attachments: [pasted('/v3/attachments/1/views/original')] });
    expect((await group.hears()).text).toContain('dans notre conversation privée');
  });
});

describe('what the bot says by itself', () => {
  const waits = async (minutes: number): Promise<void> => {
    teams.minutes(minutes);
    await teams.timers();
    await teams.settled();
  };

  test('the callback that was asked for arrives in Teams', async () => {
    await luc.says(
      'je n’arrive plus à me connecter : « identifiants incorrects », 3 essais, le dernier à 14 h 25',
    );
    const noted = await luc.says('prévenez-moi');
    expect(noted.text).toContain('14 h 40');
    expect(noted.text).not.toContain('page ouverte');
    await waits(11);
    expect((await luc.hears()).text).toContain('Les 15 minutes sont passées');
  });

  test('who wants none gets none, until they want them again', async () => {
    await luc.says('stop notifications');
    await luc.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    const before = luc.messages().length;
    await waits(11);
    expect(luc.messages()).toHaveLength(before);
    expect((await luc.transcript()).at(-1)).toContain('Prenez votre temps');
    expect((await luc.says('prévenez-moi à nouveau')).text).toContain('je vous préviens de nouveau');
  });

  test('a ticket’s end is told', async () => {
    await luc.says('mon colis est livré mais pas reçu, commande 4521, suivi 8X12345678901');
    for (const words of ['oui', 'La boîte était vide.', 'luc@exemple.fr', 'envoyer']) await luc.says(words);
    const [ticket] = await luc.tickets();
    const lea = await ConsoleClient.of(teams.server, 'Léa');
    await lea.post(`tickets/${ticket!.reference}/close`, { text: 'Colis retrouvé chez le gardien.' });
    expect((await luc.hears()).text).toContain('Colis retrouvé chez le gardien.');
  });
});
