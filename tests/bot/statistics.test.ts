import { answerBy } from '../../bot/deadline.ts';
import { median, statisticsOf } from '../../bot/statistics.ts';
import type { Handoff } from '../../bot/store.ts';
import { SupportHours } from '../../bot/supportHours.ts';
import { ticketOf } from '../ticket.ts';

const hours = new SupportHours();
const at = (text: string): Date => new Date(text);
const handoff = (id: string, more: Partial<Handoff>): Handoff => ({
  id,
  conversationId: id,
  reference: 'SUP-222222',
  state: 'closed',
  priority: 'normal',
  queuedAt: at('2026-03-18T13:30:00Z'),
  ...more,
});

test('the figures of a span', () => {
  const statistics = statisticsOf(
    {
      conversations: [
        { id: 'a', createdAt: at('2026-03-18T13:30:00Z'), wrote: true },
        { id: 'b', createdAt: at('2026-03-18T13:59:00Z'), wrote: true },
        { id: 'c', createdAt: at('2026-03-18T22:30:00Z'), wrote: true },
        { id: 'looked', createdAt: at('2026-03-18T13:30:00Z'), wrote: false },
      ],
      tickets: [
        ticketOf({ conversationId: 'b', subject: 'Paiement' }),
        ticketOf({ conversationId: 'x', subject: 'Paiement', createdAt: at('2026-03-18T17:00:00Z') }),
        ticketOf({ conversationId: 'y', subject: 'Affichage' }),
      ],
      handoffs: [
        handoff('c', {
          acceptedAt: at('2026-03-18T13:31:00Z'),
          answeredAt: at('2026-03-18T13:31:30Z'),
          endedAt: at('2026-03-18T13:40:00Z'),
        }),
        handoff('d', { acceptedAt: at('2026-03-18T13:33:00Z') }),
        handoff('e', { endedAt: at('2026-03-18T13:35:00Z'), state: 'returned' }),
      ],
      ratings: [
        { handoffId: 'c', conversationId: 'c', score: 5, at: at('2026-03-18T13:41:00Z') },
        { handoffId: 'd', conversationId: 'd', score: 2, at: at('2026-03-18T13:41:00Z') },
      ],
    },
    hours,
  );
  expect(statistics).toMatchObject({
    conversations: 3,
    byBot: 1,
    tickets: 3,
    outOfHours: 1,
    handoffs: 3,
    abandoned: 1,
    wait: 120,
    firstAnswer: 90,
    csat: 3.5,
    ratings: 2,
    bySubject: [
      { subject: 'Paiement', count: 2 },
      { subject: 'Affichage', count: 1 },
    ],
    byScore: [0, 1, 0, 0, 1],
  });
  // By the clock of Paris: 14 h twice, 23 h 30 once.
  expect(statistics.byHour[14]).toBe(2);
  expect(statistics.byHour[23]).toBe(1);
});

test('what was not measured is absent, not zero', () => {
  const none = statisticsOf({ conversations: [], tickets: [], handoffs: [], ratings: [] }, hours);
  expect([none.wait, none.firstAnswer, none.csat]).toEqual([undefined, undefined, undefined]);
  expect(median([3, 1, 2])).toBe(2);
});

test.each([
  ['within the day', '2026-03-18T09:00:00+01:00', 4, '2026-03-18T13:00:00+01:00'],
  ['to the last minute', '2026-03-18T09:00:00+01:00', 9, '2026-03-18T18:00:00+01:00'],
  ['over a night', '2026-03-18T16:00:00+01:00', 4, '2026-03-19T11:00:00+01:00'],
  ['over a weekend', '2026-03-20T17:00:00+01:00', 8, '2026-03-23T16:00:00+01:00'],
  ['from a Sunday', '2026-03-22T12:00:00+01:00', 2, '2026-03-23T11:00:00+01:00'],
  ['over a holiday', '2026-04-30T17:00:00+02:00', 2, '2026-05-04T10:00:00+02:00'],
  ['over the change of clock', '2026-03-27T17:00:00+01:00', 2, '2026-03-30T10:00:00+02:00'],
])('a deadline counts open hours: %s', (_name, from, openHours, due) => {
  expect(answerBy(at(from), openHours, hours)).toEqual(at(due));
});
