import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { hashPassword } from '../../adapters/console/agents.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import type { Handoff, Store, Ticket } from '../../bot/store.ts';
import { Guichet } from '../faults/guichet.ts';
import { keepTurn } from '../storedTurn.ts';
import { type Customer, nextMessage, openConversations } from './customers.ts';
import { percentile } from './load.ts';
import { figure, type Row } from './row.ts';
import { residentMegabytes } from './start.ts';

const PER_SECOND = 100;
const WAITING = 1_000;
const NOW = new Date('2026-03-18T13:30:00Z');
const AGENT = { email: 'agent@boutique.example', password: 'un mot de passe du banc' };

export const sockets: Row = {
  name: 'sockets',
  title: 'Open streams, and a full queue',
  run: async (short) => {
    const open = short ? 200 : 2_000;
    const seconds = short ? 5 : 20;
    const guichet = await Guichet.at();
    const store = await openSqliteStore(guichet.folder);
    await fillQueue(store);
    await store.close();
    await guichet.up();
    const queue = await readQueue(guichet.url, short ? 5 : 20);
    const customers = await openConversations(guichet.url, open, true);
    await pause(1_000);
    const resting = residentMegabytes(guichet.pid);
    const answers = await converse(guichet.url, customers, seconds);
    const working = residentMegabytes(guichet.pid);
    for (const { stream } of customers) stream!.terminate();
    await guichet.stop();
    return {
      how: `${figure(open)} customers, each with a stream open; ${PER_SECOND} messages a second among them for ${seconds} s, on time whether answers come or not. An answer is late from when its message was due until it has arrived on the stream. ${figure(WAITING)} customers wait in the console’s queue meanwhile; an agent reads the list by itself before, one time after the other.`,
      table: {
        head: ['', 'p50', 'p99', 'resident'],
        rows: [
          ['at rest', '', '', `${figure(resting)} MB`],
          [
            'an answer on the stream',
            `${figure(percentile(answers.took, 50))} ms`,
            `${figure(percentile(answers.took, 99))} ms`,
            `${figure(working)} MB`,
          ],
          [
            `the queue with ${figure(WAITING)} waiting`,
            `${figure(percentile(queue, 50))} ms`,
            `${figure(percentile(queue, 99))} ms`,
            '',
          ],
        ],
      },
      goals: [
        {
          what: 'Resident memory',
          measured: Math.max(resting, working),
          unit: 'MB',
          atMost: 512,
          broken: 768,
        },
        { what: 'p99 of an answer', measured: percentile(answers.took, 99), unit: 'ms', atMost: 300 },
        { what: 'Messages without an answer', measured: answers.missing, unit: '', atMost: 0 },
        { what: 'The console’s queue, p50', measured: percentile(queue, 50), unit: 'ms', atMost: 100 },
      ],
    };
  },
};

/** Customers in turn say something; resolves with the times until the bot's answers came. */
async function converse(
  url: string,
  customers: readonly Customer[],
  seconds: number,
): Promise<{ took: number[]; missing: number }> {
  const took: number[] = [];
  const asked = new Map<string, number>();
  for (const { id, stream } of customers) {
    stream!.on('message', (data: Buffer) => {
      const since = asked.get(id);
      if (since === undefined || !data.includes('"role":"bot"')) return;
      asked.delete(id);
      took.push(performance.now() - since);
    });
  }
  const began = performance.now();
  const posts: Promise<unknown>[] = [];
  for (let sent = 0; sent < seconds * PER_SECOND; sent += 1) {
    const due = began + (sent / PER_SECOND) * 1000;
    await pause(Math.max(0, due - performance.now()));
    const customer = customers[(sent * 37) % customers.length]!;
    asked.set(customer.id, due);
    const { path, headers, body } = nextMessage(customer);
    posts.push(
      request(`${url}${path}`, { method: 'POST', headers, body }).then((answer) => answer.body.dump()),
    );
  }
  await Promise.all(posts);
  await pause(500);
  return { took, missing: asked.size };
}

async function fillQueue(store: Store): Promise<void> {
  const { email, password } = AGENT;
  await store.agents.add({
    id: 'agent',
    email,
    name: 'Léa',
    passwordHash: await hashPassword(password),
    role: 'agent',
  });
  const fill = async (i: number): Promise<void> => {
    const conversationId = `waiting-${i}`;
    const queuedAt = new Date(NOW.getTime() - i * 1000);
    await store.openConversation({ id: conversationId, channel: 'directline', userId: `u${i}`, now: NOW });
    const ticket: Ticket = {
      reference: `SUP-${String(i).padStart(6, '0')}`,
      conversationId,
      channel: 'directline',
      intent: 'lost_parcel',
      section: 6,
      subject: 'Problème de livraison',
      status: 'open',
      priority: i % 10 === 0 ? 'urgent' : 'normal',
      createdAt: queuedAt,
      updatedAt: queuedAt,
      advice: ['voisins', 'gardien'],
      details: [
        { name: 'order', label: 'Commande', value: `1002${i}`, required: true, givenBy: 'customer' },
        { name: 'problem', label: 'Problème', value: 'rien reçu', required: true, givenBy: 'customer' },
      ],
      promises: [],
    };
    const handoff: Handoff = {
      id: `handoff-${i}`,
      conversationId,
      reference: ticket.reference,
      state: 'queued',
      priority: ticket.priority,
      queuedAt,
    };
    await keepTurn(store, conversationId, {
      activities: [{ role: 'customer', at: queuedAt, activity: { type: 'message', text: 'rien reçu' } }],
      tickets: [ticket],
      handoff,
    });
  };
  for (let i = 0; i < WAITING; i += 50) await Promise.all(Array.from({ length: 50 }, (_, j) => fill(i + j)));
}

/** How long the console's list takes, as its page asks for it. */
async function readQueue(url: string, times: number): Promise<number[]> {
  const signedIn = await fetch(`${url}/console/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(AGENT),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const took: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const began = performance.now();
    const answer = await fetch(`${url}/console/api/tickets?status=open`, { headers: { Cookie: cookie } });
    const { waiting } = (await answer.json()) as { waiting: number };
    if (waiting !== WAITING) throw new Error(`The queue has ${waiting} waiting, not ${WAITING}.`);
    took.push(performance.now() - began);
  }
  return took;
}
