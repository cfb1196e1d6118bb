import pg from 'pg';
import { Cluster, describeOnPostgres } from '../postgres.ts';
import { check, type StoredLine } from './checker.ts';
import { Customer, Tab } from './customer.ts';
import { Guichet, pause } from './guichet.ts';
import { History } from './history.ts';
import { figure, LONG } from './report.ts';
import { conversationsIn, type Row } from './stored.ts';

jest.setTimeout(LONG ? 10 * 60_000 : 90_000);

/** What a database holds, as the checker takes it. Nothing is due to the outside: these processes have nobody to tell. */
async function readStored(url: string): Promise<Map<string, StoredLine[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(
    'select conversation_id, seq, role, body from activities order by conversation_id, seq',
  );
  await client.end();
  return conversationsIn(rows);
}

/** Customers who speak to one process and listen at all of them, until `rest`. */
class Crowd {
  readonly history = new History();
  private readonly tabs: Tab[] = [];
  private readonly walks: Promise<void>[] = [];
  private going = true;

  constructor(count: number, processes: readonly Guichet[], where: () => Guichet) {
    for (let i = 0; i < count; i += 1) this.walks.push(this.walk(`c${i}`, processes, where));
  }

  get acknowledged(): number {
    return this.history.said().filter(({ phase }) => phase === 'ok').length;
  }

  /** @returns the promises that were broken, in words */
  async rest(url: string): Promise<string[]> {
    this.going = false;
    await Promise.all(this.walks);
    const stored = await readStored(url);
    const behind = (): boolean =>
      this.tabs.some((tab) => tab.watermark < (stored.get(tab.conversationId)?.length ?? 0));
    for (const end = Date.now() + 15_000; behind() && Date.now() < end;) await pause(50);
    for (const tab of this.tabs) await tab.leave();
    return check(this.history, { conversations: stored, due: [] }).map(
      ({ promise, what }) => `${promise}: ${what}`,
    );
  }

  private async walk(name: string, processes: readonly Guichet[], where: () => Guichet): Promise<void> {
    const customer = new Customer(name, processes[0]!.url, this.history);
    await customer.begin();
    for (const { url } of processes) {
      const there = Object.assign(new Customer(name, url, this.history), {
        conversationId: customer.conversationId,
        token: customer.token,
      });
      this.tabs.push(new Tab(there, `at ${url}`));
    }
    for (let i = 0; this.going; i += 1) {
      const key = customer.newKey();
      const text = i % 2 ? `menu ${i}` : `mon colis n’est pas arrivé, commande ${100_200 + i}`;
      while (!(await customer.tries(text, key, where().url))) await pause(50);
    }
  }
}

describeOnPostgres('faults on PostgreSQL', () => {
  let cluster: Cluster;
  let url: string;
  let processes: Guichet[];
  beforeEach(async () => {
    cluster = await Cluster.start();
    url = await cluster.database();
    processes = [];
    for (let i = 0; i < 2; i += 1) processes.push(await Guichet.start({ settings: { DATABASE_URL: url } }));
  });
  afterEach(async () => {
    for (const each of processes) await each.kill();
    await cluster.end();
  });

  test('PostgreSQL restarted at once: nothing acknowledged is lost, 503 meanwhile, well again within 5 s', async () => {
    const [one, other] = processes as [Guichet, Guichet];
    let turn = 0;
    const crowd = new Crowd(4, processes, () => processes[(turn += 1) % 2]!);
    const recoveries: number[] = [];
    for (let round = 0; round < (LONG ? 10 : 2); round += 1) {
      await pause(LONG ? 20_000 : 900);
      await cluster.down();
      const refused = await fetch(`${one.url}/v3/directline/conversations`, {
        method: 'POST',
        headers: { Authorization: 'Bearer direct-line-secret-of-the-faults' },
      });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
      // What /readyz answers may be a second old.
      while (await other.isReady()) await pause(20);
      await cluster.up();
      const began = performance.now();
      while (!(await one.isReady()) || !(await other.isReady())) await pause(20);
      const before = crowd.acknowledged;
      while (crowd.acknowledged < before + 4) await pause(10);
      recoveries.push(performance.now() - began);
    }
    expect(await crowd.rest(url)).toEqual([]);
    expect(Math.max(...recoveries)).toBeLessThan(5_000);
    figure(
      'PostgreSQL restarted (immediate)',
      `${recoveries.length} restarts under two processes, ${crowd.acknowledged} messages acknowledged, 0 lost; taking messages again after ${Math.round(Math.max(...recoveries))} ms at most`,
    );
  });

  test('two processes, each killed in turn: customers go on at the other, nothing is lost, said or shown twice', async () => {
    let alive: Guichet = processes[0]!;
    const crowd = new Crowd(4, processes, () => alive);
    let kills = 0;
    for (; kills < (LONG ? 40 : 2); kills += 1) {
      await pause(LONG ? 1_000 : 700);
      const dies = alive;
      const killed = dies.kill();
      alive = processes.find((each) => each !== dies)!;
      await killed;
      const before = crowd.acknowledged;
      while (crowd.acknowledged < before + 8) await pause(10);
      await dies.up();
    }
    expect(await crowd.rest(url)).toEqual([]);
    figure(
      'kill -9 of one of two processes',
      `${kills} kills, ${crowd.acknowledged} messages acknowledged at whichever was alive, tabs at both saw the same, 0 lost or twice`,
    );
  });
});
