import type { MigrationInterface, QueryRunner } from 'typeorm';
import { queryRows } from '../server/src/platform/persistence/query-rows.js';
import { portable, quoteIdentifier } from '../server/src/platform/persistence/sql.js';
import { groupTableNames, helpdeskTables, initialRows, tablesOfPeople } from './helpdesk-tables.js';
import { dropTables, engineOf, existingTables, TableMaker } from './table-maker.js';

const names = helpdeskTables.map(({ name }) => name);

/**
 * The helpdesk's own tables, where no helpdesk has made them yet; where it has, nothing is done. Which tables are ours
 * is written down in `clientele_made_table` before each is made, so that a run that was killed can be completed, and
 * only these are ever dropped.
 */
export class HelpdeskTables1795219201000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [existing, ours] = [await existingTables(runner, [...names, ...groupTableNames]), await madeTables(runner)];
    const isAdopted = [...existing].some((name) => !ours.has(name));
    if (isAdopted) return;
    await new TableMaker(runner, 'utf8mb4_unicode_ci').make(helpdeskTables, {
      beforeEach: (table) => noteTable(runner, table),
      fill: () => fill(runner),
      afterRemoval: (tables) => forgetTables(runner, tables),
    });
  }

  /** Refuses while people are in the tables, unless `runner.data.dropPeople` is `true`. */
  async down(runner: QueryRunner): Promise<void> {
    await refuseToDropPeople(runner);
    const made = await standingTables(runner);
    await dropTables(runner, made);
    await forgetTables(runner, made);
  }
}

export async function madeTables(runner: QueryRunner): Promise<Set<string>> {
  const rows = await queryRows<{ name: string }>(runner, 'SELECT name FROM clientele_made_table ORDER BY name');
  return new Set(rows.map(({ name }) => name));
}

async function noteTable(runner: QueryRunner, table: string): Promise<void> {
  const verb = engineOf(runner) === 'mysql' ? 'INSERT IGNORE INTO' : 'INSERT INTO';
  const rest = engineOf(runner) === 'mysql' ? '' : ' ON CONFLICT DO NOTHING';
  await runner.query(
    portable(engineOf(runner), `${verb} clientele_made_table (name, made_at) VALUES (?, CURRENT_TIMESTAMP)${rest}`),
    [table],
  );
}

async function forgetTables(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await runner.query(portable(engineOf(runner), 'DELETE FROM clientele_made_table WHERE name = ?'), [table]);
  }
}

/** Of the tables that we made, those that are still there. */
async function standingTables(runner: QueryRunner): Promise<string[]> {
  return [...(await existingTables(runner, [...(await madeTables(runner))]))];
}

/** Throws while people are in tables that we made, unless `runner.data.dropPeople` is `true`. */
export async function refuseToDropPeople(runner: QueryRunner): Promise<void> {
  if (runner.data.dropPeople === true) return;
  const made = await standingTables(runner);
  for (const table of made.filter((name) => tablesOfPeople.includes(name))) {
    const rows = await queryRows(runner, `SELECT 1 AS found FROM ${quoteIdentifier(engineOf(runner), table)} LIMIT 1`);
    if (rows.length > 0) throw new Error(`the table ${table} is not empty: nothing was dropped`);
  }
}

/** The first user is the actor of all system work; nobody can sign in as it, for no hash equals `!`. */
async function fill(runner: QueryRunner): Promise<void> {
  await insertMissing(runner, 'users', [{ id: 1, name: 'root@localhost' }], {
    key: 'login',
    others: { pw: "'!'", first_name: "'Admin'", last_name: "'Helpdesk'", valid_id: '1' },
  });
  for (const { table, rows, hasValidity } of initialRows) {
    await insertMissing(runner, table, rows, { key: 'name', others: hasValidity ? { valid_id: '1' } : {} });
  }
}

async function insertMissing(
  runner: QueryRunner,
  table: string,
  rows: readonly { id: number; name: string }[],
  columns: { key: string; others: Readonly<Record<string, string>> },
): Promise<void> {
  const engine = engineOf(runner);
  const others = { ...columns.others, create_time: 'CURRENT_TIMESTAMP', create_by: '1', change_time: 'CURRENT_TIMESTAMP', change_by: '1' };
  for (const { id, name } of rows) {
    await runner.query(
      portable(
        engine,
        `INSERT INTO ${table} (id, ${columns.key}, ${Object.keys(others).join(', ')})
         SELECT ${id}, '${name}', ${Object.values(others).join(', ')}
          WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE id = ?)`,
      ),
      [id],
    );
  }
  if (engine === 'postgres') {
    await runner.query(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT MAX(id) FROM ${table}))`);
  }
}
