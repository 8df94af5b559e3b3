import { join } from 'node:path';
import { readHelpdeskSettings, type HelpdeskSettings } from '../configuration/index.js';
import type { Environment } from '../platform/config/environment.js';
import type { Connection } from '../platform/persistence/database.js';
import { joinEmbeddedPostgres } from '../platform/persistence/embedded-postgres.js';
import { openMainDatabase } from '../platform/persistence/main-database.js';
import { removeFromDatabase, type DatabaseReport } from '../platform/persistence/migrate.js';
import { openConnection } from '../platform/persistence/open-connection.js';

/** Lends the main database, made ready; beside a running server the embedded one is joined, otherwise started for now. */
export async function withDatabase<T>(
  environment: Environment,
  work: (connection: Connection, report: DatabaseReport) => Promise<T>,
): Promise<T> {
  const database = await openMainDatabase(environment, joinEmbeddedPostgres);
  try {
    return await work(database.connection, database.report);
  } finally {
    await database.close();
  }
}

/** How the helpdesk's tables are asked for settings, without making anything ready; the embedded database has none. */
export function helpdeskOf({ databaseUrl }: Environment): (() => Promise<HelpdeskSettings>) | null {
  if (databaseUrl === null) return null;
  return async () => {
    const connection = await openConnection(databaseUrl, { poolSize: 1 });
    try {
      return await readHelpdeskSettings(connection);
    } finally {
      await connection.close();
    }
  };
}

/** Takes away what we made in the database; refuses while people are in it, unless `how` says otherwise. */
export async function emptyDatabase(environment: Environment, how: 'keep-people' | 'drop-people'): Promise<void> {
  const dataDirectory = join(environment.dataDirectory, 'database');
  const embedded = environment.databaseUrl === null ? await joinEmbeddedPostgres({ dataDirectory, log: () => {} }) : null;
  try {
    const connection = await openConnection(environment.databaseUrl ?? embedded?.url ?? '', { poolSize: 2 });
    try {
      await removeFromDatabase(connection, how);
    } finally {
      await connection.close();
    }
  } finally {
    await embedded?.stop();
  }
}
