import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openSession } from '../../adapters/console/agents.ts';
import { launchBrowser, picture, seeInside } from '../browser/browser.ts';
import { until } from '../browser/widgetPage.ts';
import { MailServer } from '../mailServer.ts';
import { png } from '../pictures.ts';
import { TestServer } from '../server.ts';
import { FORMULAS, HEADERS, naughtyMessages, PAYLOADS } from './payloads.ts';

/* Everything that a customer can fill in holds an attack; then everybody looks at it, with the policies of the pages and without. */

jest.setTimeout(180_000);
const IDENTITY_SECRET = 'identity-secret-of-the-tests';
const NAME = '"><img src=x onerror=pwned()>';
const LAST = 'voilà, c’est tout';

let server: TestServer;
let mail: MailServer;
let browser: Browser;
let resume: string;
let reference: string;
/** The customer's messages, as they are kept. */
let said: string[];
beforeAll(async () => {
  mail = await MailServer.start();
  server = await TestServer.start({
    IDENTITY_SECRET,
    SMTP_URL: mail.url,
    SUPPORT_EMAIL: 'equipe@boutique.example',
    MESSAGES_PER_CONVERSATION: '100000',
  });
  browser = await launchBrowser();
  await attack();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await mail?.stop();
});

/** A customer whose name, file, page, steps and messages are attacks, up to a ticket and beyond. */
async function attack(): Promise<void> {
  const identity = await new SignJWT({ sub: 'client-7', name: NAME, email: 'luc+script@exemple.fr' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(new Date('2027-01-01'))
    .sign(new TextEncoder().encode(IDENTITY_SECRET));
  const { body } = await server.ask('POST', '/widget/token', undefined, { identity });
  const granted = body as unknown as { conversationId: string; token: string; resume: string };
  resume = granted.resume;
  const path = `/v3/directline/conversations/${granted.conversationId}`;
  const says = async (text: string): Promise<void> => {
    const activity = {
      type: 'message',
      text,
      from: { id: 'x', name: NAME },
      channelData: { [text.slice(0, 40)]: text },
    };
    expect((await server.ask('POST', `${path}/activities`, granted.token, activity)).status).toBe(200);
  };
  const form = new FormData();
  form.append('activity', JSON.stringify({ type: 'message', text: PAYLOADS[0] }));
  form.append('file', new Blob([png(40, 30)]), '"><img src=x onerror=pwned()>\r\nX: y.svg');
  await fetch(`${server.url}${path}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${granted.token}` },
    body: form,
  });
  for (const text of [
    'le bouton valider est invisible sur firefox',
    'https://boutique.example/panier?q="><script>pwned()</script>&x=\'onload=pwned()',
    'non',
    `${PAYLOADS[2]} ${FORMULAS[0]}`,
    'luc+script@exemple.fr',
    'envoyer',
  ])
    await says(text);
  reference = (await server.store.ticketsOf(granted.conversationId))[0]!.reference;
  for (const text of [...PAYLOADS, ...naughtyMessages(), LAST]) await says(text);
  said = (await server.store.activities(granted.conversationId))
    .filter(({ role }) => role === 'customer')
    .map(({ activity }) => activity.text!);
  // Redaction takes a password out of an address; all else is kept as it came.
  const kept = PAYLOADS.filter((text) => text.trim() && !text.includes('@evil')).map((text) =>
    text.toWellFormed(),
  );
  expect(said).toEqual(expect.arrayContaining(kept));
}

/** Looks at what a page does with what it shows. */
class Watch {
  readonly page: Page;
  private readonly seen: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('dialog', (dialog) => {
      this.seen.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', ({ message }) => this.seen.push(`error ${message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (
        ![server.url, 'file:', 'blob:', server.url.replace('http', 'ws')].some((own) => url.startsWith(own))
      )
        this.seen.push(`request ${url}`);
    });
    page.on('popup', (popup) => this.seen.push(`popup ${popup.url()}`));
    page.on('download', (download) => this.seen.push(`download ${download.url()}`));
  }

  static async in(context: BrowserContext): Promise<Watch> {
    await context.addInitScript(() => {
      const runs: string[] = [];
      Object.assign(window, { runs, pwned: () => runs.push('pwned'), alert: () => runs.push('alert') });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        runs.push(`policy ${violatedDirective} ${blockedURI}`),
      );
    });
    return new Watch(await context.newPage());
  }

  /** Everything that ran, was asked for, or was made of text; nothing, if all is well. */
  async finds(): Promise<string[]> {
    const inPage = await this.page.evaluate(() => {
      const found = [...(Reflect.get(window, 'runs') as string[])];
      const FORBIDDEN =
        'script:not([src]), iframe, object, embed, applet, base, math, frame, template, meta[http-equiv=refresh], ' +
        'form[action], link[href*=evil], x-guichet, marquee, audio, video';
      const walk = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*:not(link[rel=icon])')) {
          if (element.matches(FORBIDDEN)) found.push(`element ${element.outerHTML.slice(0, 80)}`);
          for (const { name, value } of element.attributes) {
            if (name.startsWith('on')) found.push(`attribute ${name}=${value}`);
            if (!['href', 'src', 'action', 'formaction', 'srcdoc', 'data', 'poster'].includes(name)) continue;
            const { protocol } = new URL(value, document.baseURI);
            if (!['https:', 'mailto:', 'tel:', location.protocol, 'blob:'].includes(protocol))
              found.push(`address ${value}`);
          }
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      if (Reflect.get({}, 'polluted') !== undefined) found.push('prototype');
      return found;
    });
    return [...this.seen, ...inPage];
  }

  /** The texts of elements, which hold text and nothing else. */
  async onlyText(selector: string): Promise<string[]> {
    const elements = await this.page
      .locator(selector)
      .evaluateAll((all) =>
        all.map((element) => ({ text: element.textContent, children: element.children.length })),
      );
    expect(elements.filter(({ children }) => children > 0)).toEqual([]);
    return elements.map(({ text }) => text);
  }
}

const policies = [
  ['with its policy', false],
  ['without any policy', true],
] as const;

test.each(policies)('the widget shows text as text, %s', async (_name, bypassCSP) => {
  const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 800 } });
  await seeInside(context);
  await context.addInitScript((token) => localStorage.setItem('guichet-conversation', token), resume);
  const watch = await Watch.in(context);
  await watch.page.goto(server.url);
  await watch.page.getByRole('button', { name: 'Ouvrir le chat du support' }).click();
  await watch.page.getByText(LAST).first().waitFor();
  const shown = await watch.onlyText('.turn.user .bubble p, .turn.customer .bubble p');
  expect(shown).toEqual(said);
  expect(await watch.finds()).toEqual([]);
  await picture(watch.page, `injection-widget-${bypassCSP}`);
  await context.close();
});

test.each(policies)(
  'so does the console, on every page that shows customers’ words, %s',
  async (_name, bypassCSP) => {
    const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 860 } });
    const value = await openSession(server.store, 'first', new Date('2026-03-18T13:30:00Z'));
    const url = server.url.replace('http:', 'https:');
    await context.addCookies([{ name: '__Host-guichet', value, url, secure: true }]);
    const watch = await Watch.in(context);
    for (const [hash, text] of [
      [`#/tickets/${reference}`, LAST],
      ['#/', reference],
      ['#/recherche', reference],
      ['#/apprendre', 'À apprendre'],
    ] as const) {
      await watch.page.goto(`${server.url}/console${hash}`);
      await watch.page.getByText(text).first().waitFor();
      expect([hash, await watch.finds()]).toEqual([hash, []]);
      if (hash.includes(reference)) {
        const shown = await watch.onlyText('.transcript .customer .said');
        expect(shown).toEqual(said);
        expect(await watch.page.locator('main').innerText()).toContain(NAME);
        await picture(watch.page, `injection-console-${bypassCSP}`, true);
      }
    }
    await context.close();
  },
);

test.each(policies)(
  'so does the transcript that mails carry and agents download, %s',
  async (_name, bypassCSP) => {
    await until(() => mail.taken.length >= 2, true);
    const toSupport = mail.taken.find(({ to }) => to![0]!.address === 'equipe@boutique.example')!;
    const attached = toSupport.attachments.find(({ mimeType }) => mimeType === 'text/html')!;
    const folder = mkdtempSync(join(tmpdir(), 'guichet-injection-'));
    const session = `__Host-guichet=${await openSession(server.store, 'first', new Date('2026-03-18T13:30:00Z'))}`;
    const path = `${server.url}/console/api/tickets/${reference}/transcript/html`;
    const downloaded = await fetch(path, { headers: { Cookie: session } });
    expect(downloaded.headers.get('content-security-policy')).toContain('sandbox');
    expect(downloaded.headers.get('content-disposition')).toMatch(/^attachment; filename="SUP-\w{6}\.html"$/);
    const files = {
      mailed: Buffer.from(attached.content as ArrayBuffer),
      downloaded: Buffer.from(await downloaded.arrayBuffer()),
    };
    const context = await browser.newContext({ bypassCSP });
    for (const [name, bytes] of Object.entries(files)) {
      const file = join(folder, `${name}.html`);
      writeFileSync(file, bytes);
      const watch = await Watch.in(context);
      await watch.page.goto(`file://${file}`);
      expect((await watch.onlyText('.said')).length).toBeGreaterThan(5);
      expect([name, await watch.finds()]).toEqual([name, []]);
      await picture(watch.page, `injection-${name}-${bypassCSP}`);
      await watch.page.close();
    }
    await context.close();
  },
);

test('(and all of it would be seen, were text read as HTML)', async () => {
  const context = await browser.newContext({ bypassCSP: true });
  await context.route(/evil/, (route) => route.abort());
  const watch = await Watch.in(context);
  await watch.page.goto(`${server.url}/console`);
  await watch.page.evaluate(
    (html) => (document.body.innerHTML = html),
    PAYLOADS.filter((text) => !text.includes('refresh')).join('\n'),
  );
  await until(async () => (await watch.finds()).includes('pwned'), true);
  const found = (await watch.finds()).join('\n');
  for (const sign of [
    'request https://evil.example/',
    'element <iframe',
    'attribute onerror',
    'address javascript:',
  ])
    expect(found).toContain(sign);
  await context.close();
});

test('mails are text, and no header is a customer’s', async () => {
  await until(() => mail.taken.length >= 2, true);
  for (const taken of mail.taken) {
    expect(taken.html).toBeUndefined();
    expect(taken.subject).toContain(reference);
    expect([...(taken.cc ?? []), ...(taken.bcc ?? [])]).toEqual([]);
    const names = taken.headers.map(({ key }) => key);
    expect(new Set(names).size).toBe(names.length);
    for (const { value } of taken.headers) expect(value).not.toMatch(/[\r\n]|pwned|Bcc/);
    for (const { filename } of taken.attachments) expect(filename).toMatch(/^SUP-\w{6}\.(?:txt|html)$/);
  }
});

test.each(['search.csv', 'tickets/REFERENCE/transcript/csv'])('no cell of %s is a formula', async (path) => {
  const session = `__Host-guichet=${await openSession(server.store, 'first', new Date('2026-03-18T13:30:00Z'))}`;
  const response = await fetch(`${server.url}/console/api/${path.replace('REFERENCE', reference)}`, {
    headers: { Cookie: session },
  });
  const cells = [...(await response.text()).matchAll(/(?:^\uFEFF|,|\r\n)"((?:[^"]|"")*)"/g)].map(
    ([, cell]) => cell!,
  );
  expect(cells.length).toBeGreaterThan(20);
  expect(cells.filter((cell) => /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
});

test('what is said in headers stays out of them', async () => {
  for (const text of HEADERS) {
    const { headers, status } = await server.ask(
      'GET',
      `/console/api/search?text=${encodeURIComponent(text)}`,
    );
    expect(status).toBe(401);
    expect(headers.get('set-cookie')).toBeNull();
  }
});
