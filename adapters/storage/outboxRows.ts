import type { Kysely, Selectable } from 'kysely';
import type { Backlog, ClaimedRow, DeadLetter, Deliveries, OutboxRow, Settlement } from '../../bot/store.ts';
import type { Tables } from './schema.ts';
import type { Engine } from './sqlStore.ts';

/** Writes rows at the end of the outbox, in the caller's transaction. A row whose id is there already is left as it is. */
export async function writeOutbox(db: Kysely<Tables>, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { last } = await db
    .selectFrom('outbox')
    .select((e) => e.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  // Two transactions at once may take the same positions: those of one lane never do, its turns being one by one.
  const first = Number(last ?? 0) + 1;
  await db
    .insertInto('outbox')
    .values(
      rows.map((row, i) => ({
        id: row.id,
        kind: row.kind,
        created_at: row.createdAt.toISOString(),
        payload: JSON.stringify(row.payload),
        lane: row.lane ?? null,
        position: first + i,
        due_at: row.createdAt.toISOString(),
        attempts: 0,
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/**
 * No row is put off for longer: receivers that name a time are obeyed up to an hour. What is due later was written under a
 * clock that was ahead, and leaves now.
 */
const LONGEST_WAIT_MS = 2 * 3600_000;

/** The outbox on SQL. A claim is one statement: of several processes each gets rows of its own. */
export class SqlDeliveries implements Deliveries {
  private readonly db: Kysely<Tables>;
  private readonly engine: Pick<Engine, 'skipsLocked'>;

  constructor(db: Kysely<Tables>, engine: Pick<Engine, 'skipsLocked'>) {
    this.db = db;
    this.engine = engine;
  }

  async waiting(limit: number): Promise<OutboxRow[]> {
    const rows = await this.db
      .selectFrom('outbox')
      .selectAll()
      .where('delivered_at', 'is', null)
      .where('dead_at', 'is', null)
      .orderBy('position')
      .limit(limit)
      .execute();
    return rows.map(readRow);
  }

  async claim(
    kind: string,
    { now, until, limit }: { now: Date; until: Date; limit: number },
  ): Promise<ClaimedRow[]> {
    const at = now.toISOString();
    const tooLate = new Date(now.getTime() + LONGEST_WAIT_MS).toISOString();
    const due = this.db
      .selectFrom('outbox')
      .select('id')
      .where('kind', '=', kind)
      .where((e) => e.or([e('due_at', '<=', at), e('due_at', '>', tooLate)]))
      .where('delivered_at', 'is', null)
      .where('dead_at', 'is', null)
      .where((e) => e.or([e('claimed_until', 'is', null), e('claimed_until', '<=', at)]))
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.lane', '=', 'outbox.lane')
              .whereRef('earlier.position', '<', 'outbox.position')
              .where('earlier.delivered_at', 'is', null)
              .where('earlier.dead_at', 'is', null),
          ),
        ),
      )
      .orderBy('position')
      .limit(limit)
      // Another process is claiming these rows: the next ones are for this one.
      .$if(this.engine.skipsLocked, (query) => query.forUpdate().skipLocked());
    const claimed = await this.db
      .with('due', () => due)
      .updateTable('outbox')
      .set({ claimed_until: until.toISOString() })
      .where('id', 'in', (e) => e.selectFrom('due').select('due.id'))
      .returningAll()
      .execute();
    return claimed
      .sort((one, other) => one.position - other.position)
      .map((row) => ({ ...readRow(row), attempts: row.attempts }));
  }

  async settle(id: string, settlement: Settlement): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('outbox')
        .set((row) => ({
          claimed_until: null,
          attempts: row('attempts', '+', 1),
          ...(settlement.outcome === 'delivered' && {
            delivered_at: settlement.at.toISOString(),
            their_id: settlement.theirId ?? null,
          }),
          ...(settlement.outcome === 'later' && { due_at: settlement.dueAt.toISOString() }),
          ...(settlement.outcome === 'dead' && { dead_at: settlement.at.toISOString() }),
          last_error: settlement.outcome === 'delivered' ? null : settlement.reason,
        }))
        .where('id', '=', id)
        .execute();
      if (settlement.outcome === 'delivered') await writeOutbox(trx, settlement.next);
    });
  }

  async theirId(id: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('outbox').select('their_id').where('id', '=', id).executeTakeFirst();
    return row?.their_id ?? undefined;
  }

  async backlog(): Promise<Backlog[]> {
    const rows = await this.db
      .selectFrom('outbox')
      .select((e) => [
        'kind',
        e.fn.count<number>('id').filterWhere('dead_at', 'is', null).as('waiting'),
        e.fn.min('created_at').filterWhere('dead_at', 'is', null).as('oldest'),
        e.fn.count<number>('dead_at').as('dead'),
      ])
      .where('delivered_at', 'is', null)
      .groupBy('kind')
      .execute();
    return rows.map(({ kind, waiting, oldest, dead }) => ({
      kind,
      waiting: Number(waiting),
      ...(oldest !== null && { oldest: new Date(oldest) }),
      dead: Number(dead),
    }));
  }

  async dead(limit: number): Promise<DeadLetter[]> {
    const rows = await this.db
      .selectFrom('outbox')
      .selectAll()
      .where('dead_at', 'is not', null)
      .orderBy('dead_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...readRow(row),
      attempts: row.attempts,
      deadAt: new Date(row.dead_at!),
      reason: row.last_error ?? '',
    }));
  }

  async sendAgain(id: string, now: Date): Promise<boolean> {
    // Its 72 hours of tries begin anew.
    const { numUpdatedRows } = await this.db
      .updateTable('outbox')
      .set({ dead_at: null, attempts: 0, created_at: now.toISOString(), due_at: now.toISOString() })
      .where('id', '=', id)
      .where('dead_at', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async forgetDelivered(before: Date): Promise<void> {
    await this.db.deleteFrom('outbox').where('delivered_at', '<', before.toISOString()).execute();
  }
}

function readRow(row: Selectable<Tables['outbox']>): OutboxRow {
  return {
    id: row.id,
    kind: row.kind,
    payload: JSON.parse(row.payload) as unknown,
    createdAt: new Date(row.created_at),
    ...(row.lane !== null && { lane: row.lane }),
  };
}
