import type { SupportHours } from './supportHours.ts';
import { texts } from './texts.ts';

/** What the support can do for a request now. Live chat is possible at a staffed desk alone. */
export interface Desk {
  state: 'staffed' | 'unattended' | 'closed';
  /** Open, and less than ten minutes before closing. */
  closesSoon: boolean;
  /** `now` itself when open. */
  nextOpening: Date;
}

/** The hours decision. `someoneThere`: an agent is present at the desk; until the desk tells, nobody is. */
export function deskAt(now: Date, hours: SupportHours, someoneThere = false): Desk {
  const open = hours.isOpen(now);
  return {
    state: open ? (someoneThere ? 'staffed' : 'unattended') : 'closed',
    closesSoon: hours.closesSoon(now),
    nextOpening: hours.nextOpening(now),
  };
}

/** The hours in one sentence, as they are at `now`. */
export function sayHours(desk: Desk, now: Date): string {
  if (desk.state === 'closed') return texts.closed(desk.nextOpening, now);
  return desk.closesSoon ? texts.closesSoon : texts.open;
}
