import { helpdeskTables } from '../../../../migrations/helpdesk-tables.js';
import { migrations } from '../../../../migrations/index.js';
import { jobTables } from '../../../../migrations/job-tables.js';
import { ownTables } from '../../../../migrations/own-tables.js';
import { describeOnEachEngine, type TestDatabase } from '../../../testing/databases.js';
import { families, groupTableOf, makeFamily } from '../../../testing/helpdesk-families.js';
import type { Connection } from './database.js';
import { DatabaseUnfit, prepareDatabase, removeFromDatabase, type DatabaseReport } from './migrate.js';
import { openConnection } from './open-connection.js';
import { portable } from './sql.js';

/** Made by migrations behind that of the helpdesk's tables. */
const laterTables = ['clientele_change', ...jobTables.map(({ name }) => name)];
const everyTable = [...[...helpdeskTables, ...ownTables].map(({ name }) => name), ...laterTables];
const everyMigration = migrations.map(({ name }) => name);

describeOnEachEngine('making a database ready', ({ engine, open }) => {
  let database: TestDatabase;
  let connection: Connection;

  beforeEach(async () => {
    database = await open();
    ({ connection } = database);
  });
  afterEach(() => database.drop());

  it('makes all tables in an empty database, takes them away again and makes them anew', async () => {
    const first = await prepareDatabase(connection);
    const tables = await tablesOf(connection);
    await removeFromDatabase(connection, 'keep-people');
    const afterRemoval = await tablesOf(connection);
    const second = await prepareDatabase(connection);

    expect(first).toMatchObject({ tables: 'made', migrations: everyMigration });
    expect(tables).toEqual([...everyTable, 'clientele_migrations'].sort());
    expect(afterRemoval).toEqual([]);
    expect(second.migrations).toEqual(first.migrations);
    expect(await tablesOf(connection)).toEqual(tables);
  });

  it.each(families)('adopts the tables of %s and alters nothing in them', async (family) => {
    await makeFamily(connection, family);
    const before = await snapshot(connection);

    const report = await prepareDatabase(connection);

    expect(report.tables).toBe('adopted');
    expect(report.facts).toMatchObject({
      groupTable: groupTableOf[family],
      hasJoinIds: family === 'znuny-7.1',
      hasIndexValue: family === 'otobo-11',
    });
    expect(report.facts.tables.get('customer_user')?.columns.get('login')?.length).toBe(family === 'otobo-11' ? 191 : 200);
    expect(await snapshot(connection, 'without-ours')).toEqual(before);
    expect(await connection.query('SELECT id, name FROM valid')).toEqual([{ id: 1, name: 'valid' }]);
  });

  it('leaves adopted tables and their people alone when everything of ours is taken away, whatever is asked', async () => {
    await makeFamily(connection, 'znuny-7.1');
    await prepareDatabase(connection);
    const before = await snapshot(connection, 'without-ours');

    await removeFromDatabase(connection, 'drop-people');

    expect(await snapshot(connection)).toEqual(before);
  });

  it('takes nothing away while people are in tables that we made, unless that is asked for', async () => {
    await prepareDatabase(connection);
    await addPerson(connection, 'anna', 1);
    const before = await snapshot(connection);

    await expect(removeFromDatabase(connection, 'keep-people')).rejects.toThrow(/customer_user is not empty/);
    const after = await snapshot(connection);
    await removeFromDatabase(connection, 'drop-people');

    expect(after).toEqual(before);
    expect(await tablesOf(connection)).toEqual([]);
  });

  it('lists what is missing in a helpdesk that is not whole, and writes nothing', async () => {
    await makeFamily(connection, 'otobo-11');
    await connection.execute('ALTER TABLE customer_company DROP COLUMN name');
    await connection.execute('DROP TABLE search_profile');
    await connection.execute('DROP TABLE groups_table');
    await connection.execute('ALTER TABLE ticket DROP COLUMN customer_user_id');
    await connection.execute('ALTER TABLE ticket ADD COLUMN customer_user_id INTEGER');
    const before = await snapshot(connection);

    const failure: unknown = await prepareDatabase(connection).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(DatabaseUnfit);
    expect(failure).toMatchObject({
      faults: [
        'table permission_groups missing (nor is there groups_table or groups)',
        'table customer_company: column name missing',
        'table ticket: column customer_user_id is a whole number, text is needed',
        'table search_profile missing',
      ],
    });
    expect(await snapshot(connection)).toEqual(before);
  });

  it('makes nothing where another program has a table of the same name', async () => {
    await connection.execute('CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(50))');

    await expect(prepareDatabase(connection)).rejects.toThrow(/table valid missing/);

    expect(await tablesOf(connection)).toEqual(['users']);
  });

  if (engine !== 'mariadb') {
    it('refuses a database that cannot hold every script', async () => {
      const name = `${new URL(database.url.replace('@/', '@socket/')).pathname.slice(1)}_latin`;
      await connection.execute(
        `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`,
      );
      const latin = await openConnection(database.url.replace(/\/clientele_\w+/, `/${name}`), { poolSize: 1 });

      await expect(prepareDatabase(latin)).rejects.toThrow(/encoded in LATIN1/);

      expect(await tablesOf(latin)).toEqual([]);
      await latin.close();
      await connection.execute(`DROP DATABASE ${name}`);
    });
  }

  it('lets one of two processes that start at once do the work, and both go on', async () => {
    const other = await openConnection(database.url);

    const reports = await Promise.all([prepareDatabase(connection), prepareDatabase(other)]);

    expect(reports.map(({ migrations }) => migrations.length).sort()).toEqual([0, everyMigration.length]);
    await other.close();
  });

  it('needs no more than one connection of the pool', async () => {
    const single = await openConnection(database.url, { poolSize: 1 });

    const report = await prepareDatabase(single);

    expect(report.migrations).toHaveLength(everyMigration.length);
    await single.close();
  });

  it('takes away exactly what it made when it fails midway', async () => {
    await connection.execute('CREATE TABLE clientele_session (kept INTEGER)');
    // Rows for the locks cannot be written into this one: the migration fails at its last step.
    await connection.execute('CREATE TABLE clientele_lock (other INTEGER)');

    await expect(prepareDatabase(connection)).rejects.toThrow(/left nothing behind: .*bucket/);

    const left = (await tablesOf(connection)).filter((name) => name !== 'clientele_migrations');
    expect(left).toEqual(['clientele_lock', 'clientele_session']);
  });

  it('takes away the helpdesk’s tables that it made when another program is in the way, and makes them when it is not', async () => {
    await connection.execute('CREATE TABLE another (id INTEGER NOT NULL PRIMARY KEY, other INTEGER)');
    await connection.execute(
      connection.engine === 'mysql'
        ? 'ALTER TABLE another ADD CONSTRAINT FK_search_profile FOREIGN KEY (other) REFERENCES another (id), ADD CONSTRAINT FK_ticket_queue_id_id FOREIGN KEY (other) REFERENCES another (id)'
        : 'CREATE INDEX ticket_customer_id ON another (other)',
    );

    await expect(prepareDatabase(connection)).rejects.toThrow(/left nothing behind/);
    const left = await tablesOf(connection);
    const noted = await connection.query('SELECT name FROM clientele_made_table');
    await connection.execute('DROP TABLE another');
    const report = await prepareDatabase(connection);

    expect(left).toEqual(['another', 'clientele_migrations', ...ownTables.map(({ name }) => name)].sort());
    expect(noted).toEqual([]);
    expect(report).toMatchObject({ tables: 'made', migrations: everyMigration.slice(1) });
  });

  it('refuses a database that a newer release has used', async () => {
    await prepareDatabase(connection);
    await connection.execute("INSERT INTO clientele_migrations (timestamp, name) VALUES (1, 'Tomorrow1900000000000')");

    await expect(prepareDatabase(connection)).rejects.toThrow(/newer release, which ran the migration Tomorrow1900000000000/);
  });

  it('completes what a killed run has left', async () => {
    await prepareDatabase(connection);
    for (const table of ['search_profile', 'ticket_history', 'customer_user_customer']) {
      await connection.execute(`DROP TABLE ${table}`);
    }
    await connection.execute("DELETE FROM clientele_migrations WHERE name LIKE 'HelpdeskTables%'");

    const report = await prepareDatabase(connection);

    expect(report.tables).toBe('made');
    expect(await tablesOf(connection)).toEqual([...everyTable, 'clientele_migrations'].sort());
  });

  it('does not take a table that went missing later for one that is still to be made', async () => {
    await prepareDatabase(connection);
    await connection.execute('DROP TABLE search_profile');

    await expect(prepareDatabase(connection)).rejects.toThrow(/table search_profile missing/);
  });
});

describeOnEachEngine('a database that was made ready', ({ open }) => {
  let connection: Connection;
  let made: DatabaseReport;

  beforeAll(async () => {
    ({ connection } = await open());
    made = await prepareDatabase(connection);
  });

  it('has nothing done to it the second time', async () => {
    const before = await snapshot(connection);

    const report = await prepareDatabase(connection);

    expect(report.migrations).toEqual([]);
    expect(report.tables).toBe('made');
    expect(await snapshot(connection)).toEqual(before);
  });

  it('begins with the rows that each helpdesk begins with, and numbers go on behind them', async () => {
    await connection.execute(
      "INSERT INTO permission_groups (name, valid_id, create_time, create_by, change_time, change_by) VALUES ('sales', 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)",
    );

    expect(await connection.query('SELECT id, name FROM valid ORDER BY id')).toEqual([
      { id: 1, name: 'valid' },
      { id: 2, name: 'invalid' },
      { id: 3, name: 'invalid-temporarily' },
    ]);
    expect(await connection.query('SELECT id, login FROM users ORDER BY id')).toEqual([{ id: 1, login: 'root@localhost' }]);
    expect(await connection.query('SELECT id, name FROM permission_groups ORDER BY id')).toEqual([
      { id: 1, name: 'users' },
      { id: 2, name: 'admin' },
      { id: 3, name: 'stats' },
      { id: 4, name: 'sales' },
    ]);
    expect(await connection.query('SELECT COUNT(*) AS buckets FROM clientele_lock')).toEqual([{ buckets: 1024 }]);
  });

  it('keeps the helpdesk’s rules: a validity that does not exist is refused', async () => {
    await expect(addPerson(connection, 'anna', 9)).rejects.toThrow(/NO_REFERENCED_ROW|23503/);
  });

  it('tells lengths and case of columns as the server has them', async () => {
    const { facts } = made;
    const customerUser = facts.tables.get('customer_user');

    expect(facts).toMatchObject({ groupTable: 'permission_groups', hasJoinIds: true, hasIndexValue: false });
    expect(customerUser?.columns.get('login')).toEqual({
      name: 'login', kind: 'text', length: 200, isNullable: false, hasDefault: false,
      ignoresCase: connection.engine === 'mysql',
    });
    expect(customerUser?.columns.get('valid_id')?.kind).toBe('integer');
    expect(customerUser?.columns.get('create_time')?.kind).toBe('moment');
    expect(customerUser?.columns.get('id')?.hasDefault).toBe(true);
    expect(customerUser?.indexes).toContainEqual({ name: 'customer_user_login', columns: ['login'], isUnique: true });
  });
});

async function addPerson(connection: Connection, login: string, validId: number): Promise<void> {
  await connection.execute(
    portable(
      connection.engine,
      `INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, create_time, create_by, change_time, change_by)
       VALUES (?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)`,
    ),
    [login, `${login}@example.org`, 'acme', 'Anna', 'Example', validId],
  );
}

const here = { mysql: 'DATABASE()', postgres: 'current_schema()' };

async function tablesOf(connection: Connection): Promise<string[]> {
  const rows = await connection.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${here[connection.engine]}`,
  );
  return rows.map(({ name }) => name).sort();
}

/** All that the server tells of tables, columns, indexes and constraints. */
async function snapshot(connection: Connection, which: 'all' | 'without-ours' = 'all'): Promise<Record<string, unknown[]>> {
  const schema = here[connection.engine];
  const ours = which === 'all' ? '' : "AND table_name NOT LIKE 'clientele%'";
  const tables = await connection.query(
    connection.engine === 'mysql'
      ? `SELECT table_name AS name, table_collation AS collation, table_comment AS comment, engine FROM information_schema.tables WHERE table_schema = ${schema} ${ours} ORDER BY 1`
      : `SELECT table_name AS name, table_type FROM information_schema.tables WHERE table_schema = ${schema} ${ours} ORDER BY 1`,
  );
  const columns = await connection.query(
    `SELECT table_name AS table_name, column_name AS column_name, data_type AS data_type, character_maximum_length AS length,
            is_nullable AS is_nullable, column_default AS column_default, collation_name AS collation, ordinal_position AS position
       FROM information_schema.columns WHERE table_schema = ${schema} ${ours} ORDER BY 1, 8`,
  );
  const constraints = await connection.query(
    `SELECT table_name AS table_name, constraint_name AS name, constraint_type AS type
       FROM information_schema.table_constraints WHERE table_schema = ${schema} AND constraint_type <> 'CHECK' ${ours} ORDER BY 1, 2, 3`,
  );
  const indexes = await connection.query(
    connection.engine === 'mysql'
      ? `SELECT table_name AS table_name, index_name AS name, column_name AS column_name, seq_in_index AS position, non_unique AS non_unique, sub_part AS sub_part FROM information_schema.statistics WHERE table_schema = ${schema} ${ours} ORDER BY 1, 2, 4`
      : `SELECT tablename AS table_name, indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = ${schema} ${ours.replace('table_name', 'tablename')} ORDER BY 1, 2`,
  );
  return { tables, columns, constraints, indexes };
}
