import { subDays, subMonths } from '../dialogs/dateFns.ts';
import type { Logger } from 'pino';
import type { Now } from './clock.ts';
import type { Store } from './store.ts';

/** How long what is kept: the settings KEEP_…. */
export interface Keeping {
  KEEP_CHATS_DAYS: number;
  KEEP_TICKETS_MONTHS: number;
  KEEP_UPLOADS_DAYS: number;
  KEEP_AUDIT_MONTHS: number;
}

/** What one run took out. */
export interface Expired {
  conversations: number;
  uploads: number;
}

/** Conversations, or files, read at once. Each conversation is erased in a transaction of its own. */
const AT_ONCE = 50;

/**
 * Takes out what has been kept long enough, by purpose: conversations without ticket, closed tickets with theirs, pictures,
 * the audit log. What is done is what is gone: a run that dies is taken up by the next, whichever process runs it, and two
 * at once do no harm. Who writes in that moment keeps the conversation.
 */
export class Retention {
  private readonly parts: { store: Pick<Store, 'privacy' | 'audit'>; now: Now; log?: Logger };
  private readonly keeping: Keeping;
  private stopped = false;

  constructor(parts: Retention['parts'], keeping: Keeping) {
    this.parts = parts;
    this.keeping = keeping;
  }

  /** Takes out what is over by now. @returns how much that was */
  async run(): Promise<Expired> {
    const { store, now, log } = this.parts;
    const at = now();
    const { KEEP_CHATS_DAYS, KEEP_TICKETS_MONTHS, KEEP_UPLOADS_DAYS, KEEP_AUDIT_MONTHS } = this.keeping;
    const expired: Expired = {
      conversations: await this.conversations({
        chats: subDays(at, KEEP_CHATS_DAYS),
        tickets: subMonths(at, KEEP_TICKETS_MONTHS),
      }),
      uploads: await this.uploads(subDays(at, KEEP_UPLOADS_DAYS)),
    };
    await store.audit.forget(subMonths(at, KEEP_AUDIT_MONTHS));
    if (expired.conversations + expired.uploads === 0) return expired;
    await store.privacy.sweep();
    const subject = `${expired.conversations} conversations, ${expired.uploads} uploads`;
    await store.audit.add({ at, actor: 'retention', action: 'expired', subject });
    log?.info(expired, 'what was kept long enough was erased');
    return expired;
  }

  /** A run under way ends after what it is erasing. */
  stop(): void {
    this.stopped = true;
  }

  private async conversations(cutoffs: { chats: Date; tickets: Date }): Promise<number> {
    const { privacy } = this.parts.store;
    let erased = 0;
    for (;;) {
      const overdue = await privacy.overdue(cutoffs, AT_ONCE);
      let now = 0;
      for (const conversation of overdue) {
        if (this.stopped) return erased;
        if (await privacy.eraseIfUnchanged(conversation)) now += 1;
      }
      erased += now;
      if (overdue.length < AT_ONCE || now === 0) return erased;
    }
  }

  private async uploads(before: Date): Promise<number> {
    let erased = 0;
    for (;;) {
      const now = this.stopped ? 0 : await this.parts.store.privacy.eraseUploads(before, AT_ONCE);
      erased += now;
      if (now < AT_ONCE) return erased;
    }
  }
}
