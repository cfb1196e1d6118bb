import { type HandoffStep, humanInCharge, move, placeInQueue, transitions } from '../../bot/handoff.ts';
import type { Handoff, HandoffState } from '../../bot/store.ts';

const AT = new Date('2026-03-18T13:30:00Z');
const LATER = new Date('2026-03-18T13:40:00Z');
const LEA = { id: 'lea', name: 'Léa' };
const MARC = { id: 'marc', name: 'Marc' };

const handoff = (state: HandoffState, more: Partial<Handoff> = {}): Handoff => ({
  id: 'h',
  conversationId: 'c',
  reference: 'SUP-222222',
  state,
  priority: 'normal',
  queuedAt: AT,
  ...(state !== 'queued' && { owner: LEA, acceptedAt: AT }),
  ...more,
});

const STEPS: HandoffStep[] = ['accept', 'speak', 'release', 'return', 'close', 'expire'];
const LEADS: [HandoffState, HandoffStep, HandoffState][] = [
  ['queued', 'accept', 'accepted'],
  ['queued', 'return', 'returned'],
  ['queued', 'close', 'closed'],
  ['queued', 'expire', 'expired'],
  ['accepted', 'accept', 'accepted'],
  ['accepted', 'speak', 'active'],
  ['accepted', 'release', 'queued'],
  ['accepted', 'return', 'returned'],
  ['accepted', 'close', 'closed'],
  ['accepted', 'expire', 'expired'],
  ['active', 'accept', 'accepted'],
  ['active', 'speak', 'active'],
  ['active', 'release', 'queued'],
  ['active', 'return', 'returned'],
  ['active', 'close', 'closed'],
  ['active', 'expire', 'expired'],
];

test.each(LEADS)('%s, %s: %s', (from, step, to) => {
  expect(move(handoff(from), step, LATER, MARC)?.state).toBe(to);
});

test('nothing else is possible; an end is an end', () => {
  const possible = new Set(LEADS.map(([from, step]) => `${from} ${step}`));
  for (const from of Object.keys(transitions) as HandoffState[]) {
    if (from === ('bot' as string)) continue;
    for (const step of STEPS) {
      if (!possible.has(`${from} ${step}`)) expect(move(handoff(from), step, LATER, MARC)).toBeUndefined();
    }
  }
  expect(transitions.bot).toEqual({ request: 'queued' });
});

test('who accepts owns it; who gives it back owns it no more, and its place in time stays', () => {
  const accepted = move(handoff('queued'), 'accept', LATER, MARC)!;
  expect(accepted).toMatchObject({ owner: MARC, acceptedAt: LATER, queuedAt: AT });
  const released = move(accepted, 'release', LATER)!;
  expect(released).toMatchObject({ state: 'queued', queuedAt: AT });
  expect(released.owner).toBeUndefined();
});

test('who takes it over owns it; since when the customer has had somebody stays', () => {
  expect(move(handoff('accepted'), 'accept', LATER, MARC)).toMatchObject({ owner: MARC, acceptedAt: AT });
});

test('the first answer is noted once', () => {
  const first = move(handoff('accepted'), 'speak', AT)!;
  expect(move(first, 'speak', LATER)).toMatchObject({ answeredAt: AT, owner: LEA });
});

test('an end is noted, and who was in charge stays known', () => {
  expect(move(handoff('active'), 'close', LATER)).toMatchObject({ endedAt: LATER, owner: LEA });
});

test('a human is in charge from the moment that one accepts', () => {
  const states: HandoffState[] = ['queued', 'accepted', 'active', 'returned', 'closed', 'expired'];
  expect(states.filter((state) => humanInCharge(handoff(state)))).toEqual(['accepted', 'active']);
});

test('the place in the queue counts who waits before; urgent ones go first', () => {
  const live = [
    handoff('queued', { id: 'u', priority: 'urgent' }),
    handoff('active', { id: 'x' }),
    handoff('queued', { id: 'a' }),
    handoff('queued', { id: 'b' }),
  ];
  expect(placeInQueue(live[0]!, live)).toBe(1);
  expect(placeInQueue(live[3]!, live)).toBe(3);
  expect(placeInQueue(handoff('queued', { id: 'new' }), live)).toBe(4);
  expect(placeInQueue(handoff('queued', { id: 'new', priority: 'urgent' }), live)).toBe(2);
});
