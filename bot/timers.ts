import type { Logger } from 'pino';
import { backOff } from './backOff.ts';
import type { Now } from './clock.ts';
import { Loop } from './loop.ts';
import type { Store, Timer } from './store.ts';
import { turnOf } from './turn.ts';

/**
 * Acts on a timer. It may be called again for the same one (the process died before it was done), so what it does is
 * keyed by the timer: a turn with the key `timer:<key>:<due>`, an outbox row with a stable id.
 */
export type OnTimer = (timer: Timer) => Promise<void>;

const EVERY_MS = 1_000;
const LEASE_MS = 60_000;
const AT_ONCE = 20;

/** The clockwork of what was put off: idle reminders, callbacks, hours that end. Timers are rows, and survive restarts. */
export class Timers {
  private readonly parts: { store: Pick<Store, 'timers'>; now: Now; log: Logger };
  private readonly actions: Readonly<Record<string, OnTimer>>;
  private loop: Loop | undefined;

  /** @param actions by the timers' kind */
  constructor(
    parts: { store: Pick<Store, 'timers'>; now: Now; log: Logger },
    actions: Readonly<Record<string, OnTimer>>,
  ) {
    this.parts = parts;
    this.actions = actions;
  }

  /** Looks for timers that are due, now and then, until `stop`. */
  start(): void {
    this.loop = new Loop(() => this.pass(), EVERY_MS, this.parts.log);
    this.loop.wake();
  }

  /** Resolves when what is being acted on is done. */
  async stop(): Promise<void> {
    await this.loop?.stop();
  }

  /** Acts on everything that is due. */
  async pass(): Promise<void> {
    const { store, now } = this.parts;
    for (;;) {
      const at = now();
      const due = await store.timers.claim({
        now: at,
        until: new Date(at.getTime() + LEASE_MS),
        limit: AT_ONCE,
      });
      for (const timer of due) await this.act(timer, timer.attempts);
      if (due.length < AT_ONCE) return;
    }
  }

  private async act(timer: Timer, attempts: number): Promise<void> {
    const { store, now, log } = this.parts;
    const action = this.actions[timer.kind];
    try {
      if (!action) throw new Error(`Nothing acts on timers of the kind ${timer.kind}; name it in app.ts.`);
      await action(timer);
      await store.timers.done(timer);
    } catch (error) {
      log.error({ ...turnOf(error), err: error, timer: timer.kind }, 'a timer failed; it is tried again');
      await store.timers.later(timer, new Date(now().getTime() + backOff(attempts)));
    }
  }
}

/** The idempotency key of the turn that a timer causes. */
export function timerKey({ key, dueAt }: Timer): string {
  return `timer:${key}:${dueAt.toISOString()}`;
}
