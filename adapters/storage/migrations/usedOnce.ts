import type { Kysely, Migration } from 'kysely';

/** What may be used once, whichever process it comes to and however often it is started. */
export const usedOnce: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('used_once')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('until', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('used_once_by_time').on('used_once').column('until').execute();
  },
};
