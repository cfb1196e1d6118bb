import type { Kysely, Migration } from 'kysely';

/** Channels that push: where a conversation is reached, and what the other side calls what it got. */
export const reach: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('conversations').addColumn('reach', 'text').execute();
    await db.schema.alterTable('outbox').addColumn('their_id', 'text').execute();
  },
};
