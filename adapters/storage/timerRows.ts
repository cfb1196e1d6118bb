import type { Kysely, Selectable } from 'kysely';
import type { ClaimedTimer, Timer, TimerChange, TimerRows } from '../../bot/store.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { Engine } from './sqlStore.ts';

const cancelTimer = new Prepared<{ key: string }, never>((db, value) =>
  db.deleteFrom('timers').where('timer_key', '=', value('key')),
);

const setTimer = new Prepared<{ key: string; kind: string; dueAt: string; payload: string }, never>(
  (db, value) => {
    const timer = {
      kind: value('kind'),
      due_at: value('dueAt'),
      payload: value('payload'),
      attempts: 0,
      claimed_until: null,
    };
    return db
      .insertInto('timers')
      .values({ timer_key: value('key'), ...timer })
      .onConflict((conflict) => conflict.column('timer_key').doUpdateSet(timer));
  },
);

/** Sets and cancels timers, in the caller's transaction. */
export async function changeTimers(db: Kysely<Tables>, changes: readonly TimerChange[]): Promise<void> {
  for (const change of changes) {
    const { key } = change;
    if ('cancel' in change) {
      await cancelTimer.run(db, { key });
      continue;
    }
    const { kind, dueAt, payload } = change;
    await setTimer.run(db, { key, kind, dueAt: dueAt.toISOString(), payload: JSON.stringify(payload) });
  }
}

export class SqlTimers implements TimerRows {
  private readonly db: Kysely<Tables>;
  private readonly engine: Pick<Engine, 'skipsLocked'>;

  constructor(db: Kysely<Tables>, engine: Pick<Engine, 'skipsLocked'>) {
    this.db = db;
    this.engine = engine;
  }

  change(changes: readonly TimerChange[]): Promise<void> {
    return this.db.transaction().execute((trx) => changeTimers(trx, changes));
  }

  async claim({ now, until, limit }: { now: Date; until: Date; limit: number }): Promise<ClaimedTimer[]> {
    const at = now.toISOString();
    const due = this.db
      .selectFrom('timers')
      .select('timer_key')
      .where('due_at', '<=', at)
      .where((e) => e.or([e('claimed_until', 'is', null), e('claimed_until', '<=', at)]))
      .orderBy('due_at')
      .limit(limit)
      // As for the outbox: several processes each get timers of their own.
      .$if(this.engine.skipsLocked, (query) => query.forUpdate().skipLocked());
    const claimed = await this.db
      .with('due', () => due)
      .updateTable('timers')
      .set({ claimed_until: until.toISOString() })
      .where('timer_key', 'in', (e) => e.selectFrom('due').select('due.timer_key'))
      .returningAll()
      .execute();
    return claimed
      .sort((one, other) => (one.due_at < other.due_at ? -1 : 1))
      .map((row) => ({ ...readTimer(row), attempts: row.attempts }));
  }

  async done(timer: Timer): Promise<void> {
    await this.db
      .deleteFrom('timers')
      .where('timer_key', '=', timer.key)
      .where('due_at', '=', timer.dueAt.toISOString())
      .execute();
  }

  async later(timer: Timer, dueAt: Date): Promise<void> {
    await this.db
      .updateTable('timers')
      .set((row) => ({
        due_at: dueAt.toISOString(),
        attempts: row('attempts', '+', 1),
        claimed_until: null,
      }))
      .where('timer_key', '=', timer.key)
      .where('due_at', '=', timer.dueAt.toISOString())
      .execute();
  }

  async all(limit: number): Promise<Timer[]> {
    const rows = await this.db.selectFrom('timers').selectAll().orderBy('due_at').limit(limit).execute();
    return rows.map(readTimer);
  }
}

function readTimer(row: Selectable<Tables['timers']>): Timer {
  return {
    key: row.timer_key,
    kind: row.kind,
    dueAt: new Date(row.due_at),
    payload: JSON.parse(row.payload) as unknown,
  };
}
