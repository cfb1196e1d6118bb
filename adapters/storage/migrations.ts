import { type ColumnDataType, type Kysely, type Migration, type MigrationProvider, Migrator } from 'kysely';
import { desk } from './migrations/desk.ts';
import { outbox } from './migrations/outbox.ts';
import { privacy } from './migrations/privacy.ts';
import { reach } from './migrations/reach.ts';
import { usedOnce } from './migrations/usedOnce.ts';
import { waiting } from './migrations/waiting.ts';

/* Every change of the tables, oldest first. A migration that has shipped is never edited; a new one is added. */

/** What the two engines call a column of bytes; all other types have one name in both. */
type BytesType = ColumnDataType & ('blob' | 'bytea');

const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('conversations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('last_seq', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('state', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('activities')
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('activities_pk', ['conversation_id', 'seq'])
      .execute();
    await db.schema
      .createTable('turns')
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('turn_key', 'text', (column) => column.notNull())
      .addColumn('first_seq', 'integer', (column) => column.notNull())
      .addColumn('last_seq', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('turns_pk', ['conversation_id', 'turn_key'])
      .execute();
    await db.schema
      .createTable('tickets')
      .addColumn('reference', 'text', (column) => column.primaryKey())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('tickets_by_update')
      .on('tickets')
      .columns(['updated_at', 'reference'])
      .execute();
    await db.schema.createIndex('tickets_by_conversation').on('tickets').column('conversation_id').execute();
    await db.schema
      .createTable('outbox')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('agents')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('email', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('sessions')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('agent_id', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('secrets')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
  },
};

const uploads = (bytes: BytesType): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('uploads')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('content_type', 'text', (column) => column.notNull())
      .addColumn('bytes', bytes, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('uploads_by_conversation').on('uploads').column('conversation_id').execute();
  },
});

const provider = (bytes: BytesType): MigrationProvider => ({
  getMigrations: async () => ({
    '0001_first': first,
    '0002_uploads': uploads(bytes),
    '0003_outbox': outbox,
    '0004_desk': desk,
    '0005_reach': reach,
    '0006_used_once': usedOnce,
    '0007_privacy': privacy,
    '0008_waiting': waiting,
  }),
});

/**
 * Brings the tables to the newest shape. Of several processes that start at once one does it, and the others wait.
 * @param bytes the engine's type of a column of bytes
 * @throws Error when the database was written by a newer release (its migrations are unknown here).
 */
export async function migrate<Tables>(db: Kysely<Tables>, bytes: BytesType): Promise<void> {
  const { error } = await new Migrator({ db, provider: provider(bytes) }).migrateToLatest();
  if (error === undefined) return;
  throw new Error(
    `The database could not be brought to this release's tables: ${error instanceof Error ? error.message : JSON.stringify(error)}`,
    { cause: error },
  );
}

/** Whether the tables have the newest shape. */
export async function isMigrated<Tables>(db: Kysely<Tables>, bytes: BytesType): Promise<boolean> {
  const all = await new Migrator({ db, provider: provider(bytes) }).getMigrations();
  return all.every(({ executedAt }) => executedAt !== undefined);
}
