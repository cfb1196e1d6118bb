import { type Kysely, type Migration, sql } from 'kysely';

/** The outbox is looked into after every turn; what was delivered stays in it for a month, and is in nobody's way. */
export const waiting: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index outbox_waiting on outbox (kind, due_at) where delivered_at is null and dead_at is null`.execute(
      db,
    );
    await db.schema.dropIndex('outbox_by_due').execute();
  },
};
