import { HttpSink } from '../httpSink.ts';
import { MailServer } from '../mailServer.ts';
import { REQUEST } from '../request.ts';
import { check, type Violation } from './checker.ts';
import { Customer, Tab } from './customer.ts';
import { API_TOKEN, Guichet, type GuichetOptions, pause } from './guichet.ts';
import { History } from './history.ts';
import { readStored, waitingIn } from './stored.ts';

/** How much each says after the ticket; it is answered too. */
const AFTER = 4;

/** The product in its process, a mail server, a webhook, and customers who go on whatever happens. */
export class World {
  readonly guichet: Guichet;
  readonly history = new History();
  readonly mail: MailServer;
  readonly sink: HttpSink;
  private readonly walks: Promise<void>[] = [];
  readonly customers: Customer[] = [];
  readonly tabs: Tab[] = [];
  private going = true;

  private constructor(guichet: Guichet, mail: MailServer, sink: HttpSink) {
    this.guichet = guichet;
    this.mail = mail;
    this.sink = sink;
  }

  /** Everything but the product's process, which the test starts. */
  static async open({ settings, ...options }: GuichetOptions = {}): Promise<World> {
    const [mail, sink] = [await MailServer.start(), await HttpSink.start()];
    const outside = {
      SMTP_URL: mail.url,
      SUPPORT_EMAIL: 'equipe@boutique.example',
      WEBHOOK_URL: `${sink.url}/hook`,
      PRIVATE_TARGETS: '127.0.0.1',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 3).toString('base64')}`,
    };
    const guichet = await Guichet.at({ ...options, settings: { ...outside, ...settings } });
    return new World(guichet, mail, sink);
  }

  /** Customers begin to talk, each in one conversation after the other with two tabs, until `rest`. */
  populate(count: number, beforeRetry?: Customer['beforeRetry']): void {
    for (let i = 0; i < count; i += 1) this.walks.push(this.walk(`c${i}`, beforeRetry));
  }

  /** How many messages were acknowledged so far. */
  get acknowledged(): number {
    return this.history.said().filter(({ phase }) => phase === 'ok').length;
  }

  /** Customers finish what they were saying, everything is delivered and seen; the process must be up. */
  async rest(): Promise<Violation[]> {
    this.going = false;
    await Promise.all(this.walks);
    for (const end = Date.now() + 60_000; waitingIn(this.guichet.folder) > 0 && Date.now() < end;)
      await pause(50);
    const stored = readStored(this.guichet.folder);
    for (const tab of this.tabs) await tab.leave();
    await this.readTickets();
    for (const { messageId = '' } of this.mail.taken) this.deliver(messageId.replace(/^<|@.*$/g, ''));
    for (const { headers } of this.sink.taken) this.deliver(String(headers['webhook-id']));
    return check(this.history, { ...stored, due: stored.due.map(asSent) });
  }

  async close(): Promise<void> {
    this.going = false;
    await this.guichet.kill();
    for (const tab of this.tabs) void tab.leave();
    await this.mail.stop();
    await this.sink.stop();
  }

  private async walk(name: string, beforeRetry?: Customer['beforeRetry']): Promise<void> {
    for (let round = 1; this.going; round += 1) {
      const customer = new Customer(`${name}r${round}`, this.guichet.url, this.history);
      if (beforeRetry) customer.beforeRetry = beforeRetry;
      this.customers.push(customer);
      await customer.begin();
      const tabs = ['phone', 'desktop'].map((tab) => new Tab(customer, tab));
      this.tabs.push(...tabs);
      for (const text of REQUEST) if (this.going) await customer.says(text);
      for (let i = 0; i < AFTER && this.going; i += 1) await customer.says(`menu ${i}`);
      const last = Math.max(...this.lastSeqs(customer.conversationId));
      for (const tab of tabs) {
        await tab.sees(last, () => this.going);
        await tab.leave();
      }
    }
  }

  private lastSeqs(conversationId: string): number[] {
    const lines = readStored(this.guichet.folder).conversations.get(conversationId) ?? [];
    return [0, ...lines.map(({ seq }) => seq)];
  }

  /** The shop's own systems read each ticket's conversation, whole and in its order. */
  private async readTickets(): Promise<void> {
    const get = async <T>(path: string): Promise<T> => {
      const response = await fetch(`${this.guichet.url}/api/tickets${path}`, {
        headers: { Authorization: `Bearer ${API_TOKEN}` },
      });
      return (await response.json()) as T;
    };
    for (let cursor = ''; ;) {
      const page = await get<{ tickets: { reference: string }[]; nextCursor?: string }>(
        `?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      for (const { reference } of page.tickets) {
        const { conversationId, transcript } = await get<{
          conversationId: string;
          transcript: { seq: number; from: string; text: string }[];
        }>(`/${reference}`);
        for (const { seq, from, text } of transcript)
          this.history.add({
            operation: 'see',
            client: `API ${reference}`,
            conversation: conversationId,
            seq,
            id: `${conversationId}|${String(seq).padStart(7, '0')}`,
            role: from,
            text,
          });
      }
      if (page.nextCursor === undefined) return;
      cursor = page.nextCursor;
    }
  }

  private deliver(id: string): void {
    this.history.add({ operation: 'deliver', id: asSent(id) });
  }
}

/** A row's id as a Message-ID can hold it. */
function asSent(id: string): string {
  return id.replace(/[^\w.-]/g, '-');
}
