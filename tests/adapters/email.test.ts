import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { emailTargets } from '../../adapters/email.ts';
import { Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { deliverersOf } from '../../adapters/targets.ts';
import { agentMessage } from '../../bot/agentMessage.ts';
import type { Store } from '../../bot/store.ts';
import { MailServer } from '../mailServer.ts';
import { happens, keepTicketTurn, NOON, ticketOf } from '../ticket.ts';

let mail: MailServer;
let store: Store;
let clock: number;
let outbox: Outbox;
beforeEach(async () => {
  mail = await MailServer.start();
  store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-email-')));
  clock = NOON.getTime();
  outbox = newOutbox();
});
afterEach(async () => {
  await store.close();
  await mail.stop();
});

/** @param step the longest that the server may take for a step, in milliseconds */
function newOutbox(step?: number): Outbox {
  const settings = {
    smtpUrl: mail.url,
    from: 'Support <support@boutique.example>',
    support: 'equipe@boutique.example',
    shopName: 'Boutique Exemple',
    consoleUrl: 'https://guichet.example/console',
    ...(step !== undefined && { longestStepMs: step }),
  };
  return new Outbox(
    { store, now: () => new Date(clock), log: pino({ level: 'silent' }) },
    deliverersOf(emailTargets(settings, store)),
  );
}
const later = async (): Promise<void> => {
  clock += 10 * 60_000;
  await outbox.pass();
};

test('a ticket goes to the support with its conversation, and to the customer as a recap', async () => {
  await keepTicketTurn(store, ticketOf());
  await outbox.pass();
  const [toSupport, recap] = ['equipe@boutique.example', 'luc@exemple.fr'].map((address) =>
    mail.taken.find(({ to }) => to?.[0]?.address === address)!,
  );
  expect(mail.taken).toHaveLength(2);

  expect(toSupport!.subject).toBe('[SUP-4T7K2M] Problème de livraison');
  expect(toSupport!.from).toMatchObject({ address: 'support@boutique.example' });
  expect(toSupport!.replyTo).toMatchObject([{ address: 'luc@exemple.fr' }]);
  expect(toSupport!.text).toContain('Numéro de commande\u00a0: 100245');
  expect(toSupport!.text).toContain('Numéro de suivi\u00a0: non fourni');
  expect(toSupport!.text).toContain('1 donnée bancaire retirée');
  expect(toSupport!.text).toContain('https://guichet.example/console#/tickets/SUP-4T7K2M');
  expect(toSupport!.attachments.map(({ filename }) => filename)).toEqual([
    'SUP-4T7K2M.txt',
    'SUP-4T7K2M.html',
  ]);
  const text = Buffer.from(toSupport!.attachments[0]!.content as ArrayBuffer).toString();
  expect(text).toContain('Mon colis <b>manque</b>.');
  expect(text).toContain('C’est envoyé !');

  expect(recap!.subject).toContain('[SUP-4T7K2M]');
  expect(recap!.text).toContain('référence SUP-4T7K2M');
  expect(recap!.text).toContain('Enquête en cours.');
  expect(recap!.attachments).toEqual([]);
  // So that no mailbox answers it by itself (RFC 3834).
  expect(recap!.headers).toContainEqual(
    expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
  );
  for (const { messageId, references } of mail.taken) {
    expect(messageId).toMatch(/^<ticket-created-SUP-4T7K2M-(support|customer)_email@boutique\.example>$/);
    expect(references).toBe('<SUP-4T7K2M@boutique.example>');
  }
});

test('an agent’s answer and the end of a ticket reach the customer, in the same thread', async () => {
  const ticket = ticketOf();
  await keepTicketTurn(store, ticket);
  const conversation = (await store.conversation('c'))!;
  const message = agentMessage({ id: 'lea', name: 'Léa' }, 'Bonjour, je regarde.', conversation, NOON);
  const { reference } = ticket;
  await happens(store, { type: 'ticket.replied', reference, seq: 3 }, { activities: [message] });
  await happens(
    store,
    { type: 'ticket.closed', reference },
    { updatedTickets: [{ ...ticket, status: 'closed', resolution: 'Colis retrouvé.' }] },
  );
  await outbox.pass();
  const mails = mail.taken.filter(({ to }) => to?.[0]?.address === 'luc@exemple.fr');
  expect(mails).toHaveLength(3);
  // In the order in which it happened.
  expect(mails[1]!.text).toContain('Bonjour, je regarde.');
  expect(mails[1]!.text).toContain('Léa');
  expect(mails[2]!.text).toContain('Ce qui a été convenu\u00a0: Colis retrouvé.');
  for (const { subject, inReplyTo } of mails) {
    expect(subject).toContain(`[${reference}]`);
    expect(inReplyTo).toBe(`<${reference}@boutique.example>`);
  }
  expect(mail.taken.filter(({ to }) => to?.[0]?.address === 'equipe@boutique.example')).toHaveLength(1);
});

test('an urgent ticket says so in its subject', async () => {
  await keepTicketTurn(store, ticketOf({ priority: 'urgent' }));
  await outbox.pass();
  expect(mail.taken.map(({ subject }) => subject)).toContain(
    '[SUP-4T7K2M] URGENT\u00a0: Problème de livraison',
  );
});

test('a customer without an address gets no mail', async () => {
  const { customerEmail, ...without } = ticketOf();
  expect(customerEmail).toBeDefined();
  await keepTicketTurn(store, without);
  await outbox.pass();
  expect(mail.taken.map(({ to }) => to?.[0]?.address)).toEqual(['equipe@boutique.example']);
  expect(await store.outbox(10)).toEqual([]);
});

test('a line break in what a customer typed adds no header', async () => {
  await keepTicketTurn(store, ticketOf({ subject: 'Colis\r\nBcc: voleur@exemple.fr' }));
  await outbox.pass();
  expect(mail.taken).toHaveLength(2);
  for (const { headers } of mail.taken) expect(headers.map(({ key }) => key)).not.toContain('bcc');
});

test('a server that is busy gets the mail later', async () => {
  await keepTicketTurn(store, ticketOf());
  mail.mood = 'busy';
  await outbox.pass();
  expect(mail.taken).toEqual([]);
  mail.mood = 'takes';
  await later();
  expect(mail.taken).toHaveLength(2);
});

test('a server that hangs after the data gets the mail later', async () => {
  await keepTicketTurn(store, ticketOf());
  outbox = newOutbox(300);
  mail.mood = 'hangs';
  await outbox.pass();
  expect([mail.seen, mail.taken.length]).toEqual([2, 0]);
  mail.mood = 'takes';
  await later();
  expect(mail.taken).toHaveLength(2);
});

test('a server that keeps the mail and drops the line gets it again, under the same Message-ID', async () => {
  await keepTicketTurn(store, ticketOf());
  mail.mood = 'drops';
  await outbox.pass();
  expect(mail.taken).toHaveLength(2);
  mail.mood = 'takes';
  await later();
  expect(mail.taken).toHaveLength(4);
  expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(2);
});

test('a server that is down gets the mail when it is back', async () => {
  await keepTicketTurn(store, ticketOf());
  await mail.stop();
  await outbox.pass();
  expect(await store.outbox(10)).toHaveLength(2);
  mail = await MailServer.start();
  outbox = newOutbox();
  await later();
  expect(mail.taken).toHaveLength(2);
});

test('an address that does not exist is a dead letter, whose reason quotes nobody’s address', async () => {
  await keepTicketTurn(store, ticketOf());
  mail.mood = 'refuses';
  await outbox.pass();
  expect(await store.outbox(10)).toEqual([]);
  const dead = await store.deliveries.dead(10);
  expect(dead.map(({ reason }) => reason)).toEqual(['EENVELOPE 550', 'EENVELOPE 550']);

  mail.mood = 'takes';
  for (const { id } of dead) await store.deliveries.sendAgain(id, new Date(clock));
  await outbox.pass();
  expect(mail.taken).toHaveLength(2);
});
