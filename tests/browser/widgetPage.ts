import { isDeepStrictEqual } from 'node:util';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { png } from '../pictures.ts';
import type { TestServer } from '../server.ts';
import { seeInside } from './browser.ts';

/** A customer's page with the widget, in words. */
export class WidgetPage {
  readonly page: Page;
  readonly server: TestServer;

  constructor(page: Page, server: TestServer) {
    this.page = page;
    this.server = server;
    page.setDefaultTimeout(10_000);
  }

  static async in(context: BrowserContext, server: TestServer): Promise<WidgetPage> {
    await seeInside(context);
    return new WidgetPage(await context.newPage(), server);
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: 'Ouvrir le chat du support' });
  }
  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Votre message' });
  }
  get log(): Locator {
    return this.page.getByRole('log', { name: 'Conversation' });
  }
  get panel(): Locator {
    return this.page.getByRole('dialog', { name: 'Chat du support' });
  }
  get state(): Locator {
    return this.panel.getByRole('status').first();
  }

  async open(url = this.server.url): Promise<void> {
    await this.page.goto(url);
    await this.launcher.click();
    await this.hears(/assistant automatique/);
  }

  async says(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Waits for an answer. */
  async hears(text: string | RegExp): Promise<void> {
    await this.log.getByText(text).last().waitFor();
  }

  async asks(text: string, answer: string | RegExp): Promise<void> {
    await this.says(text);
    await this.hears(answer);
  }

  async button(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).last().click();
  }

  /** Picks a picture with the button beside the field. */
  async picks(name: string, buffer = png(320, 200), mimeType = 'image/png'): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.button('Joindre une capture d’écran');
    await (await chooser).setFiles([{ name, mimeType, buffer }]);
  }

  /** The conversation's id and a token for it, as another device of the customer would have. */
  async grant(): Promise<{ id: string; token: string }> {
    const resume = await this.page.evaluate(() => localStorage.getItem('guichet-conversation'));
    const { body } = await this.server.ask('POST', '/widget/token', undefined, { resume });
    return { id: body['conversationId'] as string, token: body['token'] as string };
  }

  /** Says something in the conversation from another device. */
  async saysElsewhere(text: string): Promise<void> {
    const { id, token } = await this.grant();
    await this.server.ask('POST', `/v3/directline/conversations/${id}/activities`, token, {
      type: 'message',
      text,
    });
  }

  /** The messages of the page's conversation, as they are in the database. */
  async storedTexts(): Promise<string[]> {
    const { id } = await this.grant();
    return (await this.server.store.activities(id)).map(({ activity }) => activity.text ?? '');
  }

  /** How often the customer's words stand in the log, and in the database. */
  async occurrences(text: string): Promise<{ shown: number; stored: number }> {
    return {
      shown: await this.log.getByText(text, { exact: true }).count(),
      stored: (await this.storedTexts()).filter((stored) => stored === text).length,
    };
  }

  /** Waits until that many pictures of the log are drawn. */
  drawn(count: number): Promise<void> {
    const canvases = this.log.locator('canvas');
    return until(
      () =>
        canvases.evaluateAll(
          (all) => (all as HTMLCanvasElement[]).filter(({ width }) => width !== 300).length,
        ),
      count,
    );
  }

  /** What has the focus: the name of the element inside the widget, or undefined when the focus is on the page. */
  focused(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const active = document.activeElement?.shadowRoot?.activeElement;
      return active?.getAttribute('aria-label') ?? active?.textContent ?? undefined;
    });
  }
}

/** Waits until what is read is as expected; fails with the difference after `patience` milliseconds. */
export async function until<T>(read: () => Promise<T> | T, expected: T, patience = 10_000): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (isDeepStrictEqual(await read(), expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await read()).toEqual(expected);
}
