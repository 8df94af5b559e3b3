import { setTimeout as pause } from 'node:timers/promises';
import { databaseUnavailable } from './database-errors.js';
import type { Connection, Database } from './database.js';

const longestWaitMs = 120_000;
const pauseMs = 100;

/**
 * One process at a time per database; the others wait. A process that dies lets go with its connection, which is the
 * one the work may ask: it needs no other of the pool.
 */
export async function holdingMigrationLock<T>(connection: Connection, work: (database: Database) => Promise<T>): Promise<T> {
  const holder = await connection.begin();
  try {
    await take(holder.database);
    return await work(holder.database);
  } finally {
    if (connection.engine === 'mysql') await holder.database.query('DO RELEASE_ALL_LOCKS()').catch(() => {});
    await holder.rollback().catch(() => {});
  }
}

async function take(database: Database): Promise<void> {
  const end = performance.now() + longestWaitMs;
  if (database.engine === 'postgres') await database.execute('SET LOCAL idle_in_transaction_session_timeout = 0');
  while (!(await isTaken(database))) {
    if (performance.now() > end) throw databaseUnavailable('another process has been preparing it for minutes');
    await pause(pauseMs);
  }
}

/** Names of such locks are the whole server's on the MySQL family, hence the database's name in it. */
async function isTaken(database: Database): Promise<boolean> {
  const rows = await database.query<{ taken: number | boolean | null }>(
    database.engine === 'mysql'
      ? "SELECT GET_LOCK(CONCAT('clientele ', LEFT(SHA1(DATABASE()), 40)), 0) AS taken"
      : "SELECT pg_try_advisory_xact_lock(hashtext('clientele migrations')) AS taken",
  );
  return Boolean(rows[0]?.taken);
}
