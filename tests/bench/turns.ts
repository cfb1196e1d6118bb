import { Guichet } from '../faults/guichet.ts';
import { Cluster, findPostgres } from '../postgres.ts';
import { nextMessage, openConversations, SAID, type Customer } from './customers.ts';
import { EchoProcess } from './echo/process.ts';
import { closedLoop, type Loaded, type Load, openLoop } from './load.ts';
import { figure, type Measured, type Row } from './row.ts';

/** Customers who write at once; each has a stream open, and writes when the last message is answered. */
const CLIENTS = 32;

interface Subject {
  name: string;
  load: Pick<Load, 'url' | 'next'>;
  best?: Loaded;
  half?: Loaded;
  stop(): Promise<void>;
}

export const turns: Row = {
  name: 'turns',
  title: 'Whole turns over Direct Line',
  run: async (short) => {
    const seconds = short ? 2 : 6;
    const subjects = [await product('Guichet on SQLite, synchronous=FULL'), await inProcessEcho()];
    const missing: string[] = [];
    if (!short) {
      subjects.push(await cloudAdapterEcho());
      if (findPostgres() === undefined) missing.push('PostgreSQL: there is none on this machine.');
      else subjects.push(await onPostgres());
    }
    try {
      return { ...(await compare(subjects, seconds)), missing };
    } finally {
      for (const subject of subjects) await subject.stop();
    }
  },
};

/** Each subject alone under load, in turns, so that what else the machine does falls on all of them. */
async function compare(subjects: Subject[], seconds: number): Promise<Omit<Measured, 'missing'>> {
  const loadOf = ({ load }: Subject): Load => ({ ...load, clients: CLIENTS, seconds });
  for (const subject of subjects) await closedLoop({ ...loadOf(subject), seconds: seconds / 2 });
  for (let round = 0; round < 2; round += 1) {
    for (const subject of subjects) {
      const loaded = await closedLoop(loadOf(subject));
      if (!subject.best || loaded.perSecond > subject.best.perSecond) subject.best = loaded;
    }
  }
  for (const subject of subjects) {
    const half = subject.best!.perSecond / 2;
    // A server that idled answers slower at first, and each has idled while the others were measured.
    await openLoop({ ...loadOf(subject), seconds: seconds / 2 }, half);
    subject.half = await openLoop(loadOf(subject), half);
  }
  const [ours, echo, cloud] = subjects as [Subject, Subject, Subject | undefined];
  const ratio = (other: Subject): number => ours.best!.perSecond / other.best!.perSecond;
  return {
    how: `${CLIENTS} customers at once, ${SAID.length} different messages in turn, each under a key of its own; Guichet’s have a stream open, to which every answer is pushed. A turn of Guichet is redacted, classified, answered by its dialogs and committed to the disk before its 200. The echo bots do none of that. Server and load generator have a process each. Greatest rate: the better of two rounds of ${seconds} s, every customer writing as soon as the last message is answered. Then half of that rate, after ${seconds / 2} s at it that do not count, sent on time whether answers come or not, and late from when it was due.`,
    table: {
      head: [
        'server',
        'turns a second',
        'p50',
        'p99',
        'p50 at half the rate',
        'p99 at half the rate',
        'refused',
      ],
      rows: subjects.map(({ name, best, half }) => [
        name,
        figure(best!.perSecond),
        ...[best!.p50, best!.p99, half!.p50, half!.p99].map((ms) => `${figure(ms)} ms`),
        String(best!.refused + half!.refused),
      ]),
    },
    goals: [
      {
        what: 'Turns a second against the bare botbuilder echo bot in one process',
        measured: ratio(echo),
        unit: '×',
        atLeast: 0.5,
        broken: 0.02,
      },
      ...(cloud
        ? [
            {
              what: 'Turns a second against the stock CloudAdapter echo bot',
              measured: ratio(cloud),
              unit: '×',
              atLeast: 3,
              broken: 0.1,
            },
          ]
        : []),
      {
        what: 'p99 of a turn at half of the greatest rate',
        measured: ours.half!.p99,
        unit: 'ms',
        atMost: 20,
      },
      { what: 'Messages refused', measured: ours.best!.refused + ours.half!.refused, unit: '', atMost: 0 },
    ],
  };
}

async function product(name: string, settings: Record<string, string> = {}): Promise<Subject> {
  const guichet = await Guichet.start({ settings });
  const customers = await openConversations(guichet.url, CLIENTS, true);
  return {
    name,
    load: { url: guichet.url, next: (client) => nextMessage(customers[client]!) },
    stop: async () => {
      for (const { stream } of customers) stream?.terminate();
      await guichet.kill();
    },
  };
}

async function onPostgres(): Promise<Subject> {
  const cluster = await Cluster.start({ durable: true });
  const subject = await product('Guichet on PostgreSQL, fsync', { DATABASE_URL: await cluster.database() });
  return {
    ...subject,
    stop: async () => {
      await subject.stop();
      await cluster.end();
    },
  };
}

function strangers(): Customer[] {
  return Array.from({ length: CLIENTS }, (_, i) => ({ id: `conversation-${i}`, token: 'none', said: 0 }));
}

async function inProcessEcho(): Promise<Subject> {
  const echo = await EchoProcess.start('tests/bench/echo/inProcess.ts');
  const customers = strangers();
  return {
    name: 'botbuilder echo bot, in-process adapter, MemoryStorage',
    load: { url: echo.url, next: (client) => nextMessage(customers[client]!) },
    stop: () => echo.stop(),
  };
}

async function cloudAdapterEcho(): Promise<Subject> {
  const connector = await EchoProcess.start('tests/bench/echo/connector.ts');
  const echo = await EchoProcess.start('tests/bench/echo/cloudAdapter.ts');
  const customers = strangers();
  return {
    name: 'botbuilder echo bot, CloudAdapter, local connector',
    load: {
      url: echo.url,
      next: (client) => {
        const customer = customers[client]!;
        const { body } = nextMessage(customer);
        return {
          path: '/api/messages',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            ...(JSON.parse(body) as object),
            id: `${customer.id}-${customer.said}`,
            channelId: 'test',
            serviceUrl: connector.url,
            conversation: { id: customer.id },
            recipient: { id: 'bot' },
          }),
        };
      },
    },
    stop: async () => {
      await echo.stop();
      await connector.stop();
    },
  };
}
