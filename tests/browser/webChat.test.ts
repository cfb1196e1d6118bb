import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { png } from '../pictures.ts';
import { SECRET, TestServer } from '../server.ts';
import { launchBrowser } from './browser.ts';
import { webChatBundle } from './webChatBundle.ts';

jest.setTimeout(90_000);

const bundle = webChatBundle();
if ('missing' in bundle)
  process.stdout.write(`The tests with the official Web Chat are skipped: ${bundle.missing}.\n`);
const withBundle = 'missing' in bundle ? test.skip : test;

let site: Server;
let server: TestServer;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  if ('missing' in bundle) return;
  const script = readFileSync(bundle.path);
  site = createServer((request, response) => {
    const isScript = request.url === '/webchat.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const shop = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  server = await TestServer.start({ ALLOWED_ORIGINS: shop });
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 500, height: 800 } });
  page.setDefaultTimeout(20_000);
  const { body } = await server.ask('POST', '/v3/directline/tokens/generate', SECRET, {
    user: { id: 'dl_luc' },
  });
  await page.addInitScript((given) => Object.assign(window, given), {
    token: body['token'],
    conversationId: body['conversationId'],
    domain: `${server.url}/v3/directline`,
  });
  await page.goto(shop);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  site?.closeAllConnections();
  site?.close();
});

/** As a shop would write it; on a reload the conversation is named, so that its past is shown. */
const PAGE = `<!doctype html><html lang="fr"><body><div id="chat" style="height: 780px"></div>
<script src="/webchat.js"></script>
<script>
  const again = sessionStorage.getItem('begun') ? { conversationId } : {};
  sessionStorage.setItem('begun', '1');
  WebChat.renderWebChat(
    { directLine: WebChat.createDirectLine({ token, domain, ...again }), locale: 'fr-FR', userID: 'dl_luc' },
    document.getElementById('chat'),
  );
</script></body></html>`;

const transcript = () => page.getByRole('feed').or(page.locator('.webchat__basic-transcript')).first();
const hears = (text: string | RegExp): Promise<void> => transcript().getByText(text).last().waitFor();
async function says(text: string): Promise<void> {
  const field = page.locator('[data-id="webchat-sendbox-input"]');
  await field.fill(text);
  await field.press('Enter');
}
/** The conversation as it is stored: who said what. */
async function stored(): Promise<string[]> {
  const id = await page.evaluate('conversationId');
  return (await server.store.activities(id as string)).map(
    ({ role, activity }) => `${role}: ${activity.text ?? ''}`,
  );
}

/** What is shown is what is stored; of a card's button Web Chat shows no message. */
async function expectWhole(): Promise<void> {
  const lines = (await stored()).filter((line) => line !== 'customer: Envoyer');
  expect(await page.locator('.webchat__basic-transcript__activity-body').count()).toBe(lines.length);
}

// One conversation, as a customer of a shop with Web Chat would have it; each rule goes on where the one before ended.
withBundle('Web Chat shows the welcome and its suggested actions, and a click on one speaks', async () => {
  await hears(/assistant automatique/);
  await page.locator('.webchat__suggested-action', { hasText: 'Colis' }).click();
  await hears(/numéro de commande/);
  expect((await stored())[1]).toBe('customer: Colis');
});

withBundle('a picture that is sent with Web Chat is kept and shown', async () => {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([{ name: 'écran.png', mimeType: 'image/png', buffer: png(320, 200) }]);
  // It makes a small picture of it first; what is sent before that goes without.
  await page.locator('.webchat__attachment-icon--checked').waitFor();
  await says('voici le suivi, commande 100245');
  await hears(/bien reçu votre image/);
  await page.waitForFunction(
    `[...document.images].some(({ src, naturalWidth }) => src.includes('/v3/directline/files/') && naturalWidth === 320)`,
  );
});

withBundle('a card’s button submits', async () => {
  for (const [text, answer] of [
    ['6A12345678901', /livré/],
    ['oui', /demandé à vos voisins/],
    ['oui', /Décrivez la situation/],
    ['Le suivi dit déposé en boîte hier, la boîte est vide.', /adresse e-mail/],
    ['luc.bernard@exemple.fr', /Récapitulatif/],
  ] as const) {
    await says(text);
    await hears(answer);
  }
  await page.locator('.ac-pushButton', { hasText: 'Envoyer' }).click();
  await hears(/SUP-[2-9A-Z]{6}/);
});

withBundle('a reload restores the conversation, once and in order', async () => {
  await page.reload();
  await hears(/assistant automatique/);
  await hears(/SUP-[2-9A-Z]{6}/);
  await expectWhole();
});

withBundle('after a restart of the server it comes back by itself, and repeats nothing', async () => {
  await server.restart();
  await page
    .getByText(/Connexion|réseau|connect/i)
    .first()
    .waitFor();
  for (let tries = 0; !(await stored()).includes('customer: menu'); tries += 1) {
    expect(tries).toBeLessThan(60);
    if (tries % 20 === 0) await says('menu');
    await page.waitForTimeout(500);
  }
  await hears(/Voici les sujets/);
  await expectWhole();
});
