import type { Kysely, Migration } from 'kysely';

/** The outbox gets what its deliveries need; timers. */
export const outbox: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const columns = [
      ['lane', 'text'],
      ['claimed_until', 'text'],
      ['delivered_at', 'text'],
      ['dead_at', 'text'],
      ['last_error', 'text'],
    ] as const;
    for (const [name, type] of columns) await db.schema.alterTable('outbox').addColumn(name, type).execute();
    for (const name of ['position', 'attempts']) {
      await db.schema
        .alterTable('outbox')
        .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    }
    // The empty text is before every instant: what an older release left is due now.
    await db.schema
      .alterTable('outbox')
      .addColumn('due_at', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema.createIndex('outbox_by_due').on('outbox').columns(['kind', 'due_at']).execute();
    await db.schema.createIndex('outbox_by_lane').on('outbox').columns(['lane', 'position']).execute();
    await db.schema.createIndex('outbox_by_position').on('outbox').column('position').execute();
    await db.schema
      .createTable('timers')
      .addColumn('timer_key', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('due_at', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('claimed_until', 'text')
      .execute();
    await db.schema.createIndex('timers_by_due').on('timers').column('due_at').execute();
  },
};
