import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from './findChromium.ts';

/** A headless browser with a new, empty profile. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium was found; `npm test` says what to install.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Lets tests and axe look into the widget, whose shadow root is closed to the scripts of a page, theirs among them: a script
 * that runs before the page's own opens it. widgetIsolation.test.ts goes without.
 */
export async function seeInside(pages: BrowserContext | Page): Promise<void> {
  await pages.addInitScript(() => {
    const attach = Reflect.get(Element.prototype, 'attachShadow');
    Element.prototype.attachShadow = function (options) {
      return attach.call(this, { ...options, mode: 'open' });
    };
  });
}

/** What axe finds to mend on a page. */
export async function axeFinds(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(', ')}`,
  );
}

/** SCREENSHOTS=folder keeps pictures of the pages, for people to look at. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}
