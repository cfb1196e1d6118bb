import type { Browser } from 'playwright-core';
import { TestServer } from '../server.ts';
import { axeFinds, launchBrowser, picture } from './browser.ts';
import { until, WidgetPage } from './widgetPage.ts';

jest.setTimeout(60_000);

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await TestServer.start({ SHOP_NAME: 'Boutique Exemple' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** Two are enough for the rules; SCREENSHOTS=folder makes pictures of all four, for people to look at. */
const looks = [
  { name: 'desktop-light', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
  { name: 'desktop-dark', viewport: DESKTOP, colorScheme: 'dark' },
  { name: 'phone-light', viewport: PHONE, colorScheme: 'light' },
] as const;

/** As a customer takes one: the shop's page without the chat. */
async function screenshot({ page, server: { url } }: WidgetPage): Promise<Buffer> {
  const shop = await page.context().newPage();
  await shop.setViewportSize({ width: 900, height: 600 });
  await shop.goto(url);
  const picture = await shop.screenshot();
  await shop.close();
  return picture;
}

/** Each state, and the way to it from the one before. */
const states: Record<string, (widget: WidgetPage) => Promise<void>> = {
  welcome: (widget) => widget.open(),
  menu: (widget) => widget.button('Options de la conversation'),
  erase: (widget) => widget.button('Supprimer mes données'),
  offer: async (widget) => {
    await widget.button('Garder');
    await widget.asks('un bouton est invisible sur la page', /Sur quelle page/);
    await widget.page.getByText('Indiquer cette page et mon navigateur').waitFor();
  },
  'picture-waits': async (widget) => {
    const picker = widget.page.locator('input[type=file]');
    await picker.setInputFiles([
      { name: 'boutique.png', mimeType: 'image/png', buffer: await screenshot(widget) },
      { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
    ]);
    await widget.page.getByText(/notes.pdf.*n’est pas une image/).waitFor();
  },
  'picture-sent': async (widget) => {
    await widget.says('voici ce que je vois');
    await widget.hears(/bien reçu votre image/);
  },
  recap: async (widget) => {
    await widget.says('recommencer');
    await widget.hears('Repartons du début');
    await widget.asks('mon colis est noté livré mais je n’ai rien reçu, commande 100245', /numéro de suivi/);
    await widget.asks('6A12345678901', /demandé à vos voisins/);
    await widget.asks('oui', /Décrivez la situation/);
    await widget.asks('Le suivi dit déposé en boîte hier, la boîte est vide.', /adresse e-mail/);
    await widget.asks('luc.bernard@exemple.fr', 'Récapitulatif');
  },
  failed: async (widget) => {
    await widget.page.route('**/activities', (route) => route.fulfill({ status: 413 }));
    await widget.says('Envoyer');
    await widget.log.getByRole('button', { name: /réessayer/ }).waitFor();
  },
  offline: async (widget) => {
    await widget.page.unroute('**/activities');
    await widget.page.context().setOffline(true);
    await widget.panel.getByText(/Hors ligne/).waitFor();
  },
  unread: async (widget) => {
    await widget.page.context().setOffline(false);
    await until(() => widget.panel.getByText(/Hors ligne/).count(), 0);
    await widget.page.keyboard.press('Escape');
    await widget.saysElsewhere('annuler');
    await widget.page.getByRole('button', { name: /1 message non lu/ }).waitFor();
  },
};

test.each(process.env['SCREENSHOTS'] === undefined ? looks.slice(0, 2) : looks)(
  'axe finds nothing to mend in any state, $name',
  async ({ name, viewport, colorScheme }) => {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Paris',
    });
    const widget = await WidgetPage.in(context, server);
    const found: string[] = [];
    for (const [state, reach] of Object.entries(states)) {
      await reach(widget);
      await picture(widget.page, `${name}-${state}`);
      found.push(...(await axeFinds(widget.page)).map((line) => `${state}: ${line}`));
    }
    expect(found).toEqual([]);
    await context.close();
  },
);

test.each([
  ['320 pixels wide', { width: 320, height: 568 }, 2],
  ['a desktop at 200 %', { width: 640, height: 400 }, 2],
  ['a phone on its side', { width: 844, height: 390 }, 1],
])('nothing is cut off or scrolls sideways: %s', async (name, viewport, deviceScaleFactor) => {
  const context = await browser.newContext({ viewport, deviceScaleFactor, reducedMotion: 'reduce' });
  const widget = await WidgetPage.in(context, server);
  await widget.open();
  await widget.asks('mon colis est noté livré mais je n’ai rien reçu, commande 100245', /numéro de suivi/);
  await widget.says(
    'https://boutique.example/une/adresse/tres/longue/qui/ne/se/coupe/nulle/part?id=1234567890',
  );
  await picture(widget.page, name.replaceAll(' ', '-'));
  const box = (await widget.panel.boundingBox())!;
  expect(box).toEqual({ x: 0, y: 0, ...viewport });
  expect(await widget.log.evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0);
  const send = (await widget.page.getByRole('button', { name: 'Envoyer le message' }).boundingBox())!;
  expect(send.y + send.height).toBeLessThanOrEqual(viewport.height);
  // Room to read is left beside all that stands around the log.
  expect((await widget.log.boundingBox())!.height).toBeGreaterThan(120);
  await context.close();
});

test('nothing moves for whoever asked for reduced motion', async () => {
  for (const [reducedMotion, moving] of [
    ['reduce', false],
    ['no-preference', true],
  ] as const) {
    const context = await browser.newContext({ viewport: DESKTOP, reducedMotion });
    const widget = await WidgetPage.in(context, server);
    await widget.page.goto(server.url);
    await widget.launcher.click();
    await widget.panel.waitFor();
    const moves = await widget.panel.evaluate((panel) =>
      [panel, ...panel.querySelectorAll('*')].some(
        (element) => getComputedStyle(element).animationName !== 'none',
      ),
    );
    expect(moves).toBe(moving);
    await context.close();
  }
});
