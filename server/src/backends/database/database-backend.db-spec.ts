import { describeOnEachEngine, openTestDatabase, type TestDatabase } from '../../../testing/databases.js';
import { aCustomerUserBlock, mapWith, mapWithout } from '../../../testing/blocks.js';
import { openConnection } from '../../platform/persistence/open-connection.js';
import { BlockFaults } from '../backend-driver.js';
import { quoteIdentifier } from '../../platform/persistence/sql.js';
import { describeBackend } from '../describe-backend.js';
import { contextOn, found, freshName, must, open as openBlock, patience, queryOf, stageCustomers, stagePeople } from '../testing/stage.js';
import { inTransaction } from '../testing/in-transaction.js';
import { aCustomerRow, aPersonRow, createTable, insertRows, personTable } from '../testing/tables.js';
import { databaseDriver } from './database.driver.js';

const room = ['UserRoom', 'Habitación', 'room', 0, 0, 'var', '', 0, null, null];

describeOnEachEngine('A database backend', ({ engine, open }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  it('serves an extra column with a row of the Map and nothing else (BE2): shown, searched, written', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { room: '3-17' }), aPersonRow('bert')], {
      table: personTable(freshName(), ['room VARCHAR(20)']),
      block: { Map: mapWith(room), CustomerUserSearchFields: ['login', 'room'] },
    });

    expect((await must(backend, 'anna')).values['UserRoom']).toBe('3-17');
    expect(await found(backend, '3-17')).toEqual(['anna']);
    expect(describeBackend(backend).fields).toContainEqual({
      variable: 'UserRoom', property: null, label: 'Habitación', kind: 'text', required: false, readOnly: false, shown: 0, maxLength: 20, storage: 'room',
      options: null, searchable: true,
    });
    const written = await inTransaction(database.connection, async (transaction) => backend.writer?.update(transaction, 'bert', { UserRoom: '4-01' }));
    expect(written?.values['UserRoom']).toBe('4-01');
  });

  it('reads what the table keeps, and never a password', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { pw: 'secret-hash', title: null, phone: '0', valid_id: 3 })]);

    const record = await must(backend, 'anna');

    expect(record).toMatchObject({
      backendId: 'CustomerUser', key: 'anna', validity: 'invalid-temporarily', name: 'Anna Berg',
      created: new Date('2026-01-02T03:04:05Z'), changed: new Date('2026-01-02T03:04:05Z'),
      values: { UserLogin: 'anna', UserEmail: 'anna@mail.test', UserTitle: '', UserPhone: '0', ValidID: 3 },
    });
    expect(JSON.stringify([record, describeBackend(backend)])).not.toContain('secret-hash');
    expect(record.values).not.toHaveProperty('UserPassword');
  });

  it.each([
    ['is in the search fields', { CustomerUserSearchFields: ['login', 'pw'] }, 'CustomerUserSearchFields: column "pw" holds passwords'],
    ['is in the name', { CustomerUserNameFields: ['pw'] }, 'CustomerUserNameFields: column "pw" holds passwords'],
  ])('refuses a block where the password %s', async (_, block, fault) => {
    await expect(stagePeople(database, [], { block })).rejects.toMatchObject({ faults: [fault] });
  });

  it('never shows the password column under another name', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { pw: 'secret-hash' })], {
      block: { Map: mapWith(['UserHash', 'Hash', 'PW', 0, 0, 'var']) },
    });

    expect((await must(backend, 'anna')).values).not.toHaveProperty('UserHash');
    expect(describeBackend(backend).fields.map(({ variable }) => variable)).not.toContain('UserHash');
  });

  it.each([
    ['###', 'Dr.###Anna###Berg'], ['***', 'Dr.***Anna***Berg'], [null, 'Dr. Anna Berg'], ['', 'Dr.AnnaBerg'],
  ])('joins the parts of a name with %j (TC13)', async (join, name) => {
    const backend = await stagePeople(database, [aPersonRow('anna', { title: 'Dr.' })], { block: { CustomerUserNameFieldsJoin: join } });

    expect((await must(backend, 'anna')).name).toBe(name);
  });

  it.each([[''], [null]])('has no glue for an empty title %j (TC14)', async (title) => {
    const backend = await stagePeople(database, [aPersonRow('anna', { title })]);

    expect((await must(backend, 'anna')).name).toBe('Anna Berg');
  });

  it('keeps apart who differs in case only where the table does, and prefers the spelling asked for', async () => {
    const table = { ...personTable(freshName()), columns: personTable('x').columns.filter((column) => !column.startsWith('CONSTRAINT')) };
    const logins = ['Anna', 'anna', 'ANNA', 'annb', 'Ännb'];
    const backend = await stagePeople(database, logins.map((login) => aPersonRow(login)), { table });

    const all = await found(backend, '*');
    const first = await backend.search(queryOf('*'), null, 2, patience());
    const rest = await backend.search(queryOf('*'), first.positions[1] ?? '', 10, patience());

    expect([...all].sort()).toEqual([...logins].sort());
    expect([...first.records, ...rest.records].map(({ key }) => key)).toEqual(all);
    expect((await must(backend, 'ANNA')).key).toBe('ANNA');
    expect((await must(backend, 'Anna')).key).toBe('Anna');
  });

  it('shows a login once that a table without a key holds twice', async () => {
    const table = { ...personTable(freshName()), columns: personTable('x').columns.filter((column) => !column.startsWith('CONSTRAINT')) };
    const backend = await stagePeople(database, [aPersonRow('anna'), aPersonRow('anna'), aPersonRow('bert')], { table });

    expect(await found(backend, '*')).toEqual(['anna', 'bert']);
  });

  it(`with SearchCaseSensitive searches ${engine === 'mariadb' ? 'as the collation does' : 'letter by letter'} (TS34), and looks up in any case`, async () => {
    const backend = await stagePeople(database, [aPersonRow('anna')], { block: { Params: { SearchCaseSensitive: 1 } } });

    expect(await found(backend, 'ANNA')).toEqual(engine === 'mariadb' ? ['anna'] : []);
    expect(await found(backend, 'anna')).toEqual(['anna']);
    expect((await must(backend, 'ANNA')).key).toBe('anna');
  });

  it('takes a login of type int for a number only (TC15)', async () => {
    const columns = ['login INTEGER NOT NULL PRIMARY KEY', ...personTable('x').columns.filter((column) => !/^login|^CONSTRAINT/.test(column))];
    const backend = await stagePeople(database, [aPersonRow('12', { login: 12, email: 'a@x.test' })], {
      table: { name: freshName(), columns, hasAudit: true },
      block: { Map: mapWith(['UserLogin', 'Username', 'login', 1, 1, 'int']), CustomerUserSearchFields: ['login', 'email'] },
    });

    expect(await backend.find('abc', patience())).toBeNull();
    expect(await backend.find('99999999999999999', patience())).toBeNull();
    expect((await must(backend, '+12')).key).toBe('12');
    expect(await found(backend, '1')).toEqual(['12']);
  });

  it('serves a view, and a table with no validity column, where everybody is valid', async () => {
    const table = personTable(freshName());
    const view = freshName();
    await createTable(database.connection, table);
    await insertRows(database.connection, table.name, [aPersonRow('anna'), aPersonRow('bert', { valid_id: 2 })]);
    await database.connection.query(`CREATE VIEW ${view} AS SELECT * FROM ${table.name}`);

    const backend = await openBlock(database, aCustomerUserBlock({ Params: { Table: view }, CustomerValid: null }));

    expect(await found(backend, { text: '*', validity: 'valid' })).toEqual(['anna', 'bert']);
    expect(await found(backend, { text: '*', validity: 'invalid' })).toEqual([]);
    expect((await must(backend, 'bert')).validity).toBe('valid');
  });

  it('has a database of its own by a DBI address, and closes it with itself', async () => {
    const other = await open();
    const table = personTable('people');
    await createTable(other.connection, table);
    await insertRows(other.connection, 'people', [aPersonRow('anna')]);
    const url = new URL(other.url.replace(/@\//, '@localhost/'));
    const socket = url.searchParams.get('host') ?? url.searchParams.get('socket');
    const dsn = engine === 'mariadb'
      ? `DBI:mysql:database=${url.pathname.slice(1)};host=${url.hostname};port=${url.port || 3306}${socket ? `;mysql_socket=${socket}` : ''}`
      : `DBI:Pg:dbname=${url.pathname.slice(1)};host=${socket ?? url.hostname}${url.port ? `;port=${url.port}` : ''}`;

    const backend = await openBlock(database, aCustomerUserBlock({
      Params: { Table: 'people', DSN: dsn, User: decodeURIComponent(url.username), Password: decodeURIComponent(url.password) },
    }));

    expect(await found(backend, 'anna')).toEqual(['anna']);
    await backend.close();
    await expect(backend.find('anna', patience())).rejects.toMatchObject({ code: 'backend.unavailable', backendId: 'CustomerUser' });
    await expect(openConnection(other.url)).resolves.toMatchObject({ engine: engine === 'mariadb' ? 'mysql' : 'postgres' }).then(() => {});
  });

  it('that is out of reach at the start is there all the same, and says so when it is asked', async () => {
    const block = aCustomerUserBlock({ Params: { Table: 'people', Url: 'mysql://127.0.0.1:9/nowhere', User: 'u', Password: 'hunter2' } });

    const { backend, failure } = await databaseDriver.open(block, contextOn(database));

    expect(failure?.message).toContain('ECONNREFUSED');
    expect(failure?.message).not.toContain('hunter2');
    expect(describeBackend(backend).fields).toHaveLength(16);
    await expect(backend.find('anna', patience())).rejects.toMatchObject({ code: 'backend.unavailable' });
    await backend.close();
  });

  it('says everything that does not fit its table, with the row\'s number', async () => {
    const name = freshName();
    const fault = stagePeople(database, [], {
      table: { ...personTable(name), hasAudit: false },
      block: {
        Map: mapWith(room, ['UserFax', 'Fax', 'pw FROM customer_user; --', 1, 0, 'var']),
        CustomerUserSearchFields: ['login', 'shoe_size'], CustomerValid: 'is_valid', CustomerID: 'company',
      },
    });

    await expect(fault).rejects.toMatchObject({
      faults: [
        `Map row 9: column "pw FROM customer_user; --" does not exist in table "${name}"`,
        `Map row 17: column "room" does not exist in table "${name}"`,
        `CustomerID: column "company" does not exist in table "${name}"`,
        `CustomerValid: column "is_valid" does not exist in table "${name}"`,
        ...['create_time', 'create_by', 'change_time', 'change_by'].map(
          (column) => `Params.Table: column "${column}" does not exist in table "${name}"; a table without it needs Params.ForeignDB: 1`,
        ),
        `CustomerUserSearchFields: column "shoe_size" does not exist in table "${name}"`,
      ],
    });
  });

  it.each(['customer_user; DROP TABLE x', 'no_such_table', '"customer_user"', 'a.b.c', ''])('refuses a table that is not there (fault 29): %j', async (Table) => {
    const block = aCustomerUserBlock({ Params: { Table } });

    const opening = (async () => databaseDriver.open(block, contextOn(database)))();

    await expect(opening).rejects.toBeInstanceOf(BlockFaults);
  });

  it.each([
    ['without the login', mapWithout('UserLogin'), 'Map: the row UserLogin is missing'],
    ['with a variable twice', [...mapWith(), ['UserFax', 'Fax', 'phone']], 'Map row 17: UserFax is mapped already in row 9'],
    ['with the login elsewhere than the key', mapWith(['UserLogin', 'Username', 'email']), 'Map row 4: UserLogin must be kept in the key column "login"'],
  ])('refuses a Map %s', async (_, map, fault) => {
    await expect(stagePeople(database, [], { block: { Map: map } })).rejects.toMatchObject({ faults: [fault] });
  });

  it('looks only into the configured search fields (TS37)', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna', { customer_id: 'C1' })], { block: { CustomerUserSearchFields: ['login', 'last_name'] } });

    expect(await found(backend, 'C1')).toEqual([]);
    expect(await found(backend, 'berg')).toEqual(['anna']);
  });

  it('searches the key where no search fields are configured', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna')], { block: { CustomerUserSearchFields: null } });

    expect(await found(backend, 'anna')).toEqual(['anna']);
    expect(await found(backend, 'berg')).toEqual([]);
  });

  it.each(['ro"om', 'ro`om', "ro'om", 'Room', 'ro om', 'räum', 'select', 'a"; DROP TABLE x; --'])('quotes a column with any name: %s', async (name) => {
    const table = freshName();
    const quoted = quoteIdentifier(database.connection.engine, name);
    const backend = await stagePeople(database, [aPersonRow('anna', { [name]: '1' })], {
      table: personTable(table, [`${quoted} VARCHAR(20)`]),
      block: { Map: mapWith(['UserRoom', 'Room', name, 0, 0, 'var']), CustomerUserSearchFields: ['login', name] },
    });

    await inTransaction(database.connection, async (transaction) => backend.writer?.update(transaction, 'anna', { UserRoom: '2?' }));

    expect((await must(backend, 'anna')).values['UserRoom']).toBe('2?');
    expect(await found(backend, '2?+anna')).toEqual(['anna']);
  });

  it('finds columns whatever their case in the configuration', async () => {
    const backend = await stagePeople(database, [aPersonRow('anna')], { block: { CustomerKey: 'LOGIN', CustomerID: 'Customer_ID' } });

    expect(await found(backend, { customerId: 'acme' })).toEqual(['anna']);
  });

  it('serves customers in the same way (BE7): by any case (TK7), by name, by page', async () => {
    const backend = await stageCustomers(database, [aCustomerRow('ACME'), aCustomerRow('beta', { name: "O'Neil & Sons", valid_id: 2 })]);

    expect(await must(backend, 'acme')).toMatchObject({ key: 'ACME', name: 'ACME Ltd', validity: 'valid', values: { CustomerID: 'ACME' } });
    expect(await found(backend, "o'neil")).toEqual(['beta']);
    expect(await found(backend, { text: '*', validity: 'valid' })).toEqual(['ACME']);
    expect(describeBackend(backend).fields.map(({ property }) => property).filter(Boolean)).toEqual(['customerId', 'name', 'validity']);
  });
});

describe('A database backend on a table of the MySQL family', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
  });
  afterAll(() => database.drop());

  const stage = async (charset: string, logins: readonly string[]) => {
    const table = freshName();
    const columns = personTable(table).columns.map((column) => column.replace(/VARCHAR\(\d+\)/, `VARCHAR(150) CHARACTER SET ${charset}`));
    return stagePeople(database, logins.map((login) => aPersonRow(login, { first_name: login })), { table: { name: table, columns, hasAudit: true } });
  };

  it.each(['latin1', 'utf8mb3', 'utf8mb4 COLLATE utf8mb4_bin', 'utf8mb4 COLLATE utf8mb4_unicode_520_ci', 'latin1 COLLATE latin1_general_cs'])(
    'finds in any case what is stored as %s, and does not choke on what cannot be stored there',
    async (charset) => {
      const backend = await stage(charset, ['Müller', 'anna']);

      expect((await must(backend, 'MÜLLER')).key).toBe('Müller');
      expect(await backend.find('カス', patience())).toBeNull();
      expect(await backend.find('😀', patience())).toBeNull();
      expect(await found(backend, 'ÜLL')).toEqual(['Müller']);
      expect(await found(backend, 'カス OR 😀 OR anna')).toEqual(['anna']);
      expect(await found(backend, { email: 'ANNA@mail.test' })).toEqual(['anna']);
      expect(await found(backend, '*')).toHaveLength(2);
      expect((await backend.search(queryOf('*'), 'Anna', 10, patience())).records.length).toBeGreaterThan(0);
    },
  );

  it('says at the field what cannot be stored in its character set', async () => {
    const backend = await stage('latin1', ['anna']);

    const writing = inTransaction(database.connection, async (transaction) => backend.writer?.update(transaction, 'anna', { UserFirstname: 'カス' }));

    await expect(writing).rejects.toMatchObject({ code: 'validation.failed' });
    expect((await must(backend, 'anna')).values['UserFirstname']).toBe('anna');
  });
});
