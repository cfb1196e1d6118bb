import { AxeBuilder } from '@axe-core/playwright';
import { SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestServer } from '../server.ts';
import { picture } from './browser.ts';
import { until, WidgetPage } from './widgetPage.ts';
import { page, server, stage, widget } from './widgetStage.ts';

const IDENTITY_SECRET = 'identity-secret-of-the-tests';

/** The shop's own site, of another origin than the server, and the page that it serves everywhere. */
let site: Server;
let shop: string;
let served = { html: '', headers: {} as Record<string, string> };

stage(async () => {
  site = createServer((_request, response) => {
    response.setHeaders(new Map(Object.entries(served.headers)));
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(served.html);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  shop = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  return TestServer.start({ ALLOWED_ORIGINS: shop, IDENTITY_SECRET });
});
afterAll(() => {
  site?.closeAllConnections();
  site?.close();
});

function shopPage(body: string, headers: Record<string, string> = {}, head = '', attributes = ''): void {
  const script = `<script src="${server.url}/widget/guichet.js" async ${attributes}></script>`;
  const html = `<!doctype html><html lang="fr"><head><title>Boutique</title>${head}${script}</head><body>${body}</body></html>`;
  served = { html, headers };
}
const call = (...command: string[]): Promise<void> =>
  page.evaluate(
    (given) => (window as unknown as { guichet(...given: string[]): void }).guichet(...given),
    command,
  );
const vouch = (sub: string): Promise<string> =>
  new SignJWT({ sub, name: 'Luc Bernard' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(new Date('2027-01-01'))
    .sign(new TextEncoder().encode(IDENTITY_SECRET));

describe('the shop’s page drives it', () => {
  test('by commands, also queued before the script came; listeners hear of opening, answers and closing', async () => {
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
    await widget.hears(/assistant automatique/);
    await call('close');
    await until(() => page.evaluate('heard'), ['open', 'message', 'close']);
  });

  test('and says who is signed in: agents see it on what the customer says, and the next customer sees nothing', async () => {
    await page.goto(server.url);
    await widget.launcher.waitFor();
    await call('identify', await vouch('client-7'));
    await widget.launcher.click();
    await widget.hears(/assistant automatique/);
    await widget.asks('mon colis est perdu', /numéro de commande/);
    const { id } = await widget.grant();
    const stored = await server.store.activities(id);
    expect(stored.find(({ role }) => role === 'customer')!.activity).toMatchObject({
      from: { name: 'Luc Bernard' },
      channelData: { customer: { id: 'client-7' } },
    });

    await call('logout');
    await until(() => widget.panel.count(), 0);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await call('identify', await vouch('client-8'));
    await widget.launcher.click();
    await widget.hears(/assistant automatique/);
    expect((await widget.grant()).id).not.toBe(id);
    expect(await widget.log.getByText('mon colis est perdu').count()).toBe(0);
  });

  test('and a wrong word on who is signed in keeps nobody from the support', async () => {
    await page.goto(server.url);
    await widget.launcher.waitFor();
    await call('identify', 'not-a-token');
    await widget.launcher.click();
    await widget.hears(/assistant automatique/);
  });

  test('and its brand stands on it: any colour is readable; logo, greeting, side and privacy page', async () => {
    const logo = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')}`;
    shopPage(
      '<main>Boutique</main>',
      {},
      '',
      `data-color="#ffd23f" data-position="left" data-greeting="Bienvenue chez nous" data-logo="${logo}" data-privacy="https://boutique.example/vie-privee"`,
    );
    await widget.open(`${shop}/`);
    expect(await widget.log.locator('p').first().innerText()).toBe('Bienvenue chez nous');
    expect(await widget.panel.locator('.avatar img').getAttribute('src')).toBe(logo);
    expect((await widget.panel.boundingBox())!.x).toBeLessThan(100);
    await widget.log.getByRole('link', { name: 'Vos droits' }).waitFor();
    const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
    expect(violations).toEqual([]);
  });

  test.each([
    ['dark', 'light', 'rgb(20, 23, 31)'],
    ['light', 'dark', 'rgb(255, 255, 255)'],
  ] as const)(
    'and its theme, %s, stands before what the browser prefers, %s',
    async (theme, scheme, colour) => {
      await page.emulateMedia({ colorScheme: scheme });
      shopPage('<main>Boutique</main>', {}, '', `data-theme="${theme}"`);
      await widget.open(`${shop}/`);
      expect(await widget.panel.evaluate((panel) => getComputedStyle(panel).backgroundColor)).toBe(colour);
    },
  );

  test('and its form asks all at once: one message makes the ticket, without a WebSocket too', async () => {
    await page.addInitScript(() => Object.assign(window, { WebSocket: undefined }));
    shopPage('<main><h1>Boutique</h1></main>', {}, '', 'data-mode="form"');
    await page.goto(`${shop}/`);
    await widget.launcher.click();
    const submit = page.getByRole('button', { name: 'Envoyer ma demande' });
    await submit.click();
    await page.getByText(/Indiquez une adresse e-mail/).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    await page.getByLabel('Sujet').selectOption('Colis');
    await page.getByLabel('Votre adresse e-mail').fill('luc.bernard@exemple.fr');
    await page.getByLabel('Votre demande').fill('Rien reçu, commande 100245. Ma carte : 4111 1111 1111 1111');
    await widget.picks('écran.png');
    await submit.click();
    await widget.hears(/Votre demande porte la référence SUP-/);
    await widget.hears(/entre le mercredi 25 mars et le mercredi 1er avril/);
    const [ticket] = await server.store.ticketsOf((await widget.grant()).id);
    expect(ticket).toMatchObject({ intent: 'lost_parcel', customerEmail: 'luc.bernard@exemple.fr' });
    expect(ticket!.details).toContainEqual(
      expect.objectContaining({ name: 'orderNumber', value: '100245', source: 'spotted' }),
    );
    expect(JSON.stringify(ticket)).not.toContain('4111 1111');
    // What follows is a conversation.
    await widget.asks('annuler', /./);
  });

  test.each([
    ['2026-03-21T14:30:00+01:00', 'Réouverture lundi à 9\u00a0h'],
    ['2026-03-18T18:00:00+01:00', 'Réouverture demain à 9\u00a0h'],
    ['2026-03-18T08:59:00+01:00', 'Réouverture à 9\u00a0h'],
    ['2026-03-18T17:59:00+01:00', 'Ouvert jusqu’à 18\u00a0h'],
  ])('the state line at %s: %s, on one line at 320 pixels', async (at, line) => {
    const then = await TestServer.start({ GUICHET_NOW: at });
    await page.setViewportSize({ width: 320, height: 568 });
    await new WidgetPage(page, then).open();
    const state = widget.panel.getByText(line, { exact: true });
    await state.waitFor();
    expect((await state.boundingBox())!.height).toBeLessThan(24);
    await picture(page, `state-line-${at.slice(11, 13)}`);
    await then.stop();
  });
});

describe('on a page that does not wish it well', () => {
  /** What the customer sees, in numbers. */
  const look = (): Promise<unknown> =>
    page.evaluate(() => {
      const root = [...document.querySelectorAll('*')].find(({ shadowRoot }) => shadowRoot)!.shadowRoot!;
      return ['.launcher', '.panel', '.head', '.bubble', 'textarea', '.send', '.choices button'].map(
        (selector) => {
          const element = root.querySelector(selector)!;
          const { x, y, width, height } = element.getBoundingClientRect();
          const { color, fontSize, fontFamily, lineHeight, opacity, visibility } = getComputedStyle(element);
          return [
            selector,
            x,
            y,
            width,
            height,
            color,
            fontSize,
            fontFamily,
            lineHeight,
            opacity,
            visibility,
          ];
        },
      );
    });
  const HOSTILE = `<style>
    html { font-size: 40px !important; line-height: 4 !important; letter-spacing: 1em !important; }
    *, *::before, *::after { all: unset !important; margin: 40px !important; font: 700 40px/3 serif !important;
      color: red !important; visibility: hidden !important;
      position: static !important; box-sizing: content-box !important; text-transform: uppercase !important; }
    body * { opacity: 0.1 !important; transform: rotate(12deg) !important; }
    div, section, button, textarea { display: none !important; }
  </style>`;

  test('no style of the page changes anything of it', async () => {
    const arrive = async (head: string): Promise<unknown> => {
      shopPage('<p>Boutique</p>', {}, head);
      await page.goto(`${shop}/`);
      await page.evaluate(() => [localStorage, sessionStorage].forEach((area) => area.clear()));
      await page.reload();
      await page.waitForFunction('window.guichet');
      await call('open');
      await widget.hears(/assistant automatique/);
      return look();
    };
    const plain = await arrive('');
    expect(await arrive(HOSTILE)).toEqual(plain);
  });

  test('a strict Content-Security-Policy without inline styles or scripts, with Trusted Types, is kept unbroken', async () => {
    const { host } = new URL(server.url);
    const policy = [
      "default-src 'none'",
      `script-src ${server.url}`,
      "style-src 'self'",
      `connect-src ${server.url} ws://${host}`,
      "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    ].join('; ');
    shopPage('<p>Boutique</p>', { 'Content-Security-Policy': policy });
    const broken: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) broken.push(message.text());
    });
    await widget.open(`${shop}/`);
    await widget.picks('écran.png');
    await widget.asks('mon colis est perdu', /numéro de commande/);
    await widget.drawn(1);
    expect(broken).toEqual([]);
  });

  test('its shortcuts do not take the customer’s keys', async () => {
    shopPage('<p>Boutique</p>');
    await page.addInitScript(() => {
      addEventListener('keydown', (event) => event.preventDefault());
      document.addEventListener('keypress', (event) => event.preventDefault());
    });
    await widget.open(`${shop}/`);
    await widget.field.pressSequentially('s / ? colis');
    expect(await widget.field.inputValue()).toBe('s / ? colis');
  });

  test('a single-page application replaces its body, and the conversation stays; the page offered is the present one', async () => {
    shopPage('<main>Accueil</main>');
    await widget.open(`${shop}/`);
    await widget.field.fill('un bouton est invisible');
    await page.evaluate(() => {
      history.pushState({}, '', '/panier?etape=2#haut');
      const body = document.createElement('body');
      body.textContent = 'Panier';
      document.body.replaceWith(body);
    });
    await until(() => widget.panel.isVisible(), true);
    await page.evaluate(() => document.body.replaceChildren());
    await until(() => widget.panel.isVisible(), true);
    expect(await widget.field.inputValue()).toBe('un bouton est invisible');
    await widget.field.press('Enter');
    await widget.hears(/Sur quelle page/);
    await widget.page.getByRole('button', { name: /Indiquer cette page/ }).click();
    await widget.log.getByText(/127\.0\.0\.1:\d+\/panier\?etape=2, Chrome \d+/).waitFor();
  });
});
