import { AxeBuilder } from '@axe-core/playwright';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { TestServer } from '../server.ts';
import { launchBrowser } from './browser.ts';

jest.setTimeout(60_000);

const ELSEWHERE = 'https://shop.example';
const SENT = '**/v3/directline/conversations/*/activities';
const TOKEN = '**/widget/token';

let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start({ ALLOWED_ORIGINS: ELSEWHERE });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page = await context.newPage();
});
afterEach(() => context.close());

const launcher = (on = page): Locator => on.getByRole('button', { name: 'Ouvrir le chat du support' });
const field = (on = page): Locator => on.getByRole('textbox', { name: 'Votre message' });
const log = (on = page): Locator => on.getByRole('log', { name: 'Conversation' });

async function open(on = page): Promise<void> {
  await on.goto(server.url);
  await launcher(on).click();
  await log(on)
    .getByText(/assistant automatique/)
    .waitFor();
}

async function says(text: string, on = page): Promise<void> {
  await field(on).fill(text);
  await field(on).press('Enter');
}

/** The messages of the page's conversation, as they are in the database. */
async function storedTexts(): Promise<string[]> {
  const resume = await page.evaluate(() => localStorage.getItem('guichet-conversation'));
  const { conv } = JSON.parse(Buffer.from(resume!.split('.')[1]!, 'base64url').toString()) as {
    conv: string;
  };
  const stored = await server.store.activities(conv, 0);
  return stored.map(({ activity }) => activity.text ?? '');
}

/** How often the customer's words stand in the log, and in the database. */
async function occurrences(text: string): Promise<{ shown: number; stored: number }> {
  return {
    shown: await log().getByText(text, { exact: true }).count(),
    stored: (await storedTexts()).filter((stored) => stored === text).length,
  };
}

/** Waits until what is read is as expected; fails with the difference after `patience` milliseconds. */
async function until<T>(read: () => Promise<T> | T, expected: T, patience = 10_000): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (isDeepStrictEqual(await read(), expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await read()).toEqual(expected);
}

/** What has the focus: the name of the element inside the widget, or undefined when the focus is on the page. */
function focused(): Promise<string | undefined> {
  return page.evaluate(() => {
    const active = document.activeElement?.shadowRoot?.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent ?? undefined;
  });
}

describe('before the click', () => {
  test('the page loads the launcher and nothing else, and nothing is stored', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) asked.push(new URL(request.url()).pathname);
    });
    await page.goto(server.url);
    await launcher().waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked.sort()).toEqual(['/', '/demo.css', '/widget/guichet.js']);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(await context.cookies()).toEqual([]);
  });

  test('the loader weighs at most 4 kB and everything together 45 kB, compressed', async () => {
    const weigh = async (path: string): Promise<number> =>
      gzipSync(Buffer.from(await (await fetch(`${server.url}${path}`)).arrayBuffer())).length;
    const loader = await weigh('/widget/guichet.js');
    const all = loader + (await weigh('/widget/panel.js'));
    process.stdout.write(`widget, gzip: loader ${loader} bytes, all ${all} bytes\n`);
    expect(loader).toBeLessThanOrEqual(4 * 1024);
    expect(all).toBeLessThanOrEqual(45 * 1024);
  });

  test('a panel that cannot be loaded is said beside the launcher, and the next click tries again', async () => {
    await page.route('**/widget/panel.js', (route) => route.abort());
    await page.goto(server.url);
    await launcher().click();
    await page.getByText(/Le chat n’a pas pu s’ouvrir/).waitFor();
    await page.unroute('**/widget/panel.js');
    await launcher().click();
    await log()
      .getByText(/assistant automatique/)
      .waitFor();
    expect(await page.getByText(/Le chat n’a pas pu s’ouvrir/).count()).toBe(0);
  });
});

describe('keyboard and assistive tools', () => {
  test('everything can be done by keyboard, and Escape gives the focus back to the launcher', async () => {
    await page.goto(server.url);
    await launcher().focus();
    await page.keyboard.press('Enter');
    await log()
      .getByText(/assistant automatique/)
      .waitFor();
    expect(await focused()).toBe('Votre message');
    await page.keyboard.type('mon colis');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('est perdu');
    expect(await field().inputValue()).toBe('mon colis\nest perdu');
    await page.keyboard.press('Enter');
    await log()
      .getByText(/numéro de commande/)
      .first()
      .waitFor();
    expect(await field().inputValue()).toBe('');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await focused()).toBe('Ouvrir le chat du support');
  });

  test('on a phone the panel is modal and keeps the focus; on a desktop it does neither', async () => {
    await open();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getAttribute('aria-modal')).toBe('false');
    await page.setViewportSize({ width: 390, height: 844 });
    await until(() => dialog.getAttribute('aria-modal'), 'true');
    const stops = new Set<string | undefined>();
    for (let i = 0; i < 20; i += 1) {
      await page.keyboard.press(i < 10 ? 'Tab' : 'Shift+Tab');
      stops.add(await focused());
    }
    expect(stops).not.toContain(undefined);
    expect(stops).not.toContain('Ouvrir le chat du support');
    expect(stops).toContain('Fermer le chat');
  });

  test('a choice that was used stays visible, and does nothing more', async () => {
    await open();
    await log().getByRole('button', { name: 'Colis' }).click();
    await log()
      .getByText(/numéro de commande/)
      .first()
      .waitFor();
    const choice = log().getByRole('button', { name: 'Colis' }).first();
    expect(await choice.getAttribute('aria-disabled')).toBe('true');
    await choice.click({ force: true });
    await page.waitForTimeout(500);
    expect((await occurrences('Colis')).stored).toBe(1);
  });

  test('what was said before a reload is not announced again', async () => {
    await open();
    const first = log()
      .locator('[aria-live=off]')
      .filter({ has: page.locator('.bubble') });
    expect(await first.count()).toBe(0);
    await page.reload();
    await log()
      .getByText(/assistant automatique/)
      .waitFor();
    expect(await first.count()).toBe(1);
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing to mend on the open panel, %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open();
      await says('mon colis est noté livré mais je n’ai rien reçu, commande 100245');
      await log()
        .getByText(/numéro de suivi/)
        .first()
        .waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)).toEqual(
        [],
      );
    },
  );
});

describe('the conversation', () => {
  test('continues after a reload and in another tab, and both tabs show everything', async () => {
    await open();
    await says('commande 100245, colis livré mais rien reçu');
    await log()
      .getByText(/numéro de suivi/)
      .first()
      .waitFor();
    await page.reload();
    await log().getByText('commande 100245, colis livré mais rien reçu').waitFor();

    const other = await context.newPage();
    await open(other);
    await log(other).getByText('commande 100245, colis livré mais rien reçu').waitFor();
    await says('6A12345678901', other);
    await log().getByText('6A12345678901', { exact: true }).waitFor();
    await log()
      .getByText(/demandé à vos voisins/)
      .waitFor();
    await until(() => log(other).innerText(), await log().innerText());
  });

  test('a message whose request failed is sent again, and stands there once', async () => {
    await open();
    let failures = 0;
    await page.route(SENT, (route) => {
      failures += 1;
      return failures <= 2 ? route.abort() : route.continue();
    });
    await says('je paie et rien ne se passe');
    await log().getByText('envoi…').waitFor();
    await until(() => log().getByText('envoi…').count(), 0, 15_000);
    expect(failures).toBe(3);
    expect(await occurrences('je paie et rien ne se passe')).toEqual({ shown: 1, stored: 1 });
  });

  test('a message that was stored while its answer was lost is answered once', async () => {
    await open();
    let posts = 0;
    await page.route(SENT, async (route) => {
      posts += 1;
      if (posts > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await says('le site est lent');
    await until(() => posts, 2, 15_000);
    await page.waitForTimeout(500);
    expect(await occurrences('le site est lent')).toEqual({ shown: 1, stored: 1 });
  });

  test('a message that cannot be sent says so and keeps its text; sent again it stands there once', async () => {
    await open();
    await page.route(SENT, (route) => route.fulfill({ status: 503 }));
    await says('mon écran est coupé');
    const again = log().getByRole('button', { name: 'non envoyé – réessayer' });
    await again.waitFor({ timeout: 25_000 });
    expect(await page.getByRole('dialog').getByRole('status').innerText()).toBe(
      'Un message n’a pas été envoyé.',
    );
    expect(await occurrences('mon écran est coupé')).toEqual({ shown: 1, stored: 0 });
    await page.unroute(SENT);
    await again.click();
    await until(() => again.count(), 0);
    await until(() => occurrences('mon écran est coupé'), { shown: 1, stored: 1 });
  });

  test('a message written before the token came goes to the one conversation that begins', async () => {
    let tokens = 0;
    await page.route(TOKEN, async (route) => {
      tokens += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await page.goto(server.url);
    await launcher().click();
    await says('je suis pressé');
    await until(() => log().getByText('envoi…').count(), 0, 15_000);
    expect(await occurrences('je suis pressé')).toEqual({ shown: 1, stored: 1 });
    expect(tokens).toBe(1);
  });

  test('a kept conversation that the server refuses gives way to a new one', async () => {
    await open();
    await page.evaluate(() => localStorage.setItem('guichet-conversation', 'not-a-token'));
    await page.reload();
    await log()
      .getByText(/assistant automatique/)
      .waitFor();
    expect(await page.evaluate(() => localStorage.getItem('guichet-conversation'))).not.toBe('not-a-token');
  });

  test('a page of another origin can read that its conversation was refused', async () => {
    const { status, headers } = await server.ask(
      'POST',
      '/widget/token',
      undefined,
      { resume: 'not-a-token' },
      { Origin: ELSEWHERE },
    );
    expect(status).toBe(401);
    expect(headers.get('access-control-allow-origin')).toBe(ELSEWHERE);
  });

  test('what a customer writes is text, whatever it looks like', async () => {
    await open();
    await says('<img src=x onerror="document.title=1"> https://exemple.fr');
    await log().getByText('<img src=x').waitFor();
    expect(await log().locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Boutique Exemple');
  });
});

describe('the link', () => {
  test('one that went silent is noticed and replaced, and nothing is missing or said twice', async () => {
    let sockets = 0;
    let silent = false;
    await page.routeWebSocket(/\/stream/, (socket) => {
      sockets += 1;
      const upstream = socket.connectToServer();
      const first = sockets === 1;
      upstream.onMessage((data) => {
        if (!(first && silent)) socket.send(data);
      });
    });
    await open();
    silent = true;
    await says('ma carte est refusée');
    await until(() => sockets, 2, 35_000);
    await log()
      .getByText(/banque/)
      .first()
      .waitFor();
    expect(await occurrences('ma carte est refusée')).toEqual({ shown: 1, stored: 1 });
    expect(await log().locator('.bubble').count()).toBe((await storedTexts()).length);
  });

  test('a restart of the server is told, and the conversation goes on', async () => {
    await open();
    const state = page.getByRole('dialog').getByRole('status');
    const lost = page.getByText('Connexion perdue, nouvel essai…').waitFor();
    await server.restart();
    await lost;
    await until(() => state.innerText(), '', 20_000);
    await says('mon colis est perdu');
    await log()
      .getByText(/numéro de commande/)
      .first()
      .waitFor();
  });

  test('a network without WebSocket is served by plain requests', async () => {
    await page.addInitScript(() => {
      class Blocked extends EventTarget {
        onclose: (() => void) | undefined;
        constructor() {
          super();
          setTimeout(() => this.onclose?.());
        }
        close(): void {}
      }
      Object.assign(window, { WebSocket: Blocked });
    });
    await open();
    await says('mon colis est perdu');
    await log()
      .getByText(/numéro de commande/)
      .first()
      .waitFor();
    expect((await occurrences('mon colis est perdu')).shown).toBe(1);
  });

  test('storage that the browser forbids takes nothing but the memory over pages', async () => {
    await page.addInitScript(() => {
      for (const area of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, area, {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }
    });
    await open();
  });
});

describe('for the shop', () => {
  /** The demo page, its tag with other attributes. */
  async function tagged(attributes: string): Promise<void> {
    await page.route(`${server.url}/`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('async></script>', `async ${attributes}></script>`);
      await route.fulfill({ response, body });
    });
  }

  test('commands queued before the script came are run, and listeners hear of opening, answers and closing', async () => {
    await page.addInitScript(() => {
      const heard: string[] = [];
      const q = (['open', 'message', 'close'] as const).map((event) => [
        'on',
        event,
        () => heard.push(event),
      ]);
      const guichet = Object.assign(() => undefined, { q: [...q, ['open']] });
      Object.assign(window, { guichet, heard });
    });
    await page.goto(server.url);
    await log()
      .getByText(/assistant automatique/)
      .waitFor();
    await page.evaluate(() => (window as unknown as { guichet(command: string): void }).guichet('close'));
    await until(() => page.evaluate('heard'), ['open', 'message', 'close']);
  });

  test('any brand colour is readable, and the greeting stands above the conversation', async () => {
    await tagged('data-color="#ffd23f" data-position="left" data-greeting="Bienvenue chez nous"');
    await open();
    await says('bonjour');
    await until(() => log().getByText('envoi…').count(), 0);
    expect(await log().locator('p').first().innerText()).toBe('Bienvenue chez nous');
    expect((await page.getByRole('dialog').boundingBox())!.x).toBeLessThan(100);
    const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
    expect(violations).toEqual([]);
  });

  test('an answer that comes while the panel is closed is counted on the launcher', async () => {
    await open();
    const other = await context.newPage();
    await open(other);
    await page.getByRole('button', { name: 'Fermer le chat', exact: true }).click();
    await says('mon colis est perdu', other);
    await page
      .getByRole('button', { name: 'Ouvrir le chat du support, 1 message non lu', exact: true })
      .click();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Ouvrir le chat du support');
  });

  test('who reads further up is told of a new message, and not moved', async () => {
    await open();
    await says('mon colis est noté livré mais je n’ai rien reçu, commande 100245');
    await log()
      .getByText(/numéro de suivi/)
      .first()
      .waitFor();
    const other = await context.newPage();
    await open(other);
    await page.bringToFront();
    await log().evaluate((element) => element.scrollTo({ top: 0 }));
    await page.waitForTimeout(200);
    await says('pourquoi ?', other);
    const pill = page.getByRole('button', { name: 'Nouveau message' });
    await pill.waitFor();
    expect(await log().evaluate((element) => element.scrollTop)).toBe(0);
    await pill.click();
    expect(await pill.count()).toBe(0);
  });

  test('the page keeps its strict Content-Security-Policy unbroken', async () => {
    const broken: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) broken.push(message.text());
    });
    await open();
    await says('mon colis est perdu');
    await log()
      .getByText(/numéro de commande/)
      .first()
      .waitFor();
    expect(broken).toEqual([]);
  });
});
