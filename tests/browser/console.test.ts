import type { Browser, Page } from 'playwright-core';
import { openSession } from '../../adapters/console/agents.ts';
import type { Ticket } from '../../bot/store.ts';
import { TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';
import { axeFinds, launchBrowser, picture } from './browser.ts';

jest.setTimeout(120_000);

const NOW = Date.parse('2026-03-18T13:30:00Z');
let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await seed();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});

const SUBJECTS: [string, number, string, number][] = [
  ['Problème de livraison', 6, 'lost_parcel', 9],
  ['Erreur de paiement', 5, 'payment_error', 6],
  ['Connexion refusée', 2, 'login_trouble', 4],
  ['Bug d’affichage', 3, 'display_bug', 3],
  ['Lenteur du site', 4, 'slowness', 1],
];

/** A morning's worth of tickets, a talk that waits, ratings, sentences, a delivery that failed. */
async function seed(): Promise<void> {
  const { store } = server;
  let made = 0;
  const keep = async (differences: Partial<Ticket>): Promise<void> => {
    made += 1;
    const at = new Date(NOW - made * 47 * 60_000);
    const reference = `SUP-${'23456789ABCDEFGHJKMNPQRST'[made % 25]}${(900_00 + made).toString().slice(-5)}`;
    await keepTicketTurn(
      store,
      ticketOf({ reference, conversationId: `c${made}`, createdAt: at, updatedAt: at, ...differences }),
    );
  };
  for (const [subject, section, intent, count] of SUBJECTS)
    for (let i = 0; i < count; i += 1)
      await keep({
        subject,
        section,
        intent,
        customerEmail: `client${made}@exemple.fr`,
        ...(intent !== 'lost_parcel' && { details: [], promises: [] }),
        ...(i % 3 === 2 && { status: 'closed' as const, closedAt: new Date(NOW), resolution: 'Réglé.' }),
      });
  await keep({
    reference: 'SUP-4T7K2M',
    priority: 'urgent',
    subject: 'Activité suspecte',
    section: 7,
    details: [
      {
        name: 'email',
        label: 'E-mail de réponse',
        value: 'marie-antoinette.dupont@exemple-de-domaine.fr',
        shown: 'marie-antoinette.dupont@exemple-de-domaine.fr',
        required: false,
        givenBy: 'customer',
        source: 'spotted',
      },
    ],
  });
  const talk = {
    id: 'h',
    conversationId: 'c1',
    reference: (await store.ticketsOf('c1'))[0]!.reference,
    state: 'queued' as const,
    priority: 'normal' as const,
    queuedAt: new Date(NOW - 90_000),
  };
  const past = { ...talk, id: 'p', conversationId: 'c2', endedAt: new Date(NOW - 60_000) };
  await store.openConversation({ id: 'odd', channel: 'directline', userId: 'u', now: new Date(NOW) });
  await keepTurn(store, 'odd', {
    activities: [{ role: 'customer', at: new Date(NOW), activity: { type: 'message', text: 'plop' } }],
    outbox: [
      { id: 'dead', kind: 'support_email', payload: { reference: 'SUP-4T7K2M' }, createdAt: new Date(NOW) },
    ],
    handoff: talk,
    ratings: [5, 5, 4, 2].map((score, i) => ({
      handoffId: `r${i}`,
      conversationId: 'c2',
      score,
      at: new Date(NOW - 1_000),
    })),
    misunderstood: [
      { seq: 1, text: 'sa marche po votre truc la', at: new Date(NOW - 60_000) },
      { seq: 2, text: 'vous faites les cadeaux d’entreprise ?', at: new Date(NOW - 90_000) },
    ],
  });
  await keepTurn(store, 'odd', {
    handoff: {
      ...past,
      state: 'closed',
      owner: { id: 'first', name: 'Premier agent' },
      acceptedAt: new Date(NOW - 80_000),
      answeredAt: new Date(NOW - 70_000),
    },
  });
  await store.deliveries.settle('dead', { outcome: 'dead', at: new Date(NOW), reason: 'EENVELOPE 550' });
  await store.agents.add({
    id: 'lea',
    email: 'lea@boutique.fr',
    name: 'Léa',
    passwordHash: 'x',
    role: 'agent',
  });
}

async function open(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 860 },
    colorScheme,
    locale: 'fr-FR',
  });
  const token = await openSession(server.store, 'first', new Date(NOW));
  await context.addCookies([
    { name: '__Host-guichet', value: token, url: server.url.replace('http:', 'https:'), secure: true },
  ]);
  return context.newPage();
}

const PAGES: [string, string, string, string][] = [
  ['queue', '#/', 'Tickets', 'attend en direct'],
  ['ticket', '#/tickets/SUP-4T7K2M', 'Activité suspecte', 'Écrivez au client'],
  ['closed', '#/clos', 'Tickets', 'Clos'],
  ['search', '#/recherche', 'Recherche', 'tickets trouvés'],
  ['dashboard', '#/tableau', 'Tableau de bord', 'Tickets par sujet'],
  ['learning', '#/apprendre', 'À apprendre', 'sa marche po'],
  ['team', '#/equipe', 'Équipe', 'Ajouter quelqu’un'],
  ['deliveries', '#/envois', 'Envois en échec', 'EENVELOPE 550'],
  ['audit', '#/journal', 'Journal des accès', 'Consultation'],
  ['account', '#/compte', 'Mon compte', 'Second facteur'],
];

test.each([
  ['on a laptop', 1280, 'light', PAGES],
  // Colours are the same on the others.
  ['on a laptop, in the dark', 1280, 'dark', PAGES.slice(0, 5)],
  ['on a phone', 390, 'light', PAGES],
] as const)('every page is accessible and fits: %s', async (_name, width, scheme, pages) => {
  const page = await open(width, scheme);
  const problems: string[] = [];
  page.on('console', (message) => {
    // A policy that stops something, or a script that fails.
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  for (const [name, hash, heading, content] of pages) {
    await page.goto(`${server.url}/console${hash}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText(content).or(page.getByPlaceholder(content)).first().waitFor();
    problems.push(...(await axeFinds(page)).map((found) => `${name} ${found}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) problems.push(`${name} is wider than the window`);
    await picture(page, `${name}-${width}-${scheme}`, true);
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the second factor is switched on with the square or its key', async () => {
  const page = await open(1280, 'light');
  await page.goto(`${server.url}/console#/compte`);
  await page.getByRole('button', { name: 'Activer' }).click();
  await page.getByRole('img', { name: /Carré à lire/ }).waitFor();
  await page.getByLabel('Le code que l’application affiche').fill('000000');
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await page.getByText('Ce code ne convient pas. Essayez le suivant.').waitFor();
  expect(await page.getByLabel('Le code que l’application affiche').inputValue()).toBe('000000');
  await picture(page, 'second-factor', true);
  await page.context().close();
});

test('a sentence is labelled, and the label taken back', async () => {
  const page = await open(1280, 'light');
  await page.goto(`${server.url}/console#/apprendre`);
  await page.getByLabel(/sa marche po/).selectOption({ label: 'Affichage' });
  await page.getByText(/est classée «\s?Affichage/).waitFor();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await page.getByLabel(/sa marche po/).waitFor();
  await page.context().close();
});

test('a ticket is found by a part of what is known of it, and opened', async () => {
  const page = await open(1280, 'light');
  await page.goto(`${server.url}/console#/recherche`);
  await page.getByLabel(/Référence, e-mail/).fill('4t7k');
  await page.keyboard.press('Enter');
  await page.getByText('1 ticket trouvé').waitFor();
  await page.getByRole('link', { name: 'SUP-4T7K2M' }).click();
  await page.getByRole('heading', { name: 'Activité suspecte' }).waitFor();
  await page.context().close();
});
