import { picture } from './browser.ts';
import { until, WidgetPage } from './widgetPage.ts';
import { context, page, server, stage, widget } from './widgetStage.ts';

const SENT = '**/v3/directline/conversations/*/activities';
const TOKEN = '**/widget/token';

stage();

const onItsWay = (): Promise<number> => widget.log.getByText('envoi…').count();
const again = () => widget.log.getByRole('button', { name: /réessayer/ });

describe('what is sent', () => {
  test('is sent again when its request failed, and stands there once', async () => {
    await widget.open();
    let failures = 0;
    await page.route(SENT, (route) => {
      failures += 1;
      return failures <= 2 ? route.abort() : route.continue();
    });
    await widget.says('je paie et rien ne se passe');
    await widget.log.getByText('envoi…').waitFor();
    await until(onItsWay, 0, 15_000);
    expect(failures).toBe(3);
    expect(await widget.occurrences('je paie et rien ne se passe')).toEqual({ shown: 1, stored: 1 });
  });

  test('is answered once when it was stored while its answer was lost', async () => {
    await widget.open();
    let posts = 0;
    await page.route(SENT, async (route) => {
      posts += 1;
      if (posts > 1) return route.continue();
      await route.fetch();
      await route.fulfill({ status: 502 });
    });
    await widget.asks('le site est lent', /connexion/);
    await until(() => posts, 2, 15_000);
    expect(await widget.occurrences('le site est lent')).toEqual({ shown: 1, stored: 1 });
  });

  test('says so when it cannot be sent, keeps its text over a reload, and sent again stands there once', async () => {
    await widget.open();
    await page.route(SENT, (route) => route.fulfill({ status: 413 }));
    await widget.says('mon écran est coupé');
    await again().waitFor();
    await until(() => widget.state.innerText(), 'Un message n’a pas été envoyé.');
    await page.reload();
    await again().waitFor();
    expect(await widget.occurrences('mon écran est coupé')).toEqual({ shown: 1, stored: 0 });
    await page.unroute(SENT);
    await again().click();
    await until(() => again().count(), 0);
    await until(() => widget.occurrences('mon écran est coupé'), { shown: 1, stored: 1 });
    expect(await widget.focused()).toBe('Votre message');
  });

  test('is given up after a while without an answer, in words', async () => {
    await page.clock.install();
    await widget.open();
    await page.route(SENT, (route) => route.fulfill({ status: 503 }));
    await widget.says('mon écran est coupé');
    await widget.log.getByText('envoi…').waitFor();
    await until(async () => {
      await page.clock.runFor(5_000);
      return again().count();
    }, 1);
    expect(await again().innerText()).toBe('non envoyé – réessayer');
  });

  test('waits as long as a busy server asks for', async () => {
    await widget.open();
    let posts = 0;
    await page.route(SENT, (route) => {
      posts += 1;
      return posts === 1 ? route.fulfill({ status: 429, headers: { 'Retry-After': '1' } }) : route.continue();
    });
    const before = Date.now();
    await widget.asks('mon colis est perdu', /numéro de commande/);
    expect(Date.now() - before).toBeGreaterThan(1_000);
    expect(await widget.occurrences('mon colis est perdu')).toEqual({ shown: 1, stored: 1 });
  });

  test('before the token came goes to the one conversation that begins', async () => {
    let tokens = 0;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(TOKEN, async (route) => {
      tokens += 1;
      await held;
      await route.continue();
    });
    await page.goto(server.url);
    await widget.launcher.click();
    await widget.says('je suis pressé');
    await widget.log.getByText('envoi…').waitFor();
    release();
    await until(onItsWay, 0, 15_000);
    expect(await widget.occurrences('je suis pressé')).toEqual({ shown: 1, stored: 1 });
    expect(tokens).toBe(1);
  });

  test('is text, whatever it looks like; only https and e-mail addresses of the assistant become links', async () => {
    await widget.open();
    await widget.says('<img src=x onerror="document.title=1"> javascript:alert(1)');
    await widget.log.getByText('<img src=x').waitFor();
    expect(await widget.log.locator('img').count()).toBe(0);
    expect(await widget.log.locator('a').count()).toBe(0);
    expect(await page.title()).toBe('Boutique Exemple');
  });

  test('what is typed and not sent is there again after a reload', async () => {
    await widget.open();
    await widget.field.fill('mon colis est');
    await page.reload();
    await widget.hears(/assistant automatique/);
    expect(await widget.field.inputValue()).toBe('mon colis est');
  });
});

describe('tabs and pages', () => {
  test('a conversation continues after a reload and in another tab, and both tabs show everything', async () => {
    await widget.open();
    await widget.asks('commande 100245, colis livré mais rien reçu', /numéro de suivi/);
    await page.reload();
    await widget.log.getByText('commande 100245, colis livré mais rien reçu').waitFor();

    const other = await WidgetPage.in(context, server);
    await other.open();
    await other.log.getByText('commande 100245, colis livré mais rien reçu').waitFor();
    await other.says('6A12345678901');
    await widget.log.getByText('6A12345678901', { exact: true }).waitFor();
    await widget.hears(/demandé à vos voisins/);
    await until(() => other.log.innerText(), await widget.log.innerText());
  });

  test('an answer to a closed panel is counted on the launcher, on the next page too, until one tab reads it', async () => {
    await widget.open();
    await page.keyboard.press('Escape');
    await widget.saysElsewhere('mon colis est perdu');
    const unread = 'Ouvrir le chat du support, 1 message non lu';
    await page.getByRole('button', { name: unread, exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: unread, exact: true }).waitFor();
    const other = await WidgetPage.in(context, server);
    await other.page.goto(server.url);
    await other.page.getByRole('button', { name: unread, exact: true }).click();
    await other.hears(/numéro de commande/);
    await page.getByRole('button', { name: 'Ouvrir le chat du support', exact: true }).waitFor();
  });

  test('« supprimer mes données » asks first, erases at the server, and leaves nothing in any tab', async () => {
    await widget.open();
    await widget.asks('mon colis est perdu', /numéro de commande/);
    const other = await WidgetPage.in(context, server);
    await other.open();
    await other.field.fill('commencé ailleurs');
    await page.bringToFront();
    const { id } = await widget.grant();
    await widget.button('Options de la conversation');
    await widget.button('Supprimer mes données');
    await widget.button('Supprimer');
    await page.getByText('Votre conversation est supprimée.').waitFor();
    expect(await server.store.conversation(id)).toBeUndefined();
    expect(await server.store.activities(id)).toEqual([]);
    expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([]);
    await until(() => other.panel.count(), 0);
    expect(await other.page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([]);
    // Nothing begins by closing or leaving what is gone; the next opening begins anew.
    let tokens = 0;
    page.on('request', (request) => (tokens += request.url().endsWith('/widget/token') ? 1 : 0));
    await page.evaluate(() => {
      const { guichet } = window as unknown as { guichet: (command: string) => void };
      guichet('close');
      guichet('logout');
    });
    // Long enough for whatever would begin now to have asked.
    await page.evaluate(async () => {
      for (let i = 0; i < 5; i += 1) await new Promise(requestAnimationFrame);
      await fetch('/widget/status');
    });
    expect(tokens).toBe(0);
    await widget.launcher.click();
    await widget.hears(/assistant automatique/);
    expect(await widget.log.getByText('mon colis est perdu').count()).toBe(0);
  });

  test('an erasure that fails says so and keeps the conversation', async () => {
    await widget.open();
    await page.route('**/v3/directline/conversations/*', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    );
    await widget.button('Options de la conversation');
    await widget.button('Supprimer mes données');
    await widget.button('Supprimer');
    await page.getByText(/La suppression n’a pas abouti/).waitFor();
    await widget.button('Garder');
    await widget.asks('mon colis est perdu', /numéro de commande/);
  });

  test('the conversation can be taken along as text', async () => {
    await widget.open();
    await widget.asks('mon colis est perdu', /numéro de commande/);
    await widget.button('Options de la conversation');
    const download = page.waitForEvent('download');
    await widget.button('Télécharger la conversation');
    const file = await download;
    expect(file.suggestedFilename()).toBe('conversation-support.txt');
    const chunks = await (await file.createReadStream()).toArray();
    const text = Buffer.concat(chunks as Buffer[]).toString('utf8');
    expect(text).toMatch(/– Assistant\r\n.*assistant automatique.*– Vous\r\nmon colis est perdu/s);
  });

  test('the conversation is printed, and nothing of the page around it; then the page is as before', async () => {
    await page.addInitScript(() => Object.assign(window, { print: () => (document.title += ' (printed)') }));
    await widget.open();
    await widget.asks('mon colis est perdu', /numéro de commande/);
    await widget.button('Options de la conversation');
    await widget.button('Imprimer la conversation');
    await until(() => page.title(), 'Boutique Exemple (printed)');
    const printed = page.getByRole('heading', { name: /Conversation avec le support de la boutique/ });
    expect(await printed.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    await printed.waitFor();
    await page.getByRole('heading', { name: /^Vous 18 mars 2026/ }).waitFor();
    await picture(page, 'printed');
    for (const elsewhere of [page.locator('main'), widget.panel, widget.launcher]) {
      expect(await elsewhere.isVisible()).toBe(false);
    }
    await page.emulateMedia({ media: null });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await until(() => printed.count(), 0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('main').isVisible()).toBe(true);
  });

  test('a kept conversation that the server refuses gives way to a new one', async () => {
    await widget.open();
    await page.evaluate(() => localStorage.setItem('guichet-conversation', 'not-a-token'));
    await page.reload();
    await widget.hears(/assistant automatique/);
    expect(await page.evaluate(() => localStorage.getItem('guichet-conversation'))).not.toBe('not-a-token');
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
    await widget.open();
    await widget.asks('mon colis est perdu', /numéro de commande/);
  });
});
