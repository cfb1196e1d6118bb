import type { Base } from './commonSlots.ts';
import { atClockOrDay, clockOrDay, day, dayAndClock, fold, fr, isoDay } from './french.ts';
import { entitiesOf, type Message, type Reading, type Slot } from './slots.ts';

/** Clocks differ a little: a moment one minute ahead is now. */
const AHEAD_MS = 60_000;

/** "avant-hier soir vers 22 h 30" */
const LONGEST_ALONE = 32;

/**
 * A moment in the past, said as people say it; stored as an ISO 8601 instant, or as a date (YYYY-MM-DD) when no time
 * was given. A day that is over is enough; `hourMatters` asks for the time when the day is today.
 */
export function moment({ hourMatters = false, ...base }: Base & { hourMatters?: boolean }): Slot {
  return {
    required: false,
    retry: fr`Je n’ai pas reconnu ce moment. Par exemple : « il y a 20 minutes », « ce matin à 9 h 15 », « hier soir ».`,
    read: (message) => readMoment(message, hourMatters),
    show: showMoment,
    alone: (message) => (message.text.trim().length <= LONGEST_ALONE ? spotMoment(message) : undefined),
    ...base,
  };
}

/** Whether a stored moment is a day without its time. */
export function isDay(value: string): boolean {
  return value.length === 10;
}

/** "14 h 07", "lundi 30 novembre" or both; without `now`, the day at least. */
function showMoment(value: string, now?: Date): string {
  if (isDay(value)) return day(new Date(`${value}T12:00:00Z`), now);
  const instant = new Date(value);
  return now ? clockOrDay(instant, now) : dayAndClock(instant);
}

/** The same after a verb: "à 14 h 07", "lundi 30 novembre". */
export function atMoment(value: string, now: Date): string {
  return isDay(value) ? showMoment(value, now) : atClockOrDay(new Date(value), now);
}

/** The past instant, or else the day, that a message names. */
export function spotMoment(message: Message): string | undefined {
  const reading = readMoment(message, false);
  return reading && 'value' in reading ? reading.value : undefined;
}

const JUST_NOW =
  /\b(?:a l'instant|al instant|maintenant|la maintenant|tout de suite|en ce moment|la tout de suite|juste avant|il y a (?:un instant|deux minutes|2 secondes|deux secondes)|a instant|instantanement)\b/;

const AGO = /^\s*((?:environ |à peu près )?\d{1,3} ?(?:min|mn|minutes?|heures?|jours?|semaines?))\s*\.?$/iu;

function readMoment(message: Message, hourMatters: boolean): Reading | undefined {
  const { now, find } = message;
  // "2 min", to when it was: two minutes ago.
  const text = message.text.replace(AGO, 'il y a $1');
  const entities = entitiesOf({ ...message, text });
  // "3" alone is a count, not three in the morning.
  if (/^\s*\d{1,2}\s*$/.test(text)) return undefined;
  const notYet = { refused: fr`Ce moment n’est pas encore passé. Quand était-ce ?` };
  const several = entities.filter(({ kind }) => kind === 'date').length > 1;
  const more = several ? { saysMore: true } : {};
  const instant = find.instant(text) ?? (JUST_NOW.test(fold(text)) ? now : undefined);
  if (instant) {
    return instant.getTime() > now.getTime() + AHEAD_MS ? notYet : { value: instant.toISOString(), ...more };
  }
  const today = isoDay(now);
  const date = entities.find((entity) => entity.kind === 'date')?.value ?? looseDay(text, today);
  if (date === undefined) return undefined;
  if (date > today) return notYet;
  if (date === today && hourMatters) {
    return { refused: fr`Vers quelle heure ? Par exemple : « vers 9 h 15 ».`, partly: date };
  }
  return { value: date, ...more };
}

/** "Tout à l'heure", "dans la journée": today, without more. */
function looseDay(text: string, today: string): string | undefined {
  return /\b(?:tout a l'heure|toute a l'heure|tantot|ce jour|dans la journee|ce midi|cet aprem|cette apres midi|cet apres midi)\b/.test(
    fold(text).replaceAll('-', ' '),
  )
    ? today
    : undefined;
}
