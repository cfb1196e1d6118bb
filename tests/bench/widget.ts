import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser, seeInside } from '../browser/browser.ts';
import { findChromium } from '../browser/findChromium.ts';
import { webChatBundle } from '../browser/webChatBundle.ts';
import { Guichet, SECRET } from '../faults/guichet.ts';
import { percentile } from './load.ts';
import { figure, type Row } from './row.ts';

const SLOWDOWN = 4;

/** A page of a shop that shows a chat, and how its first message is waited for. */
interface Page {
  html: string;
  /** Clicked once the page is there. */
  opener?: string;
}

interface Seen {
  /** Of scripts and styles, in bytes. */
  bytes: number;
  gzip: number;
  firstMessage: number;
  blocked: number;
}

export const widget: Row = {
  name: 'widget',
  title: 'The widget on a slow phone',
  run: async (short) => {
    const rounds = short ? 1 : 5;
    const bundle = webChatBundle();
    const missing = [
      ...(findChromium() === undefined ? ['All of it: there is no Chromium on this machine.'] : []),
      ...('missing' in bundle ? [`The official Web Chat: ${bundle.missing}.`] : []),
    ];
    const how = `A page of a shop in Chromium with its processor ${SLOWDOWN} times slower, an empty cache, and the server on the same machine; the median of ${rounds}. First message: from the begin of loading (of the widget, from the click that opens it, which loads its panel) until the bot’s first words are on the page. Blocked: what tasks of the main thread took beyond 50 ms each, from the begin of loading. Bytes: scripts and styles.`;
    const empty = { how, table: { head: ['widget'], rows: [] }, goals: [], missing };
    if (findChromium() === undefined) return empty;
    const shop = await Shop.open('missing' in bundle ? undefined : readFileSync(bundle.path));
    const guichet = await Guichet.start({ settings: { ALLOWED_ORIGINS: shop.url } });
    const browser = await launchBrowser();
    try {
      const ours = await look(browser, shop, rounds, async () => ({
        html: `<script src="${guichet.url}/widget/guichet.js" async></script>`,
        opener: 'Ouvrir le chat du support',
      }));
      const theirs =
        'missing' in bundle ? undefined : await look(browser, shop, rounds, () => webChat(guichet.url));
      const line = (name: string, { bytes, gzip, firstMessage, blocked }: Seen): string[] => [
        name,
        `${figure(bytes / 1024)} kB`,
        `${figure(gzip / 1024)} kB`,
        `${figure(firstMessage)} ms`,
        `${figure(blocked)} ms`,
      ];
      return {
        how,
        table: {
          head: ['', 'bytes', 'gzip', 'first message', 'main thread blocked'],
          rows: [line('Guichet', ours), ...(theirs ? [line('the official Web Chat', theirs)] : [])],
        },
        goals: [
          {
            what: 'All of the widget, gzip',
            measured: ours.gzip / 1024,
            unit: 'kB',
            atMost: 45,
            broken: 55,
          },
          ...(theirs
            ? (['gzip', 'firstMessage', 'blocked'] as const).map((of) => ({
                what: `${{ gzip: 'Bytes, gzip', firstMessage: 'First message', blocked: 'Main thread blocked' }[of]}, against Web Chat`,
                measured: ours[of] / theirs[of],
                unit: '×',
                atMost: { gzip: 0.1, firstMessage: 0.5, blocked: 0.25 }[of],
                broken: 1,
              }))
            : []),
        ],
        missing,
      };
    } finally {
      await browser.close();
      await guichet.stop();
      shop.close();
    }
  },
};

async function webChat(url: string): Promise<Page> {
  const answer = await fetch(`${url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${SECRET}` },
  });
  const { token } = (await answer.json()) as { token: string };
  const directLine = JSON.stringify({ token, domain: `${url}/v3/directline` });
  return {
    html: `<div id="chat" style="height: 600px"></div><script src="/webchat.js"></script><script>
      WebChat.renderWebChat({ directLine: WebChat.createDirectLine(${directLine}), locale: 'fr-FR' }, document.getElementById('chat'));
    </script>`,
  };
}

/** Loads a page as often as asked for, each time in a new profile. */
async function look(
  browser: Browser,
  shop: Shop,
  rounds: number,
  pageOf: () => Promise<Page>,
): Promise<Seen> {
  const seen: Seen[] = [];
  for (let i = 0; i < rounds; i += 1) seen.push(await lookOnce(browser, shop, await pageOf()));
  const median = (of: keyof Seen): number =>
    percentile(
      seen.map((one) => one[of]),
      50,
    );
  return {
    bytes: median('bytes'),
    gzip: median('gzip'),
    firstMessage: median('firstMessage'),
    blocked: median('blocked'),
  };
}

async function lookOnce(browser: Browser, shop: Shop, { html, opener }: Page): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 400, height: 700 } });
  await seeInside(context);
  const page = await context.newPage();
  let [bytes, gzip] = [0, 0];
  const bodies: Promise<void>[] = [];
  page.on('response', (response) => {
    if (!/script|stylesheet/.test(response.request().resourceType())) return;
    bodies.push(
      response.body().then((body) => {
        bytes += body.length;
        gzip += gzipSync(body).length;
      }),
    );
  });
  const devTools = await context.newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript(() => {
    const blocked = { ms: 0 };
    Object.assign(window, { blocked });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocked.ms += Math.max(0, duration - 50);
    }).observe({ type: 'longtask', buffered: true });
  });
  shop.page = html;
  let began = performance.now();
  await page.goto(shop.url);
  if (opener !== undefined) {
    const button = page.getByRole('button', { name: opener });
    await button.waitFor();
    began = performance.now();
    await button.click();
  }
  await page
    .getByText(/assistant automatique/)
    .first()
    .waitFor();
  const firstMessage = performance.now() - began;
  await page.waitForTimeout(300);
  const blocked = await page.evaluate<number>('blocked.ms');
  await Promise.all(bodies);
  await context.close();
  return { bytes, gzip, firstMessage, blocked };
}

/** The shop's own web server, of another origin than the chat's. */
class Shop {
  page = '';
  readonly url: string;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(webChatScript: Buffer | undefined): Promise<Shop> {
    const server: Server = createServer((request, response) => {
      const isScript = request.url === '/webchat.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(
        isScript ? webChatScript : `<!doctype html><html lang="fr"><body>${shop.page}</body></html>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const shop = new Shop(server);
    return shop;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
