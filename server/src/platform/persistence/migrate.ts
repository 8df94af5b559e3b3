import { MigrationExecutor, QueryFailedError, type DataSource, type QueryRunner } from 'typeorm';
import { refuseToDropPeople } from '../../../../migrations/2026-11-21-helpdesk-tables.js';
import { groupTableNames, helpdeskTables } from '../../../../migrations/helpdesk-tables.js';
import { migrations, migrationsTable } from '../../../../migrations/index.js';
import { DomainError } from '../../kernel/errors.js';
import { translateDatabaseError } from './database-errors.js';
import type { Connection, Database } from './database.js';
import { findHelpdesk, type HelpdeskFacts } from './helpdesk-facts.js';
import { holdingMigrationLock } from './migration-lock.js';
import { faultsOfServer } from './server-version.js';
import { readTableFacts } from './schema-facts.js';
import { quoteIdentifier } from './sql.js';
import { typeOrmConnection } from './typeorm-connection.js';

export interface DatabaseReport {
  /** `made`: the helpdesk's tables are ours; `adopted`: they were there, and nothing in them was altered. */
  readonly tables: 'made' | 'adopted';
  /** Names of the migrations that ran this time. */
  readonly migrations: readonly string[];
  readonly facts: HelpdeskFacts;
}

/** The database is not one that can be worked on. Nothing was written; each fault is a plain line. */
export class DatabaseUnfit extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The database is not fit:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = new.target.name;
  }
}

/**
 * Makes a database ready at start and by `npm run migrate`: makes the helpdesk's tables where there are none, adopts
 * them untouched where they are, and brings our own tables up to date. Throws `DatabaseUnfit` before anything is
 * written when some of the helpdesk's tables or columns are missing. Of several processes one works, the others wait.
 */
export async function prepareDatabase(connection: Connection): Promise<DatabaseReport> {
  return holdingMigrationLock(connection, async (database) => {
    const executed = await executedMigrations(database);
    await refuseUnfit(database, executed);
    const ran = names.every((name) => executed.includes(name)) ? [] : await runPending(connection);
    const found = await findHelpdesk(database);
    if (found.state !== 'present') throw new DatabaseUnfit(found.state === 'faulty' ? found.faults : ['no tables']);
    const made = await madeTables(database);
    return { tables: made.length > 0 ? 'made' : 'adopted', migrations: ran, facts: found.facts };
  });
}

/**
 * Takes everything of ours away: own tables, and of the helpdesk's those that we made. Refuses while people are in
 * them, and then takes nothing away, unless `dropPeople` is given. Adopted tables are never touched.
 */
export async function removeFromDatabase(connection: Connection, how: 'keep-people' | 'drop-people'): Promise<void> {
  await holdingMigrationLock(connection, () =>
    withMigrator(connection, async (migrator, runner) => {
      runner.data = { dropPeople: how === 'drop-people' };
      const executed = await migrator.getExecutedMigrations();
      // before the first step: a refusal in the middle would leave what came later taken away
      if (executed.length > 0) await refuseToDropPeople(runner);
      for (let left = executed.length; left > 0; left--) await migrator.undoLastMigration();
      await runner.query(`DROP TABLE IF EXISTS ${quoteIdentifier(connection.engine, migrationsTable)}`);
    }),
  );
}

const names: readonly string[] = migrations.map(({ name }) => name);

async function runPending(connection: Connection): Promise<string[]> {
  return withMigrator(connection, async (migrator) => {
    const ran = await migrator.executePendingMigrations();
    return ran.map(({ name }) => name);
  });
}

async function refuseUnfit(database: Database, executed: readonly string[]): Promise<void> {
  const unknown = executed.filter((name) => !names.includes(name));
  const faults = [
    ...(await faultsOfServer(database)),
    ...unknown.map((name) => `it has been used by a newer release, which ran the migration ${name}`),
  ];
  if (faults.length > 0) throw new DatabaseUnfit(faults);
  const found = await findHelpdesk(database);
  if (found.state === 'faulty' && !(await isHalfMade(database, executed))) throw new DatabaseUnfit(found.faults);
}

/** A run of ours was killed: every table that is there is written down as made by us. It can be completed. */
async function isHalfMade(database: Database, executed: readonly string[]): Promise<boolean> {
  if (names.every((name) => executed.includes(name))) return false;
  const made = await madeTables(database);
  const present = await readTableFacts(database, [...helpdeskTables.map(({ name }) => name), ...groupTableNames]);
  return [...present.keys()].every((name) => made.includes(name));
}

async function madeTables(database: Database): Promise<string[]> {
  const journal = await readTableFacts(database, ['clientele_made_table']);
  if (journal.size === 0) return [];
  const rows = await database.query<{ name: string }>('SELECT name FROM clientele_made_table ORDER BY name');
  return rows.map(({ name }) => name);
}

async function executedMigrations(database: Database): Promise<string[]> {
  const table = await readTableFacts(database, [migrationsTable]);
  if (table.size === 0) return [];
  const rows = await database.query<{ name: string }>(`SELECT name FROM ${migrationsTable} ORDER BY id`);
  return rows.map(({ name }) => name);
}

/** On connections of its own, for building an index may take longer than a statement may otherwise. */
async function withMigrator<T>(
  connection: Connection,
  work: (migrator: MigrationExecutor, runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const dataSource = await typeOrmConnection(connection).openMigrator(migrations, migrationsTable);
  const runner = dataSource.createQueryRunner();
  try {
    return await work(migratorOf(dataSource, runner), runner);
  } catch (error) {
    throw translateMigrationError(connection, error);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

function migratorOf(dataSource: DataSource, runner: QueryRunner): MigrationExecutor {
  const migrator = new MigrationExecutor(dataSource, runner);
  migrator.transaction = 'each';
  return migrator;
}

/** Statements of migrations hold no secrets: what the server says of them is told as it is. */
function translateMigrationError({ engine }: Connection, error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const translated = translateDatabaseError(engine, error.query, error);
  return translated instanceof DomainError ? translated : new Error(`A migration failed and left nothing behind: ${error.message}`);
}
