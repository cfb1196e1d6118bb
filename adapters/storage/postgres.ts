import { Kysely, PostgresDialect, PostgresQueryCompiler, type QueryCompiler, sql } from 'kysely';
import pg from 'pg';
import { DatabaseError } from './databaseError.ts';
import { migrate } from './migrations.ts';
import { withoutNul } from './prepared.ts';
import type { Tables } from './schema.ts';
import { SqlStore } from './sqlStore.ts';

/** Connections of one process, besides the one that listens (peers.ts). */
const CONNECTIONS = 10;
/** Milliseconds. Within these a request is answered, if only by 503. */
const CONNECT_WITHIN = 3_000;
const STATEMENT_WITHIN = 10_000;
const OLDEST = 15;

/** As every connection is made. A peer that is gone without a word is noticed by the system's own probes. */
export function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'guichet',
    connectionTimeoutMillis: CONNECT_WITHIN,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/**
 * Opens the store in a PostgreSQL database, with its tables at the newest shape. Any number of processes may.
 * @param url `postgres://user:password@host:port/database`
 * @throws DatabaseError when the server is out of reach, too old, or set so that it could lose what it acknowledged.
 */
export async function openPostgresStore(url: string): Promise<SqlStore> {
  // Without the limits on statements: to wait for another process that migrates may take long.
  const alone = new Kysely<Tables>({ dialect: dialect({ ...connectionTo(url), max: 1 }) });
  try {
    await check(alone);
    await migrate(alone, 'bytea');
  } finally {
    await alone.destroy();
  }
  const limits = {
    statement_timeout: STATEMENT_WITHIN,
    idle_in_transaction_session_timeout: STATEMENT_WITHIN,
  };
  const db = new Kysely<Tables>({ dialect: dialect({ ...connectionTo(url), ...limits, max: CONNECTIONS }) });
  return new SqlStore(db, {
    skipsLocked: true,
    commit: (write) => db.transaction().execute(write),
    // Old versions of rows leave the files by VACUUM, which the server does by itself.
    afterRewrite: () => true,
    onClose: () => undefined,
  });
}

/**
 * Looks whether the database that `url` names could serve, and changes nothing of it.
 * @throws DatabaseError as `openPostgresStore` does.
 */
export async function checkPostgres(url: string): Promise<void> {
  const alone = new Kysely<Tables>({ dialect: dialect({ ...connectionTo(url), max: 1 }) });
  await check(alone).finally(() => alone.destroy());
}

async function check(db: Kysely<Tables>): Promise<void> {
  const settings = { version: '', encoding: '', commit: '' };
  try {
    const { rows } = await sql<typeof settings>`
      select current_setting('server_version_num') as version,
        current_setting('server_encoding') as encoding,
        current_setting('synchronous_commit') as commit`.execute(db);
    Object.assign(settings, rows[0]);
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new DatabaseError(
      `The database that DATABASE_URL names cannot be used: ${reason}. Is PostgreSQL running there, and do user, password and database exist?`,
    );
  }
  const major = Math.floor(Number(settings.version) / 10_000);
  if (major < OLDEST)
    throw new DatabaseError(
      `The database is PostgreSQL ${major}; Guichet needs ${OLDEST} or later. Upgrade it, or leave DATABASE_URL out to use SQLite.`,
    );
  if (settings.encoding !== 'UTF8')
    throw new DatabaseError(
      `The database is encoded in ${settings.encoding}, which not every message fits; make one with: createdb --encoding=UTF8 --template=template0 guichet`,
    );
  if (settings.commit === 'off')
    throw new DatabaseError(
      'The database has synchronous_commit = off: a crash of its server would lose messages that were acknowledged. Set it to on.',
    );
}

function dialect(config: pg.PoolConfig): PostgresDialect {
  const pool = new pg.Pool(config);
  // A connection that breaks makes its query fail; the pool drops it and opens another. Unheard, the error would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return new Dialect({ pool });
}

class Dialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new Compiler();
  }
}

class Compiler extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(withoutNul(parameter));
  }
}
