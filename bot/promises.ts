import type { PromiseClock } from '../dialogs/flow.ts';
import { atClockOrDay, clockOrDay, day, fr } from '../dialogs/french.ts';
import type { OpenTurn } from './openTurn.ts';
import type { TicketPromise } from './store.ts';
import type { SupportHours } from './supportHours.ts';

/** A pause after which what still runs is recalled too, not only what ran out meanwhile. */
const LONG_PAUSE_MS = 30 * 60_000;

/** A promise as it stands at `now`: what still holds, or what is over and what to do then. */
export function promiseNow(promise: TicketPromise, now: Date): string {
  const { kind, dueAt } = promise;
  const over = dueAt <= now;
  const when = clockOrDay(dueAt, now);
  switch (kind) {
    case 'reset_link_expires':
      return over
        ? fr`Votre lien de réinitialisation a expiré (${when}) : demandez-en un nouveau depuis « Mot de passe oublié ? ».`
        : fr`Votre lien de réinitialisation est valable jusqu’à ${when}.`;
    case 'account_unlocks':
      return over
        ? fr`Les 15 minutes d’attente sont passées (${when}) : vous pouvez réessayer de vous connecter.`
        : fr`Vous pourrez réessayer de vous connecter à partir de ${when}.`;
    case 'carrier_inquiry':
      return over
        ? fr`L’enquête devait aboutir au plus tard le ${day(dueAt, now)}. Si vous êtes sans nouvelles, écrivez « parler à un humain ».`
        : promise.text;
    case 'support_opens':
      return over ? fr`Le support a rouvert depuis.` : fr`Le support rouvre ${atClockOrDay(dueAt, now)}.`;
    default:
      return promise.text;
  }
}

/** The promises of the open form and of the customer's open tickets, oldest first. */
export async function promisesHeld(turn: OpenTurn): Promise<TicketPromise[]> {
  const { parts, form, now, given } = turn;
  const tickets = await parts.ticketsOfCustomer(given.conversation.userId);
  const kept = tickets.filter(({ status }) => status === 'open').flatMap(({ promises }) => promises);
  const said = form?.dialog.promisesIn(form.instance, promiseClock(now, parts.hours)) ?? [];
  // An inquiry begins with its ticket; a clock runs from what the customer did.
  return [...kept, ...said.filter(({ kind }) => kind !== 'carrier_inquiry')];
}

/** What flows need to know of time to make their promises. */
export function promiseClock(now: Date, hours: SupportHours): PromiseClock {
  return {
    now,
    addWorkingDays: (from, days) => hours.addWorkingDays(from, days),
    ...(!hours.isOpen(now) && { nextOpening: hours.nextOpening(now) }),
  };
}

/** Names a promise in one of its two states, so that each is recalled once. */
export function recallKey(kind: string, dueAt: Date, over: boolean): string {
  return `${kind} ${dueAt.toISOString()} ${over ? 'over' : 'running'}`;
}

/** When the customer is back: what ran out meanwhile ("votre lien a expiré"); after a long pause, what still runs. Each once. */
export async function recallPromises(turn: OpenTurn): Promise<void> {
  const { now, memory, given } = turn;
  if (!given.lastHeard) return;
  const since = given.lastHeard.at;
  const long = now.getTime() - since.getTime() >= LONG_PAUSE_MS;
  for (const promise of await promisesHeld(turn)) {
    const over = promise.dueAt <= now;
    const ranOut = over && promise.dueAt > since;
    const key = recallKey(promise.kind, promise.dueAt, over);
    // The hours are said with every answer about them.
    if (promise.kind === 'support_opens' || !(ranOut || (long && !over))) continue;
    if (memory.recalled.includes(key)) continue;
    memory.recalled.push(key);
    turn.say(promiseNow(promise, now));
  }
}
