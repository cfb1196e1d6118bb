import type { Kysely, Migration } from 'kysely';

/** The agents' desk: handoffs, notes, presence, ratings, sentences to label; a second factor for agents. */
export const desk: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('handoffs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('priority', 'text', (column) => column.notNull())
      .addColumn('queued_at', 'text', (column) => column.notNull())
      .addColumn('owner_id', 'text')
      .addColumn('owner_name', 'text')
      .addColumn('accepted_at', 'text')
      .addColumn('answered_at', 'text')
      .addColumn('ended_at', 'text')
      .execute();
    await db.schema
      .createIndex('handoffs_by_conversation')
      .on('handoffs')
      .columns(['conversation_id', 'ended_at'])
      .execute();
    await db.schema.createIndex('handoffs_by_time').on('handoffs').column('queued_at').execute();
    await db.schema
      .createTable('notes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('after_seq', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('agent_id', 'text', (column) => column.notNull())
      .addColumn('agent_name', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('notes_by_conversation').on('notes').column('conversation_id').execute();
    await db.schema
      .createTable('presence')
      .addColumn('agent_id', 'text', (column) => column.primaryKey())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('ratings')
      .addColumn('handoff_id', 'text', (column) => column.primaryKey())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('score', 'integer', (column) => column.notNull())
      .addColumn('comment', 'text')
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('misunderstood')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('label', 'text')
      .execute();
    for (const [name, type] of [
      ['totp_secret', 'text'],
      ['totp_step', 'integer'],
      ['disabled_at', 'text'],
    ] as const) {
      await db.schema.alterTable('agents').addColumn(name, type).execute();
    }
    await db.schema.createIndex('conversations_by_time').on('conversations').column('created_at').execute();
  },
};
