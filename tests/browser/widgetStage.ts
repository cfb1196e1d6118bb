import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TestServer } from '../server.ts';
import { launchBrowser } from './browser.ts';
import { WidgetPage } from './widgetPage.ts';

export let server: TestServer;
let browser: Browser;
export let context: BrowserContext;
export let page: Page;
export let widget: WidgetPage;

/** One server and one browser for the tests of a file; for each of them the page of a new customer. */
export function stage(start: () => Promise<TestServer> = () => TestServer.start()): void {
  jest.setTimeout(60_000);
  beforeAll(async () => {
    server = await start();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    widget = await WidgetPage.in(context, server);
    ({ page } = widget);
  });
  afterEach(() => context.close());
}
