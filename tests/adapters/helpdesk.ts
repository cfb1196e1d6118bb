import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Outbox } from '../../adapters/outbox.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { targetFetch } from '../../adapters/targetFetch.ts';
import { deliverersOf, type Target } from '../../adapters/targets.ts';
import { agentMessage } from '../../bot/agentMessage.ts';
import type { Store } from '../../bot/store.ts';
import { HttpSink } from '../httpSink.ts';
import { happens, NOON, ticketOf } from '../ticket.ts';

/* A helpdesk's tests: it is a local server that speaks the calls of the documented API, and keeps what it is given. */

export const fetch = targetFetch(['127.0.0.1']);
export let sink: HttpSink;
export let store: Store;
let clock: number;

/** Each test of the file has a helpdesk and a store of its own. */
export function eachTestHasHelpdesk(): void {
  beforeEach(async () => {
    sink = await HttpSink.start();
    store = await openSqliteStore(mkdtempSync(join(tmpdir(), 'guichet-helpdesk-')));
    clock = NOON.getTime();
  });
  afterEach(async () => {
    await store.close();
    await sink.stop();
  });
}

/** The outbox that delivers to the helpdesk. */
export function outboxOf(target: Target): Outbox {
  return new Outbox(
    { store, now: () => new Date(clock), log: pino({ level: 'silent' }) },
    deliverersOf([target]),
  );
}

/** Lets time pass. */
export function minutes(count: number): void {
  clock += count * 60_000;
}

export const reference = 'SUP-4T7K2M';

/** An agent answers the ticket. */
export async function isAnswered(): Promise<void> {
  const conversation = (await store.conversation('c'))!;
  const message = agentMessage({ id: 'lea', name: 'Léa' }, 'Bonjour, je regarde.', conversation, NOON);
  await happens(store, { type: 'ticket.replied', reference, seq: 3 }, { activities: [message] });
}

/** An agent closes it. */
export function isClosed(): Promise<void> {
  return happens(
    store,
    { type: 'ticket.closed', reference },
    { updatedTickets: [ticketOf({ status: 'closed', resolution: 'Remboursé.' })] },
  );
}
