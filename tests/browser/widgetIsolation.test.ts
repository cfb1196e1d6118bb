import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TestServer } from '../server.ts';
import { launchBrowser, seeInside } from './browser.ts';
import { until, WidgetPage } from './widgetPage.ts';

jest.setTimeout(60_000);

let server: TestServer;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'no-preference',
  });
});
afterEach(() => context.close());

/** Runs in the page before its scripts, and gathers whatever the document gives of nodes and texts. */
function spy(): void {
  const nodes = new Set<unknown>();
  const texts: unknown[] = [];
  const see = (...found: unknown[]): void => found.forEach((one) => nodes.add(one));
  for (const type of ['pointerdown', 'click', 'focusin', 'focusout', 'input', 'keydown', 'selectionchange']) {
    const look = (event: Event): void =>
      see(event.target, ...event.composedPath(), Reflect.get(event, 'relatedTarget'));
    addEventListener(type, look, true);
  }
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) see(target, ...addedNodes);
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  for (const type of ['layout-shift', 'largest-contentful-paint', 'event', 'first-input']) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        see(Reflect.get(entry, 'element'), Reflect.get(entry, 'target'));
        for (const { node } of (Reflect.get(entry, 'sources') as { node: unknown }[] | undefined) ?? [])
          see(node);
      }
    }).observe({ type, buffered: true, ...(type === 'event' && { durationThreshold: 16 }) });
  }
  const animated = (animations: Animation[]): unknown[] =>
    animations.map(({ effect }): unknown => Reflect.get(effect!, 'target'));
  const lookAround = (): string => {
    const walk = (root: Document | ShadowRoot): void => {
      see(root);
      texts.push((root instanceof Document ? root.documentElement : root).textContent);
      for (const element of root.querySelectorAll('*')) {
        see(element, ...animated(element.getAnimations({ subtree: true })));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    for (let x = 0; x < innerWidth; x += 25) {
      for (let y = 0; y < innerHeight; y += 25) {
        see(...document.elementsFromPoint(x, y), document.caretRangeFromPoint(x, y)?.startContainer);
      }
    }
    see(document.activeElement, ...animated(document.getAnimations()));
    // Its nodes; its text Chromium gives to everybody, as docs/widget.md says.
    const selection = getSelection()!;
    see(selection.anchorNode, selection.focusNode);
    texts.push(document.body.innerText, document.documentElement.getHTML({ serializableShadowRoots: true }));
    const within = document.createRange();
    within.selectNodeContents(document.body);
    texts.push(within.toString(), within.cloneContents().textContent);
    // What hangs on the names that scripts of a page share.
    for (const name of Object.keys(window).filter((key) => key.startsWith('guichet')))
      see(Reflect.get(window, name));
    for (const found of nodes) {
      if (found instanceof Node && found.getRootNode() instanceof ShadowRoot)
        texts.push(found.getRootNode().textContent);
    }
    return texts.join('\n');
  };
  Object.assign(window, { lookAround });
}

/** A customer opens the chat, writes, selects with the mouse; nothing but the keyboard, the mouse and the server is used. */
async function converse(page: Page): Promise<void> {
  await page.goto(server.url);
  await page.waitForFunction('typeof guichet === "function"');
  // The launcher, 20 pixels from the corner.
  await page.mouse.click(1280 - 50, 800 - 50);
  const widget = new WidgetPage(page, server);
  await page.waitForFunction(() => localStorage.getItem('guichet-conversation'));
  await page.keyboard.type('mon voisin Anatole a vu le livreur');
  await page.keyboard.press('Enter');
  await until(async () => (await widget.storedTexts()).length, 3);
  await page.waitForFunction(() => Number(localStorage.getItem('guichet-read')) === 3);
  await page.mouse.move(1280 - 60, 800 - 300);
  await page.mouse.down();
  await page.mouse.move(1280 - 400, 800 - 500, { steps: 4 });
  await page.mouse.up();
}

test.each([
  ['a script of the page that looks everywhere reads nothing of the conversation', false],
  ['(and would read all of it, were the root open)', true],
])('%s', async (_name, open) => {
  if (open) await seeInside(context);
  const page = await context.newPage();
  await page.addInitScript(spy);
  await converse(page);
  const read = await page.evaluate<string>('lookAround()');
  expect(read).toContain('Boutique Exemple');
  for (const said of ['Anatole', 'assistant automatique']) {
    expect([said, read.includes(said)]).toEqual([said, open]);
  }
});
