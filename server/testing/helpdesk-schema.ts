import type { Connection } from '../src/platform/persistence/database.js';
import { prepareDatabase, type DatabaseReport } from '../src/platform/persistence/migrate.js';

/** An empty helpdesk: all tables of its own and of ours, by the migrations. */
export function makeHelpdesk(connection: Connection): Promise<DatabaseReport> {
  return prepareDatabase(connection);
}
