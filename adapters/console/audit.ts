import type { Now } from '../../bot/clock.ts';
import type { AgentRecord, AuditAction, Store } from '../../bot/store.ts';

/** An open ticket is read again every few seconds; that it was looked at is noted once in this time. */
const VIEWED_AGAIN_MS = 60 * 60_000;
/** What was viewed lately; beyond it the oldest may be noted twice. */
const MOST_REMEMBERED = 5_000;

/** Notes what agents do with customers' data: who, what, when, and never a word of it. */
export class Audit {
  private readonly store: Pick<Store, 'audit'>;
  private readonly now: Now;
  private readonly lastViewed = new Map<string, number>();

  constructor(store: Pick<Store, 'audit'>, now: Now) {
    this.store = store;
    this.now = now;
  }

  /** Notes that an agent read a ticket: once an hour, for the open page reads it every few seconds. */
  async viewed({ id }: AgentRecord, reference: string): Promise<void> {
    const key = `${id} ${reference}`;
    const at = this.now().getTime();
    if (at - (this.lastViewed.get(key) ?? -Infinity) < VIEWED_AGAIN_MS) return;
    if (this.lastViewed.size >= MOST_REMEMBERED) this.lastViewed.clear();
    this.lastViewed.set(key, at);
    await this.note(id, 'viewed', `ticket ${reference}`);
  }

  /** Notes that an agent took data out; `what` names it. */
  exported({ id }: AgentRecord, what: string): Promise<void> {
    return this.note(id, 'exported', what);
  }

  /** Notes that an account was made or changed, by its id. */
  accountChanged({ id }: AgentRecord, changed: string): Promise<void> {
    return this.note(id, 'account_changed', `account ${changed}`);
  }

  private note(actor: string, action: AuditAction, subject: string): Promise<void> {
    return this.store.audit.add({ at: this.now(), actor, action, subject });
  }
}
