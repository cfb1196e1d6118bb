import type { Handoff, Store, Ticket, TurnCommit, Upload } from '../../bot/store.ts';
import { turnOf } from '../storedTurn.ts';
import { NOON, ticketOf } from '../ticket.ts';

export const NOW = NOON;

/** The store of the test that runs; the conversation « c » has begun in it. */
export let store: Store;

/** Gives each test of the block that it is called in a store of its own. */
export function eachTestOpens(open: () => Promise<Store>): void {
  beforeEach(async () => {
    store = await open();
    await store.openConversation({ id: 'c', channel: 'test', userId: 'u', now: NOW });
  });
  afterEach(() => store.close());
}

export function later(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}

/** A turn of the conversation « c »: a question and its answer. */
export function turn(version: number, changes: Partial<TurnCommit> = {}): TurnCommit {
  return turnOf({
    conversationId: 'c',
    version,
    activities: [
      { role: 'customer', at: NOW, activity: { type: 'message', text: `question ${version}` } },
      { role: 'bot', at: NOW, activity: { type: 'message', text: `answer ${version}` } },
    ],
    state: { version },
    ...changes,
  });
}

/** A ticket in which every kind of value stands. */
export function ticket(reference: string, at: Date): Ticket {
  const promises = [{ kind: 'carrier_inquiry', text: '…', dueAt: at, from: at }];
  return ticketOf({ reference, createdAt: at, updatedAt: at, promises });
}

export const handoff: Handoff = {
  id: 'h',
  conversationId: 'c',
  reference: 'SUP-222222',
  state: 'queued',
  priority: 'normal',
  queuedAt: NOW,
};

export const upload: Upload = {
  id: 'f',
  name: 'écran.png',
  contentType: 'image/png',
  bytes: new Uint8Array([1, 0, 255]),
};
