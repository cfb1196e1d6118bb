import type { Browser, BrowserContext, Page } from 'playwright-core';
import { hashPassword } from '../../adapters/console/agents.ts';
import { png } from '../pictures.ts';
import { TestServer } from '../server.ts';
import { axeFinds, launchBrowser, picture, seeInside } from './browser.ts';

jest.setTimeout(120_000);

/* Customer and agents in browsers of their own, over the real server. */

let browser: Browser;
let server: TestServer;
let customer: Page;
let contexts: BrowserContext[];
const PASSWORD = 'un mot de passe de test';

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(() => start());
afterEach(async () => {
  for (const context of contexts) await context.close();
  await server.stop();
});

async function start(settings: Record<string, string> = {}): Promise<void> {
  contexts = [];
  server = await TestServer.start(settings);
  const passwordHash = await hashPassword(PASSWORD);
  for (const name of ['Léa', 'Marc']) {
    const id = name === 'Léa' ? 'lea' : 'marc';
    await server.store.agents.add({ id, name, email: `${id}@boutique.fr`, passwordHash, role: 'agent' });
  }
}

async function newPage(width = 1280, height = 860): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height } });
  contexts.push(context);
  await seeInside(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

const accessible = async (page: Page): Promise<void> => expect(await axeFinds(page)).toEqual([]);

async function agentSignsIn(id: 'lea' | 'marc', width?: number): Promise<Page> {
  const page = await newPage(width);
  await page.goto(`${server.url}/console`);
  await page.getByLabel('Adresse e-mail').fill(`${id}@boutique.fr`);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: 'Tickets' }).waitFor();
  await page.getByText(`au guichet\u00a0:`).waitFor();
  return page;
}

async function openChat(): Promise<void> {
  customer = await newPage(900, 760);
  await customer.goto(server.url);
  await customer.getByRole('button', { name: 'Ouvrir le chat du support' }).click();
  await heard(/assistant automatique/);
}
async function types(text: string): Promise<void> {
  await customer.getByRole('textbox', { name: 'Votre message' }).fill(text);
  await customer.keyboard.press('Enter');
}
const heard = (text: string | RegExp): Promise<void> =>
  customer.getByRole('log').getByText(text).last().waitFor();

/** The customer asks for a human, and is in the queue. */
async function waitsInQueue(): Promise<void> {
  await openChat();
  await types('mon colis est noté livré mais je n’ai rien reçu, commande 100245');
  await heard(/numéro de suivi/);
  await types('parler à un humain');
  await heard(/Un conseiller est disponible/);
  await customer.getByRole('button', { name: 'Discuter maintenant' }).last().click();
  await heard(/Vous êtes 1er dans la file/);
}
const says = async (agent: Page, text: string): Promise<void> => {
  await agent.getByLabel('Votre réponse').fill(text);
  await agent.getByRole('button', { name: 'Envoyer' }).click();
};
const reads = (agent: Page, text: string | RegExp): Promise<void> =>
  agent.getByRole('log').getByText(text).last().waitFor();
/** The lines of both sides, without what each page adds of its own. */
const saidByBoth = async (page: Page, lines: string[]): Promise<string[]> => {
  const all = await page.getByRole('log').innerText();
  return lines.slice().sort((a, b) => all.indexOf(a) - all.indexOf(b));
};

test('customer and agent talk: the queue is live, both sides read one order, a note stays inside, both reload', async () => {
  const agent = await agentSignsIn('lea');
  await waitsInQueue();
  await agent
    .getByText(/attend en direct/)
    .first()
    .waitFor();
  await agent.getByText('Un client attend en direct\u00a0: Problème de livraison').waitFor();
  await picture(agent, 'queue');
  await accessible(agent);
  await agent.getByRole('link', { name: /Problème de livraison/ }).click();
  await agent.getByRole('button', { name: 'Prendre en charge' }).click();
  await heard(/Léa prend le relais/);
  // Nobody waits any more, and no machine answers.
  await agent
    .getByText('Un client attend en direct\u00a0: Problème de livraison')
    .waitFor({ state: 'hidden' });
  await customer.getByText('Conversation avec Léa · jamais de numéro de carte ici').waitFor();

  // Each side sees that the other one writes.
  await agent.getByLabel('Votre réponse').pressSequentially('Bon', { delay: 5 });
  await customer.locator('.typing').waitFor();
  await says(agent, 'Bonjour, je regarde votre colis.');
  await heard('Bonjour, je regarde votre colis.');
  await customer.getByRole('textbox', { name: 'Votre message' }).pressSequentially('mer', { delay: 5 });
  await agent.getByText('Le client écrit…').waitFor();
  await types('merci, il est parti lundi');
  await reads(agent, 'merci, il est parti lundi');

  await agent.getByRole('radio', { name: 'Note interne' }).check();
  await agent.getByLabel('Votre note interne').fill('transporteur déjà relancé');
  await agent.getByRole('button', { name: 'Ajouter la note' }).click();
  await reads(agent, 'transporteur déjà relancé');
  await agent.getByRole('radio', { name: 'Répondre au client' }).check();
  await says(agent, 'Nous ouvrons une enquête.');
  await heard('Nous ouvrons une enquête.');
  // The panel stands still, however long the talk: its heading and its field stay in sight.
  const panelTop = await customer
    .getByRole('dialog', { name: 'Chat du support' })
    .evaluate((panel) => [panel.scrollTop, panel.scrollHeight - panel.clientHeight]);
  expect(panelTop).toEqual([0, 0]);
  await picture(agent, 'talk');
  await picture(customer, 'talk-customer');
  await accessible(agent);

  await customer.reload();
  await agent.reload();
  await heard('Nous ouvrons une enquête.');
  await reads(agent, 'Nous ouvrons une enquête.');
  const lines = [
    'Bonjour, je regarde votre colis.',
    'merci, il est parti lundi',
    'Nous ouvrons une enquête.',
  ];
  expect(await saidByBoth(customer, lines)).toEqual(lines);
  expect(await saidByBoth(agent, lines)).toEqual(lines);
  // Neither shown, nor sent: not in what the page was given.
  const talk = (await server.store.desk.allLive())[0]!;
  const stored = JSON.stringify(await server.store.activities(talk.conversationId));
  expect(stored).not.toContain('transporteur déjà relancé');
  expect(await customer.getByRole('log').innerText()).not.toContain('transporteur déjà relancé');
});

test('the server restarts in the middle of a talk: both pages come back by themselves, and nothing is lost', async () => {
  const agent = await agentSignsIn('lea');
  await waitsInQueue();
  await agent.getByRole('link', { name: /Problème de livraison/ }).click();
  await agent.getByRole('button', { name: 'Prendre en charge' }).click();
  await says(agent, 'Avant la coupure.');
  await heard('Avant la coupure.');

  await server.stop();
  await types('pendant la coupure');
  await server.up();

  await reads(agent, 'pendant la coupure');
  await says(agent, 'Après la coupure.');
  await heard('Après la coupure.');
  await reads(agent, 'Après la coupure.');
  const lines = ['Avant la coupure.', 'pendant la coupure', 'Après la coupure.'];
  expect(await saidByBoth(agent, lines)).toEqual(lines);
  expect(await saidByBoth(customer, lines)).toEqual(lines);
  expect((await customer.getByRole('log').innerText()).split('pendant la coupure')).toHaveLength(2);
});

test('of two agents who click at once, the second reads who was first', async () => {
  const [lea, marc] = [await agentSignsIn('lea'), await agentSignsIn('marc')];
  await waitsInQueue();
  for (const page of [lea, marc]) {
    await page.getByRole('link', { name: /Problème de livraison/ }).click();
    await page.getByRole('button', { name: 'Prendre en charge' }).waitFor();
  }
  // Marc's page does not hear of it in time.
  await marc.route('**/console/api/tickets/*', (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  );
  await lea.getByRole('button', { name: 'Prendre en charge' }).click();
  await heard(/Léa prend le relais/);
  await marc.getByRole('button', { name: 'Prendre en charge' }).click();
  await marc.getByText('Déjà pris par Léa.').waitFor();
  await marc.unroute('**/console/api/tickets/*');
  await marc.reload();
  await marc.getByRole('button', { name: 'Reprendre à Léa' }).waitFor();
});

test('an answer that has not seen the last message comes back with it, the text kept; sent again it goes', async () => {
  const agent = await agentSignsIn('lea');
  await waitsInQueue();
  await agent.getByRole('link', { name: /Problème de livraison/ }).click();
  await agent.getByRole('button', { name: 'Prendre en charge' }).click();
  await heard(/Léa prend le relais/);
  await agent.getByText('Léa prend la conversation.').waitFor();
  await agent.route('**/console/api/tickets/*', (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  );
  await types('finalement c’est réglé');
  await heard('finalement c’est réglé');
  await says(agent, 'Quel est votre numéro de suivi ?');
  await agent.getByText(/D’autres messages sont arrivés/).waitFor();
  await agent
    .getByRole('group', { name: 'Messages arrivés entre-temps' })
    .getByText('finalement c’est réglé')
    .waitFor();
  expect(await agent.getByLabel('Votre réponse').inputValue()).toBe('Quel est votre numéro de suivi ?');
  await picture(agent, 'stale');
  await accessible(agent);
  await agent.unroute('**/console/api/tickets/*');
  await agent.getByRole('button', { name: 'Envoyer' }).click();
  await heard('Quel est votre numéro de suivi ?');
});

test('the agent’s page vanishes: the customer is told, the talk waits again, and another agent has all of it', async () => {
  const lea = await agentSignsIn('lea');
  await waitsInQueue();
  await lea.getByRole('link', { name: /Problème de livraison/ }).click();
  await lea.getByRole('button', { name: 'Prendre en charge' }).click();
  await says(lea, 'Je regarde.');
  await heard('Je regarde.');
  await lea
    .getByLabel('Image à joindre')
    .setInputFiles({ name: 'etiquette.png', mimeType: 'image/png', buffer: png(40, 30) });
  await lea.getByText('etiquette.png').waitFor();
  await picture(lea, 'attach');
  await accessible(lea);
  await lea.getByRole('button', { name: 'Envoyer' }).click();
  await customer.getByRole('log').getByRole('link').last().waitFor();
  await lea.close();
  // As if 45 seconds had passed without a sign of the page.
  const longAgo = new Date(Date.parse('2026-03-18T13:30:00Z') - 60_000);
  await server.store.desk.setPresence('lea', 'online', longAgo);
  await heard(/Votre conseiller a dû s’absenter.*1er dans la file/);
  const marc = await agentSignsIn('marc');
  await marc.getByRole('link', { name: /attend en direct/ }).click();
  await reads(marc, 'Je regarde.');
  await marc.getByRole('button', { name: 'Prendre en charge' }).click();
  await heard(/Marc prend le relais/);
});

test('the day ends in the middle: a talk goes on, who still waits is told when their ticket is treated', async () => {
  await server.stop();
  await start({ GUICHET_NOW: '2026-03-18T17:59:48+01:00' });
  const agent = await agentSignsIn('lea');
  await waitsInQueue();
  await heard(/Le support ferme dans quelques minutes/);
  await heard(/vient de fermer.*jeudi 19 mars à 9\sh/);
  await types('parler à un humain');
  // No talk is offered to a closed desk, whoever sits at it.
  await heard(/Demande d’un conseiller|je transmets à un conseiller/i);
  expect(await customer.getByRole('button', { name: 'Discuter maintenant' }).count()).toBe(1);
  await agent.getByText('Support fermé').waitFor();
  await agent.getByText('hors horaires').waitFor({ state: 'detached' });
});

test('closed with what was settled: the customer reads it, rates it once, and the bot is back', async () => {
  const agent = await agentSignsIn('lea');
  await waitsInQueue();
  await agent.getByRole('link', { name: /Problème de livraison/ }).click();
  await agent
    .getByRole('combobox', { name: 'Insérer une réponse type' })
    .selectOption({ label: 'Enquête ouverte' });
  await agent.keyboard.press('Control+Enter');
  await heard(/Elle prend généralement entre 5 et 10/);
  await agent.getByRole('button', { name: 'Clore' }).click();
  await agent
    .getByLabel('Ce qui a été réglé (le client le lira)')
    .fill('Enquête ouverte auprès du transporteur.');
  await agent.getByRole('button', { name: 'Clore le ticket' }).click();
  await heard(/Ce qui a été convenu\s: Enquête ouverte auprès du transporteur/);
  await customer.getByRole('button', { name: '5', exact: true }).click();
  await heard(/Un mot à ajouter/);
  await customer.getByRole('button', { name: 'Passer' }).last().click();
  await heard('Pas de souci.');
  await types('menu');
  await heard(/Voici les sujets/);
  await agent.getByRole('button', { name: 'Rouvrir' }).waitFor();
  await agent.getByText('Ce ticket est clos.').waitFor();
});

test('a conversation by keyboard alone, from the sign-in to the answer', async () => {
  const page = await newPage();
  await page.goto(`${server.url}/console`);
  await page.locator('input[type=email]:focus').waitFor();
  await page.keyboard.type('lea@boutique.fr');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText(`au guichet\u00a0:`).waitFor();
  await waitsInQueue();
  const row = page.getByRole('link', { name: /attend en direct/ });
  await row.waitFor();
  for (let presses = 0; presses < 20; presses += 1) {
    if (await row.evaluate((link) => link === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Prendre en charge' }).waitFor();
  await page.keyboard.press('Alt+p');
  await heard(/Léa prend le relais/);
  await page.keyboard.press('Alt+r');
  await page.keyboard.type('Bonjour !');
  await page.keyboard.press('Control+Enter');
  await heard('Bonjour !');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Tickets' }).waitFor();
});
