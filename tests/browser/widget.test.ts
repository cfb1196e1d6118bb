import { gzipSync } from 'node:zlib';
import { until } from './widgetPage.ts';
import { context, page, server, stage, widget } from './widgetStage.ts';

stage();

describe('before the click', () => {
  test('the page loads the launcher and nothing else, and nothing is stored', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) asked.push(new URL(request.url()).pathname);
    });
    await page.goto(server.url);
    await widget.launcher.waitFor();
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
    await widget.launcher.click();
    await page.getByText(/Le chat n’a pas pu s’ouvrir/).waitFor();
    await page.unroute('**/widget/panel.js');
    await widget.launcher.click();
    await widget.hears(/assistant automatique/);
    expect(await page.getByText(/Le chat n’a pas pu s’ouvrir/).count()).toBe(0);
  });
});

describe('by keyboard alone', () => {
  /** Presses Tab until the focus is on what bears the name. */
  async function tabTo(name: string, key = 'Tab'): Promise<void> {
    for (let steps = 0; (await widget.focused()) !== name; steps += 1) {
      if (steps > 40) throw new Error(`Tab does not reach « ${name} ».`);
      await page.keyboard.press(key);
    }
  }

  test('a customer opens, writes lines, sends, chooses an answer and closes; the focus is never lost', async () => {
    await page.goto(server.url);
    await widget.launcher.focus();
    await page.keyboard.press('Enter');
    await widget.hears(/assistant automatique/);
    expect(await widget.focused()).toBe('Votre message');
    await page.keyboard.type('mon colis');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('est perdu');
    expect(await widget.field.inputValue()).toBe('mon colis\nest perdu');
    await page.keyboard.press('Enter');
    await widget.hears(/numéro de commande/);
    expect(await widget.field.inputValue()).toBe('');
    await tabTo('C’est réglé', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await widget.hears(/content que ce soit réglé/);
    expect(await widget.focused()).toBe('Votre message');
    await page.keyboard.press('Escape');
    expect(await widget.panel.count()).toBe(0);
    expect(await widget.focused()).toBe('Ouvrir le chat du support');
  });

  test('the menu opens and closes at Escape, and a question of the panel keeps the focus until it is answered', async () => {
    await widget.open();
    await tabTo('Options de la conversation', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await widget.panel.isVisible()).toBe(true);
    expect(await widget.focused()).toBe('Options de la conversation');
    await page.keyboard.press('Enter');
    await tabTo('Supprimer mes données');
    await page.keyboard.press('Enter');
    const stops = new Set<string | undefined>();
    for (let i = 0; i < 6; i += 1) {
      stops.add(await widget.focused());
      await page.keyboard.press(i < 3 ? 'Tab' : 'Shift+Tab');
    }
    expect([...stops].sort()).toEqual(['Garder', 'Supprimer']);
    await page.keyboard.press('Escape');
    expect(await widget.focused()).toBe('Votre message');
  });

  test('a picture that was picked is taken back, and the focus stays in the panel', async () => {
    await widget.open();
    await widget.picks('écran.png');
    await tabTo('Retirer l’image écran.png', 'Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('list', { name: 'Images à envoyer' }).count()).toBe(0);
    expect(await widget.focused()).toBe('Votre message');
  });

  test('on a phone the panel is modal and keeps the focus; on a desktop it does neither', async () => {
    await widget.open();
    expect(await widget.panel.getAttribute('aria-modal')).toBe('false');
    await page.setViewportSize({ width: 390, height: 844 });
    await until(() => widget.panel.getAttribute('aria-modal'), 'true');
    const stops = new Set<string | undefined>();
    for (let i = 0; i < 28; i += 1) {
      await page.keyboard.press(i < 14 ? 'Tab' : 'Shift+Tab');
      stops.add(await widget.focused());
    }
    expect(stops).not.toContain(undefined);
    expect(stops).not.toContain('Ouvrir le chat du support');
    expect(stops).toContain('Fermer le chat');
  });
});

describe('for assistive tools', () => {
  test('each message is announced once, from its sending to its echo, and nothing else is', async () => {
    // Nothing is said before the listener stands.
    let listen = (): void => undefined;
    const listening = new Promise<void>((resolve) => (listen = resolve));
    await page.route('**/widget/token', async (route) => {
      await listening;
      await route.continue();
    });
    await page.goto(server.url);
    await widget.launcher.click();
    // What a screen reader speaks: what is added to the log, but for what is marked as not live.
    await widget.log.evaluate((log) => {
      const spoken: string[] = [];
      Object.assign(window, { spoken });
      const live = (node: Node): boolean => {
        const element = node instanceof Element ? node : node.parentElement;
        return !element?.closest('[aria-live=off], [aria-hidden=true]');
      };
      new MutationObserver((changes) => {
        for (const { addedNodes, type, target } of changes) {
          if (type === 'characterData' && live(target)) spoken.push(target.textContent ?? '');
          for (const node of addedNodes) {
            if (!live(node)) continue;
            const own = node.cloneNode(true) as Element;
            if (own instanceof Element) {
              for (const silent of own.querySelectorAll('[aria-live=off], [aria-hidden=true]'))
                silent.remove();
            }
            spoken.push(own.textContent ?? '');
          }
        }
      }).observe(log, { childList: true, subtree: true, characterData: true });
    });
    listen();
    await widget.hears(/assistant automatique/);
    await widget.asks('mon colis est perdu', /numéro de commande/);
    await widget.asks('commande 100245', /numéro de suivi/);
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    const times = (text: RegExp): number => spoken.filter((line) => text.test(line)).length;
    for (const text of [
      /^.*Assistant.*assistant automatique/s,
      /Vous.*mon colis est perdu/s,
      /Assistant.*numéro de commande/s,
      /Vous.*commande 100245$/s,
      /Assistant.*numéro de suivi/s,
    ]) {
      expect([text, times(text)]).toEqual([text, 1]);
    }
    expect(spoken.filter((line) => line.trim())).toHaveLength(5);
  });

  test('what was said before a reload is not announced again', async () => {
    await widget.open();
    const past = widget.log.locator('[aria-live=off]').filter({ has: page.locator('.bubble') });
    expect(await past.count()).toBe(0);
    await page.reload();
    await widget.hears(/assistant automatique/);
    expect(await past.count()).toBe(1);
  });

  test('a choice that was used stays visible, and does nothing more', async () => {
    await widget.open();
    await widget.log.getByRole('button', { name: 'Colis' }).click();
    await widget.hears(/numéro de commande/);
    const choice = widget.log.getByRole('button', { name: 'Colis' }).first();
    expect(await choice.getAttribute('aria-disabled')).toBe('true');
    await choice.click({ force: true });
    await widget.asks('commande 100245', /numéro de suivi/);
    expect((await widget.occurrences('Colis')).stored).toBe(1);
  });

  test('who reads further up is told of a new message, and not moved', async () => {
    await widget.open();
    await widget.asks('mon colis est noté livré mais je n’ai rien reçu, commande 100245', /numéro de suivi/);
    await widget.log.evaluate((element) => element.scrollTo({ top: 0 }));
    await until(() => widget.log.evaluate((element) => element.scrollTop), 0);
    await widget.saysElsewhere('pourquoi ?');
    const pill = page.getByRole('button', { name: 'Nouveau message' });
    await pill.waitFor();
    expect(await widget.log.evaluate((element) => element.scrollTop)).toBe(0);
    await pill.click();
    expect(await pill.count()).toBe(0);
  });
});
