import { once } from 'node:events';
import pg from 'pg';
import { pino } from 'pino';
import { firstAgent } from '../../adapters/console/agents.ts';
import { type Delivery, Outbox } from '../../adapters/outbox.ts';
import { openPostgresStore } from '../../adapters/storage/postgres.ts';
import { ConsoleClient } from '../consoleClient.ts';
import { Cluster, describeOnPostgres } from '../postgres.ts';
import { TestServer } from '../server.ts';
import { keepTurn } from '../storedTurn.ts';
import { openStream, type Stream, type Wire } from '../stream.ts';
import { keepTicketTurn, ticketOf } from '../ticket.ts';

const ROOT = '/v3/directline/conversations';

describeOnPostgres('two servers on one database', () => {
  let cluster: Cluster;
  let url: string;
  let one: TestServer;
  let other: TestServer;
  beforeAll(async () => {
    cluster = await Cluster.start();
    url = await cluster.database();
    one = await TestServer.start({ DATABASE_URL: url });
    other = await TestServer.start({ DATABASE_URL: url });
  });
  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
    await cluster.end();
  });

  /** A customer of one conversation, who speaks to one server and listens at the other. */
  async function customer(): Promise<{
    id: string;
    token: string;
    says(server: TestServer, text: string, key?: string): ReturnType<TestServer['ask']>;
    listens(server: TestServer, watermark?: number): Promise<Stream>;
    sees(stream: Stream, count: number): Promise<Wire[]>;
  }> {
    const { id, token } = await one.converse();
    return {
      id,
      token,
      says: (server, text, key) =>
        server.ask('POST', `${ROOT}/${id}/activities`, token, {
          type: 'message',
          text,
          ...(key !== undefined && { channelData: { clientActivityID: key } }),
        }),
      listens: async (server, watermark = 0) => {
        const { body } = await server.ask('GET', `${ROOT}/${id}?watermark=${watermark}`, token);
        return openStream(body['streamUrl'] as string);
      },
      sees: async (stream, count) => {
        const seen: Wire[] = [];
        while (seen.length < count)
          seen.push(...(await stream.next()).activities.filter(({ type }) => type !== 'typing'));
        return seen;
      },
    };
  }
  const places = (seen: Wire[]): number[] => seen.map(({ id }) => Number(id.split('|')[1]));
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

  test('what is said at either is seen at both, in one order, without a gap or a repeat', async () => {
    const luc = await customer();
    const streams = [await luc.listens(one), await luc.listens(other)];
    const said = Array.from({ length: 20 }, (_, i) => luc.says(i % 2 ? one : other, `menu ${i}`, `luc-${i}`));
    expect(new Set((await Promise.all(said)).map(({ status }) => status))).toEqual(new Set([200]));
    const [here, there] = await Promise.all(streams.map((stream) => luc.sees(stream, 41)));
    expect(places(here!)).toEqual(upTo(41));
    expect(there).toEqual(here);
    for (const { socket } of streams) socket.close();
  });

  test('a message sent to both at once appears once, with one answer', async () => {
    const luc = await customer();
    const servers = [one, other, one, other, one, other];
    const answers = await Promise.all(servers.map((server) => luc.says(server, 'menu', 'luc-once')));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(await one.store.activities(luc.id)).toHaveLength(3);
  });

  test('the address of a stream works at one of them, once', async () => {
    const luc = await customer();
    const { socket } = await luc.listens(one);
    const used = new URL(socket.url);
    used.port = new URL(other.url).port;
    await expect(openStream(used.href)).rejects.toThrow('401');
    socket.close();
  });

  test('an erased conversation ends its streams at both', async () => {
    const luc = await customer();
    const { socket } = await luc.listens(other);
    const ended = once(socket, 'close');
    await one.ask('DELETE', `${ROOT}/${luc.id}`, luc.token);
    expect((await ended)[0]).toBe(1000);
  });

  describe('at the desk', () => {
    let lea: ConsoleClient;
    let marc: ConsoleClient;
    beforeAll(async () => {
      lea = await ConsoleClient.of(one, 'Lea');
      marc = await ConsoleClient.of(other, 'Marc');
    });

    test('of two agents at two servers one takes a ticket, and the other learns who', async () => {
      await keepTicketTurn(one.store, ticketOf({ reference: 'SUP-222333', conversationId: 'taken' }));
      const results = await Promise.all(
        [lea, marc].map((agent) => agent.post('tickets/SUP-222333/claim', {})),
      );
      expect(results.map(({ status }) => status).sort()).toEqual([204, 409]);
    });

    test('an agent answers at one, and the customer and the other agents see it at the other', async () => {
      const luc = await customer();
      const reference = 'SUP-222444';
      await keepTicketTurn(one.store, ticketOf({ reference, conversationId: luc.id }));
      const stream = await luc.listens(other, 3);
      const news = await fetch(`${other.url}/console/api/news`, { headers: { Cookie: marc.cookie } });
      const told = news.body!.pipeThrough(new TextDecoderStream()).getReader();
      const reply = { text: 'Bonjour, je regarde.', after: 3, key: 'lea-answers' };
      expect((await lea.post(`tickets/${reference}/reply`, reply)).status).toBe(204);
      expect(await luc.sees(stream, 1)).toMatchObject([
        { text: 'Bonjour, je regarde.', from: { name: 'Lea' } },
      ]);
      for (let text = ''; !text.includes(luc.id);) text += (await told.read()).value;
      await told.cancel();
      stream.socket.close();
    });
  });

  test('what is due is delivered and acted on by one of them, once', async () => {
    const { id } = await customer();
    const at = new Date();
    const names = Array.from({ length: 40 }, (_, i) => `${id}-${i}`);
    await keepTurn(one.store, id, {
      outbox: names.map((name) => ({ id: name, kind: 'errand', payload: {}, createdAt: at })),
      timers: names.map((key) => ({ key, kind: 'errand', dueAt: at, payload: {} })),
    });
    const done: string[] = [];
    const parts = { now: () => at, log: pino({ level: 'silent' }) };
    await Promise.all(
      [one, other].map(async ({ store }) => {
        const deliver = async (row: { id: string }): Promise<Delivery> => {
          done.push(row.id);
          return { outcome: 'delivered' };
        };
        await new Outbox({ ...parts, store }, { errand: deliver }).pass();
      }),
    );
    expect(done.sort()).toEqual([...names].sort());
    const claim = { now: at, until: new Date(at.getTime() + 60_000), limit: 100 };
    const claimed = await Promise.all([one, other].map(({ store }) => store.timers.claim(claim)));
    expect(
      claimed
        .flat()
        .map(({ key }) => key)
        .filter((key) => key.startsWith(id))
        .sort(),
    ).toEqual([...names].sort());
  });

  test('while the line between them is cut nothing is missed: it is read when the line is back', async () => {
    const luc = await customer();
    const stream = await luc.listens(other, 1);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (let i = 1; i <= 3; i += 1) {
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guichet line'",
      );
      await luc.says(one, `menu ${i}`);
    }
    expect(places(await luc.sees(stream, 6))).toEqual([2, 3, 4, 5, 6, 7]);
    await client.end();
    stream.socket.close();
  });
});

describeOnPostgres('processes that start at once on an empty database', () => {
  test('make its tables, its keys and its first agent once', async () => {
    const cluster = await Cluster.start();
    const url = await cluster.database();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore(url)));
    const passwords = await Promise.all(stores.map((store) => firstAgent(store, 'agent@shop.fr')));
    expect(passwords.filter((password) => password !== undefined)).toHaveLength(1);
    const keys = await Promise.all(stores.map((store, i) => store.secret('key', () => `key ${i}`)));
    expect(new Set(keys).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
    await cluster.end();
  });
});
