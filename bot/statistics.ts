import type { Handoff, Rating, Ticket } from './store.ts';
import { hourInParis, type SupportHours } from './supportHours.ts';

/** What the figures of a span are made of. */
export interface Records {
  conversations: readonly { id: string; createdAt: Date; wrote: boolean }[];
  tickets: readonly Ticket[];
  handoffs: readonly Handoff[];
  ratings: readonly Rating[];
}

/** The figures of a span, for the dashboard. Durations are medians in seconds, absent where nothing was measured. */
export interface Statistics {
  conversations: number;
  /** Conversations in which the customer wrote, and that needed neither ticket nor human. */
  byBot: number;
  tickets: number;
  outOfHours: number;
  handoffs: number;
  /** Handoffs that ended before an agent spoke. */
  abandoned: number;
  wait?: number;
  firstAnswer?: number;
  csat?: number;
  ratings: number;
  bySubject: { subject: string; count: number }[];
  /** Conversations begun in each hour of the day, by the clock of Paris. */
  byHour: number[];
  /** How often each score, from 1 to 5. */
  byScore: number[];
}

/** Counts a span. A conversation belongs to the instant at which it began. */
export function statisticsOf(records: Records, hours: SupportHours): Statistics {
  const { tickets, handoffs, ratings } = records;
  const conversations = records.conversations.filter(({ wrote }) => wrote);
  const passedOn = new Set([...tickets, ...handoffs].map(({ conversationId }) => conversationId));
  const wait = median(
    handoffs.flatMap(({ queuedAt, acceptedAt }) => (acceptedAt ? [seconds(queuedAt, acceptedAt)] : [])),
  );
  const firstAnswer = median(
    handoffs.flatMap(({ queuedAt, answeredAt }) => (answeredAt ? [seconds(queuedAt, answeredAt)] : [])),
  );
  return {
    conversations: conversations.length,
    byBot: conversations.filter(({ id }) => !passedOn.has(id)).length,
    tickets: tickets.length,
    outOfHours: tickets.filter(({ createdAt }) => !hours.isOpen(createdAt)).length,
    handoffs: handoffs.length,
    abandoned: handoffs.filter(({ endedAt, answeredAt }) => endedAt && !answeredAt).length,
    ...(wait !== undefined && { wait }),
    ...(firstAnswer !== undefined && { firstAnswer }),
    ...(ratings.length > 0 && { csat: sum(ratings.map(({ score }) => score)) / ratings.length }),
    ratings: ratings.length,
    bySubject: subjectsOf(tickets),
    byHour: histogram(
      24,
      conversations.map(({ createdAt }) => hourInParis(createdAt)),
    ),
    byScore: histogram(
      5,
      ratings.map(({ score }) => score - 1),
    ),
  };
}

function subjectsOf(tickets: readonly Ticket[]): { subject: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { subject } of tickets) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts]
    .map(([subject, count]) => ({ subject, count }))
    .sort((a, b) => b.count - a.count || a.subject.localeCompare(b.subject));
}

function histogram(size: number, values: readonly number[]): number[] {
  const counts = Array.from({ length: size }, () => 0);
  for (const value of values) counts[value]! += 1;
  return counts;
}

function seconds(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
