import { check, type StoredLine, type Violation } from './checker.ts';
import { History, type Phase } from './history.ts';

/* A checker that finds nothing wrong proves nothing unless it can: here are histories that are wrong, made by hand. */

const line = (seq: number, role: string, key?: string, replyTo?: number): StoredLine => ({
  seq,
  id: `c|${seq}`,
  role,
  text: `${role} ${seq}`,
  ...(key !== undefined && { key }),
  ...(replyTo !== undefined && { replyToId: `c|${replyTo}` }),
});
/** Two messages, each with its answer. */
const GOOD = [
  line(1, 'customer', 'a'),
  line(2, 'bot', undefined, 1),
  line(3, 'customer', 'b'),
  line(4, 'bot', undefined, 3),
];

type Step = [key: string, phase: Phase, id?: string];
const SAID: Step[] = [
  ['a', 'invoke'],
  ['a', 'ok', 'c|1'],
  ['b', 'invoke'],
  ['b', 'info'],
  ['b', 'invoke'],
  ['b', 'ok', 'c|3'],
];

function violations({
  said = SAID,
  seen = GOOD,
  stored = GOOD,
  due = ['x'],
  delivered = ['x'],
}: {
  said?: Step[];
  seen?: StoredLine[];
  stored?: StoredLine[];
  due?: string[];
  delivered?: string[];
}): Violation['promise'][] {
  const history = new History();
  for (const [key, phase, id] of said)
    history.add({
      operation: 'say',
      client: 'luc',
      conversation: 'c',
      key,
      phase,
      ...(id !== undefined && { id }),
    });
  for (const entry of seen) history.add({ operation: 'see', client: 'tab', conversation: 'c', ...entry });
  for (const id of delivered) history.add({ operation: 'deliver', id });
  return check(history, { conversations: new Map([['c', stored]]), due }).map(({ promise }) => promise);
}

test('a history in which all went well breaks no promise', () => {
  expect(violations({})).toEqual([]);
});

test('neither does one with a delivery made twice, a resend acknowledged twice, or an observer who came late', () => {
  expect(violations({ delivered: ['x', 'x'] })).toEqual([]);
  expect(violations({ said: [...SAID, ['a', 'invoke'], ['a', 'ok', 'c|1']] })).toEqual([]);
  expect(violations({ seen: GOOD.slice(2) })).toEqual([]);
});

test('nor one in which nobody knows what became of a message, stored or not', () => {
  const unknown: Step[] = [...SAID, ['c', 'invoke'], ['c', 'info']];
  const longer = [...GOOD, line(5, 'customer', 'c'), line(6, 'bot', undefined, 5)];
  expect(violations({ said: unknown })).toEqual([]);
  expect(violations({ said: unknown, stored: longer, seen: longer })).toEqual([]);
});

const wrong: [string, Violation['promise'], Parameters<typeof violations>[0]][] = [
  [
    'acknowledged, and not stored',
    'acknowledged is kept',
    { stored: GOOD.slice(0, 2), seen: GOOD.slice(0, 2) },
  ],
  [
    'acknowledged under another id than it is stored',
    'acknowledged is kept',
    { said: [['a', 'invoke'], ['a', 'ok', 'c|9'], ...SAID.slice(2)] },
  ],
  ['acknowledged under two ids', 'once', { said: [...SAID, ['b', 'ok', 'c|4']] }],
  ['refused, and stored', 'refused is not stored', { said: [...SAID.slice(0, 3), ['b', 'fail']] }],
  ['stored, and never said', 'nothing is invented', { said: SAID.slice(0, 2) }],
  [
    'stored twice',
    'once',
    { stored: [...GOOD, line(5, 'customer', 'b'), line(6, 'bot', undefined, 5)], seen: [] },
  ],
  ['answered twice', 'one answer', { stored: [...GOOD, line(5, 'bot', undefined, 3)], seen: [] }],
  ['not answered', 'one answer', { stored: GOOD.slice(0, 3), seen: [] }],
  [
    'a place is left out',
    'no gap, no repeat',
    { stored: [...GOOD.slice(0, 2), line(4, 'bot')], seen: [], said: SAID.slice(0, 2) },
  ],
  [
    'said first and stored last',
    'one order',
    {
      said: [
        ['b', 'invoke'],
        ['b', 'ok', 'c|3'],
        ['a', 'invoke'],
        ['a', 'ok', 'c|1'],
      ],
    },
  ],
  ['an observer misses one', 'no gap, no repeat', { seen: [GOOD[0]!, GOOD[2]!, GOOD[3]!] }],
  [
    'an observer gets one twice',
    'no gap, no repeat',
    { seen: [GOOD[0]!, GOOD[1]!, GOOD[1]!, GOOD[2]!, GOOD[3]!] },
  ],
  ['an observer sees another order', 'no gap, no repeat', { seen: [GOOD[1]!, GOOD[0]!, GOOD[2]!, GOOD[3]!] }],
  ['an observer sees another text', 'one order', { seen: [{ ...GOOD[0]!, text: 'else' }, ...GOOD.slice(1)] }],
  ['an observer does not see the end', 'seen to the end', { seen: GOOD.slice(0, 3) }],
  ['due, and not delivered', 'what is due is delivered', { due: ['x', 'y'] }],
  ['delivered, and not due', 'nothing is invented', { delivered: ['x', 'z'] }],
];

test.each(wrong)('%s: %s', (_what, promise, history) => {
  expect(violations(history)).toContain(promise);
});
