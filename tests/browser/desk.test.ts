import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { hashPassword } from '../../adapters/console/agents.ts';
import { TestServer } from '../server.ts';
import { launchBrowser } from './browser.ts';

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
beforeEach(async () => {
  contexts = [];
  server = await TestServer.start();
  const passwordHash = await hashPassword(PASSWORD);
  for (const name of ['Léa', 'Marc']) {
    const id = name === 'Léa' ? 'lea' : 'marc';
    await server.store.addAgent({ id, name, email: `${id}@boutique.fr`, passwordHash, role: 'agent' });
  }
});
afterEach(async () => {
  for (const context of contexts) await context.close();
  await server.stop();
});

async function newPage(width = 1280, height = 860): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height } });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

/** SCREENSHOTS=folder keeps pictures of the way, for people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

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

  await agent.getByLabel('Votre réponse').pressSequentially('Bon', { delay: 5 });
  await says(agent, 'Bonjour, je regarde votre colis.');
  await heard('Bonjour, je regarde votre colis.');
  await types('merci, il est parti lundi');
  await reads(agent, 'merci, il est parti lundi');

  await agent.getByRole('radio', { name: 'Note interne' }).check();
  await agent.getByLabel('Votre note interne').fill('transporteur déjà relancé');
  await agent.getByRole('button', { name: 'Ajouter la note' }).click();
  await reads(agent, 'transporteur déjà relancé');
  await agent.getByRole('radio', { name: 'Répondre au client' }).check();
  await says(agent, 'Nous ouvrons une enquête.');
  await heard('Nous ouvrons une enquête.');
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
  const { id } = (await server.store.desk.allLive())[0]!;
  expect(id).toBeTruthy();
  expect(await customer.content()).not.toContain('transporteur déjà relancé');
});
