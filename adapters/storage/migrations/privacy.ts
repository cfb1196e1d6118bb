import type { Kysely, Migration } from 'kysely';

/** Who did what with customers' data; since when files are kept. */
export const privacy: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('audit')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_by_time').on('audit').column('at').execute();
    // Absent for files of older releases: they are as old as their conversation.
    await db.schema.alterTable('uploads').addColumn('at', 'text').execute();
    await db.schema.createIndex('uploads_by_time').on('uploads').column('at').execute();
    await db.schema.createIndex('conversations_by_user').on('conversations').column('user_id').execute();
  },
};
