import { LEA, MARC } from '../desk.ts';
import { REQUEST } from '../request.ts';
import { chat, desk, deskStage, last, lines, talkBegins, waits } from './deskStage.ts';

deskStage();

const ratings = () =>
  chat.withStore((store) => store.records.ratings({ from: new Date(0), to: new Date('2100-01-01') }));
/** The kinds of what is still to happen to the talk. */
const timers = async (): Promise<string[]> =>
  (await chat.withStore((store) => store.timers.all(100)))
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('handoff'))
    .sort();

describe('its end', () => {
  test('closed: the ticket with what was settled; then the customer is asked once what they thought', async () => {
    await talkBegins();
    await desk.replies(LEA, 'Je vous renvoie le colis.');
    await desk.does((d, reference) => d.close(reference, LEA, 'Colis renvoyé.'));
    expect(await last()).toContain('Ce qui a été convenu : Colis renvoyé.');
    expect(await last()).toContain('note de 1 à 5');
    expect((await chat.tickets())[0]).toMatchObject({
      status: 'closed',
      resolution: 'Colis renvoyé.',
      assignee: LEA,
    });
    expect((await chat.says('4')).text).toContain('Un mot à ajouter');
    expect((await chat.says('Très aimable')).text).toContain('Merci pour votre avis');
    expect(await ratings()).toMatchObject([{ score: 4, comment: 'Très aimable' }]);
    expect((await chat.says('bonjour')).text).toContain('Que puis-je faire pour vous');
  });

  test.each(['Passer', 'non merci'])('the question can be skipped: « %s »', async (skip) => {
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    expect((await chat.says(skip)).text).toContain('Pas de souci');
  });

  test('another message is no score: the question is dropped and the message is heard', async () => {
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    expect((await chat.says('mon paiement est refusé')).text).toContain('section 5');
  });

  test('a customer who leaves before the comment has rated all the same', async () => {
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    await chat.says('2');
    expect(await ratings()).toMatchObject([{ score: 2 }]);
  });

  test('anger that the talk has settled keeps nobody from being asked', async () => {
    await chat.says('vous êtes nuls');
    desk.at('2026-03-18T14:31:00+01:00');
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    await chat.saysSilently('merci beaucoup');
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    expect(await last()).toContain('note de 1 à 5');
  });

  test('an angry customer is not asked', async () => {
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    await chat.saysSilently('vous êtes nuls');
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    expect(await last()).not.toContain('note de 1 à 5');
  });

  test('given back to the bot: it says so and goes on; the ticket stays open', async () => {
    await talkBegins();
    await desk.does((d, reference) => d.giveBack(reference, LEA, 'Rappel demain.'));
    expect(await last()).toContain('Léa vous rend à l’assistant automatique');
    expect(await last()).not.toContain('note de 1 à 5');
    expect((await chat.tickets())[0]!.status).toBe('open');
    expect((await chat.says('menu')).choices).toContain('Colis');
  });

  test('of a closed ticket no promise is recalled', async () => {
    await chat.saysInTurn(...REQUEST);
    await desk.does((d, reference) => d.close(reference, LEA, 'Colis retrouvé.'));
    desk.at('2026-03-19T09:30:00+01:00');
    expect((await chat.says('bonjour')).text).not.toContain('avril');
    const status = (await chat.says('où en est mon ticket ?')).text;
    expect(status).toContain('est clos');
    expect(status).not.toContain('avril');
  });

  test('a card number in what was settled is kept nowhere, with a talk and without', async () => {
    await chat.saysInTurn(...REQUEST);
    await desk.does((d, reference) => d.close(reference, LEA, 'Remboursé sur 4111 1111 1111 1111.'));
    expect((await chat.tickets())[0]!.resolution).toContain('[carte •••• 1111]');
    expect((await lines()).join()).not.toMatch(/4111/);
  });

  test('a closed ticket is reopened, and another talk may begin', async () => {
    await talkBegins();
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    await desk.does((d, reference) => d.reopen(reference, MARC));
    expect((await chat.tickets())[0]).toMatchObject({ status: 'open', assignee: MARC });
    await desk.present(LEA);
    await chat.says('parler à un humain');
    await chat.says('Discuter maintenant');
    expect(await desk.live()).toMatchObject({ state: 'queued' });
  });
});

describe('time', () => {
  beforeEach(waits);

  test('the bot’s own reminders are silent while a human is awaited', async () => {
    expect(await chat.waits(15)).toBeUndefined();
  });

  test('each message in the queue is acknowledged with the place', async () => {
    expect((await chat.says('vous êtes là ?')).text).toContain('Vous êtes 1er dans la file');
  });

  test('after five minutes the ticket is offered again, once', async () => {
    desk.at('2026-03-18T14:36:00+01:00');
    await desk.timersPass();
    await desk.timersPass();
    expect((await lines()).filter((line) => line.includes('Merci de votre patience'))).toHaveLength(1);
    const kept = await chat.says('Laisser un ticket');
    expect(kept.text).toMatch(/votre ticket SUP-\w{6} est gardé/);
    expect(await desk.live()).toBeUndefined();
  });

  test('at the end of the day who still waits is told when the ticket will be treated', async () => {
    desk.at('2026-03-18T18:00:00+01:00');
    await desk.timersPass();
    expect(await last()).toMatch(/vient de fermer.*jeudi 19 mars à 9 h/);
    expect(await desk.live()).toBeUndefined();
    expect((await chat.tickets())[0]!.status).toBe('open');
  });

  test('of a wait that is over nothing is left to happen', async () => {
    await chat.says('annuler');
    expect(await timers()).toEqual([]);
    desk.at('2026-03-18T17:58:00+01:00');
    await waits();
    expect(await timers()).toEqual(['handoff_closing', 'handoff_wait']);
    desk.at('2026-03-18T18:00:00+01:00');
    await desk.timersPass();
    expect(await timers()).toEqual([]);
  });

  test('a talk that is taken no longer waits: what is left to happen is its silence', async () => {
    await desk.does((d, reference) => d.claim(reference, LEA));
    expect(await timers()).toEqual(['handoff_silence']);
    desk.at('2026-03-18T15:31:00+01:00');
    await desk.timersPass();
    expect(await last()).toContain('Sans nouvelles de vous');
  });

  test('a timer of the wait that is acted on late says nothing into the talk', async () => {
    const waiting = (await chat.withStore((store) => store.timers.all(100))).filter(
      ({ kind }) => kind === 'handoff_wait',
    );
    await desk.does((d, reference) => d.claim(reference, LEA));
    // Another process had taken it up just before.
    await chat.withStore((store) => store.timers.change(waiting));
    desk.at('2026-03-18T14:36:00+01:00');
    await desk.timersPass();
    expect((await lines()).join()).not.toContain('Merci de votre patience');
  });

  test('a talk under way is not cut at the end of the day', async () => {
    desk.at('2026-03-18T17:55:00+01:00');
    await desk.does((d, reference) => d.claim(reference, LEA));
    desk.at('2026-03-18T18:05:00+01:00');
    await desk.timersPass();
    await desk.replies(LEA, 'Je termine avec vous.');
    expect(await desk.live()).toMatchObject({ state: 'active' });
  });

  test('a talk in which nobody says anything for an hour ends by itself', async () => {
    await desk.replies(LEA, 'Êtes-vous là ?');
    desk.at('2026-03-18T15:20:00+01:00');
    await chat.saysSilently('oui');
    desk.at('2026-03-18T15:40:00+01:00');
    await desk.timersPass();
    expect(await desk.live()).toMatchObject({ state: 'active' });
    desk.at('2026-03-18T16:30:00+01:00');
    await desk.timersPass();
    expect(await desk.live()).toBeUndefined();
    expect(await last()).toContain('Sans nouvelles de vous');
  });
});
