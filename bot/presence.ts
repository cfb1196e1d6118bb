import type { Presence, Store } from './store.ts';

/** An agent's page says every 15 s that it is there; who has said nothing for this long has gone. */
const GONE_AFTER_MS = 45_000;

/** Whether an agent is at the desk and takes conversations. */
export function isPresent({ status, seenAt }: Presence, now: Date): boolean {
  return status === 'online' && !hasGone({ seenAt, status }, now);
}

/** Whether an agent has left: signed out, or their page has fallen silent. Away is not gone. */
export function hasGone({ status, seenAt }: Pick<Presence, 'status' | 'seenAt'>, now: Date): boolean {
  return status === 'offline' || now.getTime() - seenAt.getTime() > GONE_AFTER_MS;
}

/** How many agents are at the desk and take conversations. */
export async function agentsPresent(store: Pick<Store, 'desk'>, now: Date): Promise<number> {
  return (await store.desk.presences()).filter((presence) => isPresent(presence, now)).length;
}
