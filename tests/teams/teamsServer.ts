import type { Activity, Attachment } from 'botbuilder';
import type { SqlStore } from '../../adapters/storage/sqlStore.ts';
import { placeOf } from '../../adapters/teams/place.ts';
import type { Store, StoredActivity, Ticket } from '../../bot/store.ts';
import { WEDNESDAY } from '../chat.ts';
import { type Asked, TestServer } from '../server.ts';
import { until } from '../until.ts';
import { APP_ID, type Call, FakeTeams, TENANT } from './fakeTeams.ts';

const BOT = { id: `28:${APP_ID}`, name: 'Guichet' };

/** The real server with a fake Teams before it, and a clock that the test moves. */
export class TeamsServer {
  readonly fake: FakeTeams;
  readonly server: TestServer;
  private clock: { at: number };

  private constructor(fake: FakeTeams, server: TestServer, clock: { at: number }) {
    this.fake = fake;
    this.server = server;
    this.clock = clock;
  }

  static async start(settings: Record<string, string> = {}): Promise<TeamsServer> {
    const fake = await FakeTeams.start();
    const clock = { at: Date.parse(WEDNESDAY) };
    const server = await TestServer.start(
      {
        TEAMS_ENABLED: 'true',
        TEAMS_APP_ID: APP_ID,
        TEAMS_TENANT_ID: TENANT,
        TEAMS_APP_PASSWORD: 'secret-of-the-tests',
        TEAMS_SERVICE_URLS: fake.origin,
        ...settings,
      },
      { teamsCloud: fake.cloud, now: () => new Date(clock.at) },
    );
    return new TeamsServer(fake, server, clock);
  }

  async stop(): Promise<void> {
    // What hangs there ends first, so that the outbox waits for nothing.
    await this.fake.stop();
    await this.server.stop();
  }

  get store(): Store {
    return this.server.store;
  }

  now(): Date {
    return new Date(this.clock.at);
  }

  minutes(count: number): void {
    this.clock.at += count * 60_000;
  }

  /** Posts an activity as the channel does. */
  async post(activity: unknown, token?: string): Promise<Asked> {
    return this.server.ask('POST', '/api/messages', token ?? (await this.fake.token()), activity);
  }

  /** Resolves when everything that could leave has left. */
  async settled(): Promise<void> {
    await until(async () => {
      const rows = await this.store.outbox(100);
      return rows.length === 0;
    });
  }

  /** Resolves when this many tries of what has not left are over. */
  async failedTries(count: number): Promise<void> {
    const { db } = this.store as SqlStore;
    await until(async () => {
      const waiting = await db
        .selectFrom('outbox')
        .select('attempts')
        .where('delivered_at', 'is', null)
        .where('claimed_until', 'is', null)
        .execute();
      return waiting.reduce((sum, { attempts }) => sum + attempts, 0) === count;
    });
  }

  /** Lets the timers that are due be acted on. */
  async timers(): Promise<void> {
    await until(async () => (await this.store.timers.all(100)).every(({ dueAt }) => dueAt > this.now()));
  }

  customer(name = 'Luc'): TeamsCustomer {
    return new TeamsCustomer(this, name, { id: `a:${name}`, conversationType: 'personal' });
  }

  /** The same person in a group or in a channel's thread. */
  inGroup(name = 'Luc', id = '19:group@thread.v2', conversationType = 'groupChat'): TeamsCustomer {
    return new TeamsCustomer(this, name, { id, conversationType });
  }
}

let lastId = 1_700_000_000_000;

/** Someone in Teams, in one conversation with the bot. */
export class TeamsCustomer {
  readonly at: { id: string; conversationType: string };
  private readonly teams: TeamsServer;
  private readonly name: string;
  private heard: number;

  constructor(teams: TeamsServer, name: string, at: { id: string; conversationType: string }) {
    this.teams = teams;
    this.name = name;
    this.at = at;
    this.heard = this.messages().length;
  }

  /** An activity of theirs, as Teams writes it. */
  activity(differences: Record<string, unknown> = {}): Record<string, unknown> {
    const at = this.teams.now();
    return {
      type: 'message',
      id: String((lastId += 1)),
      timestamp: at.toISOString(),
      localTimestamp: `${at.toISOString().slice(0, 19)}.${String(lastId).slice(-3)}+01:00`,
      serviceUrl: this.teams.fake.serviceUrl,
      channelId: 'msteams',
      from: { id: `29:${this.name}`, name: this.name, aadObjectId: `aad-${this.name}` },
      conversation: { ...this.at, tenantId: TENANT },
      recipient: BOT,
      locale: 'en-US',
      textFormat: 'plain',
      channelData: { tenant: { id: TENANT } },
      ...differences,
    };
  }

  get conversationId(): string {
    return placeOf(this.activity() as unknown as Parameters<typeof placeOf>[0]).id;
  }

  /** Types; in a group with a mention of the bot. Gives the bot's answer, once Teams has it. */
  async says(text: string, differences: Record<string, unknown> = {}): Promise<Heard> {
    const { status } = await this.send(this.typed(text, differences));
    if (status !== 200) throw new Error(`The channel got ${status}.`);
    return this.hears();
  }

  /** What they typed, as an activity. */
  typed(text: string, differences: Record<string, unknown> = {}): Record<string, unknown> {
    if (this.at.conversationType === 'personal') return this.activity({ text, ...differences });
    const tag = '<at>Guichet</at>';
    const entities = [{ type: 'mention', text: tag, mentioned: BOT }];
    return this.activity({ text: `${tag} ${text}`, entities, ...differences });
  }

  send(activity: unknown): Promise<Asked> {
    return this.teams.post(activity);
  }

  /** The next thing that the bot writes to this conversation. */
  async hears(): Promise<Heard> {
    await until(async () => this.messages().length > this.heard);
    return heardIn(this.messages()[this.heard++]!);
  }

  /** Clicks a choice of the last card. */
  async clicks(title: string): Promise<Heard> {
    await this.click(title);
    return this.hears();
  }

  async click(title: string, card = this.card()): Promise<Asked> {
    const action = actionsOf(card).find((each) => each.title === title);
    const chosen = action?.data ?? { ...actionsOf(card)[0]!.data, choice: title };
    return this.send(
      this.activity({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', title, data: chosen }, trigger: 'manual' },
      }),
    );
  }

  /** The last card that the bot sent. */
  card(): Attachment {
    const card = this.messages().findLast(({ activity }) => activity.attachments?.length)?.activity;
    return card!.attachments![0]!;
  }

  installs(): Promise<Asked> {
    return this.send(this.activity({ type: 'installationUpdate', action: 'add' }));
  }

  messages(): Call[] {
    return this.teams.fake.sent(this.at.id).filter(({ method }) => method === 'POST');
  }

  transcript(): Promise<string[]> {
    return this.teams.store
      .activities(this.conversationId)
      .then((all: StoredActivity[]) => all.map(({ role, activity }) => `${role}: ${activity.text ?? ''}`));
  }

  tickets(): Promise<Ticket[]> {
    return this.teams.store.ticketsOf(this.conversationId);
  }
}

export interface Heard {
  text: string;
  choices: string[];
  facts: [string, string][];
  activity: Partial<Activity>;
}

interface CardPart {
  type: string;
  text?: string;
  facts?: { title: string; value: string }[];
  choices?: { title: string }[];
}
interface CardAction {
  type: string;
  title: string;
  data?: Record<string, unknown>;
  fallback?: CardAction;
}

export function actionsOf({ content }: Attachment): CardAction[] {
  return (content as { actions?: CardAction[] }).actions ?? [];
}

export function heardIn({ activity }: Call): Heard {
  const card = activity.attachments?.[0];
  const body = card ? (card.content as { body: CardPart[] }).body : [];
  const listed = body.flatMap(({ choices }) => choices ?? []).map(({ title }) => title);
  const shown = card ? body.flatMap(({ text }) => text ?? []).join('\n') : (activity.text ?? '');
  return {
    text: shown.replace(/[\u00a0\u202f]/g, ' '),
    choices: card ? (listed.length > 0 ? listed : actionsOf(card).map(({ title }) => title)) : [],
    facts: body
      .flatMap(({ facts }) => facts ?? [])
      .map(({ title, value }): [string, string] => [title, value]),
    activity,
  };
}
