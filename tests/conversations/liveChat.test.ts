import { WEDNESDAY } from '../chat.ts';
import { LEA, MARC } from '../desk.ts';
import { REQUEST } from '../request.ts';
import { chat, desk, deskStage, last, lines, talkBegins } from './deskStage.ts';

deskStage();

describe('what is offered', () => {
  test('open and someone there: a talk, with the place in the queue, or a ticket', async () => {
    await desk.present(LEA);
    const offer = await chat.says('je veux parler à un humain');
    expect(offer.text).toContain('Un conseiller est disponible');
    expect(offer.choices).toEqual(['Discuter maintenant', 'Laisser un ticket']);
    expect((await chat.says('Discuter maintenant')).text).toContain('Vous êtes 1er dans la file');
    expect(await desk.live()).toMatchObject({ state: 'queued' });
  });

  test('open and nobody there: waiting or a ticket, never a talk', async () => {
    const offer = await chat.says('parler à un humain');
    expect(offer.text).toMatch(/Aucun conseiller n’est au guichet.*à quel sujet/s);
    expect(offer.choices).toContain('Patienter');
    expect(offer.choices).not.toContain('Discuter maintenant');
    expect((await chat.says('patienter')).text).toContain('Vous êtes 1er dans la file');
    expect(await desk.live()).toMatchObject({ state: 'queued' });
  });

  test('nobody there: any other answer goes on with the ticket', async () => {
    await chat.says('parler à un humain');
    expect((await chat.says('ma facture pro')).text).toContain('Récapitulatif');
    expect(await desk.live()).toBeUndefined();
  });

  test('an agent who is away, or whose page has fallen silent, is not there', async () => {
    await desk.present(LEA);
    desk.at('2026-03-18T14:31:00+01:00');
    expect((await chat.says('parler à un humain')).choices).not.toContain('Discuter maintenant');
  });

  test.each(['2026-03-18T18:00:00+01:00', '2026-03-21T11:00:00+01:00', '2026-05-01T11:00:00+02:00'])(
    'closed (%s): no talk, whoever is there',
    async (now) => {
      desk.at(now);
      await desk.present(LEA);
      const said = await chat.says('parler à un humain');
      expect(said.choices).not.toContain('Discuter maintenant');
      expect(said.choices).not.toContain('Patienter');
    },
  );

  test('less than ten minutes before closing it says so; asked at 17:58 and confirmed at 18:01 it is a ticket', async () => {
    desk.at('2026-03-18T17:58:00+01:00');
    await desk.present(LEA);
    expect((await chat.says('parler à un humain')).text).toContain('ferme dans quelques minutes');
    desk.at('2026-03-18T18:01:00+01:00');
    await desk.present(LEA);
    expect((await chat.says('Discuter maintenant')).text).toContain('vient de fermer');
    expect(await desk.live()).toBeUndefined();
  });

  test('who would rather leave a ticket is asked what it is about', async () => {
    await desk.present(LEA);
    await chat.says('parler à un humain');
    expect((await chat.says('Laisser un ticket')).text).toMatch(/à quel sujet/);
    expect(await desk.live()).toBeUndefined();
  });

  test('the offer is for the next answer alone: a later yes is no wish for a talk', async () => {
    await desk.present(LEA);
    await chat.says('parler à un humain');
    await chat.says('mon colis est noté livré mais je n’ai rien reçu, commande 100245, suivi 6A12345678901');
    await chat.says('oui');
    expect(await desk.live()).toBeUndefined();
  });

  test('who has just made a ticket waits with it, and is given no second one', async () => {
    await desk.present(LEA);
    expect((await chat.saysInTurn(...REQUEST)).choices).toContain('Discuter maintenant');
    await chat.says('Discuter maintenant');
    const tickets = await chat.tickets();
    expect(tickets).toHaveLength(1);
    expect(await desk.live()).toMatchObject({ reference: tickets[0]!.reference });
  });

  test('who asks for a human later waits with the open ticket: the address that is known already makes no new one', async () => {
    await chat.saysInTurn(...REQUEST);
    expect(await chat.tickets()).toHaveLength(1);
    await desk.present(LEA);
    await chat.says('je veux parler à un humain');
    await chat.says('Discuter maintenant');
    const tickets = await chat.tickets();
    expect(tickets).toHaveLength(1);
    expect(await desk.live()).toMatchObject({ reference: tickets[0]!.reference });
  });

  test('what was taken out of the messages is noted on the ticket of the talk, and on no later one', async () => {
    await desk.present(LEA);
    await chat.says('parler à un humain, ma carte 4111 1111 1111 1111 est refusée');
    await chat.says('Discuter maintenant');
    await desk.does((d, reference) => d.close(reference, LEA, ''));
    await chat.saysInTurn(...REQUEST);
    expect((await chat.tickets()).map(({ removed }) => removed)).toEqual([
      '1 donnée bancaire retirée',
      undefined,
    ]);
  });

  test('what the customer has told goes along: nothing is asked twice', async () => {
    await desk.present(LEA);
    await chat.says('mon colis est noté livré mais je n’ai rien reçu, commande 100245');
    await chat.says('parler à un humain');
    await chat.says('Discuter maintenant');
    const [ticket] = await chat.tickets();
    expect(ticket).toMatchObject({ intent: 'lost_parcel' });
    expect(ticket!.details.find(({ name }) => name === 'orderNumber')).toMatchObject({ value: '100245' });
  });
});

describe('a talk', () => {
  test('the takeover is said, the bot is silent, and both sides speak in one order', async () => {
    await talkBegins();
    expect(await last()).toBe('bot: Léa prend le relais de l’assistant automatique et va vous répondre.');
    await desk.replies(LEA, 'Bonjour, je regarde votre dossier.');
    await chat.saysSilently('merci beaucoup');
    await desk.replies(LEA, 'C’est réglé.');
    expect((await lines()).slice(-4)).toEqual([
      'bot: ',
      'agent: Bonjour, je regarde votre dossier.',
      'customer: merci beaucoup',
      'agent: C’est réglé.',
    ]);
    expect(await desk.live()).toMatchObject({ state: 'active', owner: LEA });
  });

  test('« retour au bot » is understood by whoever is in charge', async () => {
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    const back = await chat.says('retour au bot');
    expect(back.text).toContain('de retour avec l’assistant automatique');
    expect(await desk.live()).toBeUndefined();
    expect((await chat.says('menu')).choices).toContain('Colis');
  });

  test('« aide » in a talk says who is there and how to come back', async () => {
    await talkBegins();
    const help = await chat.says('aide');
    expect(help.text).toContain('Vous parlez avec Léa');
    expect(help.choices).toEqual(['Retour au bot']);
  });

  test('of two agents who click at once the second learns who was first', async () => {
    await desk.present(LEA, MARC);
    await chat.says('parler à un humain');
    await chat.says('Discuter maintenant');
    const results = await chat
      .withStore(async () => undefined)
      .then(async () => [
        await desk.does(async (d, reference) => {
          const [first, second] = await Promise.all([d.claim(reference, LEA), d.claim(reference, MARC)]);
          expect(first).toEqual({ outcome: 'done' });
          return second;
        }),
      ]);
    expect(results).toEqual([{ outcome: 'refused', reason: 'Déjà pris par Léa.' }]);
    expect((await lines()).filter((line) => line.includes('prend le relais'))).toHaveLength(1);
  });

  test('a reply written before the customer’s last message is refused, with what is new', async () => {
    await talkBegins();
    await chat.saysSilently('en fait c’est réglé');
    const seen = (await chat.withStore((store) => store.activities(chat.conversationId))).length - 1;
    const result = await desk.replies(LEA, 'Quel est votre numéro ?', seen);
    expect(result).toMatchObject({
      outcome: 'stale',
      newer: [{ activity: { text: 'en fait c’est réglé' } }],
    });
    expect(await lines()).not.toContain('agent: Quel est votre numéro ?');
  });

  test('the same reply posted twice is one message', async () => {
    await talkBegins();
    const post = () =>
      desk.does((d, reference) => d.reply(reference, LEA, { text: 'Bonjour !', after: 99, key: 'k' }));
    expect([await post(), await post()]).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    expect((await lines()).filter((line) => line === 'agent: Bonjour !')).toHaveLength(1);
  });

  test('another agent does not speak into it', async () => {
    await talkBegins();
    expect(await desk.replies(MARC, 'Bonjour !')).toEqual({
      outcome: 'refused',
      reason: 'Léa s’en occupe. Reprenez d’abord la conversation.',
    });
  });

  test('it is passed on to someone who is there, and to nobody else', async () => {
    await talkBegins();
    await desk.present(LEA);
    const pass = () =>
      desk.does((d, reference) =>
        d.reassign(reference, LEA, MARC.id, 'il connaît le dossier, carte 4111 1111 1111 1111'),
      );
    await desk.present(MARC);
    await chat.withStore((store) => store.desk.setPresence(MARC.id, 'away', new Date(WEDNESDAY)));
    expect(await pass()).toMatchObject({ outcome: 'refused' });
    expect(await desk.live()).toMatchObject({ owner: LEA });
    await desk.present(MARC);
    expect(await pass()).toEqual({ outcome: 'done' });
    expect(await desk.live()).toMatchObject({ owner: MARC, state: 'accepted' });
    expect(await last()).toBe('bot: Votre conversation passe à Marc, qui va vous répondre.');
    expect(await chat.withStore((store) => store.desk.notes(chat.conversationId))).toMatchObject([
      { text: 'Transmis à Marc\u00a0: il connaît le dossier, carte [carte •••• 1111]' },
    ]);
  });

  test('when its agent vanishes it goes back to the front of the queue, and the customer is told', async () => {
    await talkBegins();
    await desk.replies(LEA, 'Bonjour !');
    await desk.releaseVanished();
    expect(await desk.live()).toMatchObject({ state: 'active' });
    desk.at('2026-03-18T14:31:00+01:00');
    await desk.releaseVanished();
    const released = await desk.live();
    expect(released).toMatchObject({ state: 'queued' });
    expect(released!.owner).toBeUndefined();
    expect(await last()).toContain('Votre conseiller a dû s’absenter. Vous êtes 1er dans la file');
  });

  test('a note is never part of the conversation', async () => {
    await talkBegins();
    await desk.does((d, reference) => d.note(reference, LEA, 'client difficile', 'n'));
    expect((await lines()).join()).not.toContain('difficile');
    expect(await chat.withStore((store) => store.desk.notes(chat.conversationId))).toMatchObject([
      { text: 'client difficile', agentName: 'Léa' },
    ]);
  });
});
