import { openTestDatabase, type EngineName, type TestDatabase } from '../../testing/databases.js';
import { startTestApp, type Answer, type Ask, type TestApp } from '../../testing/app.js';
import { type Family, groupTableOf, makeFamily } from '../../testing/helpdesk-families.js';
import type { Connection } from '../platform/persistence/database.js';
import { portable, quoteIdentifier } from '../platform/persistence/sql.js';

const places: readonly (readonly [EngineName, Family])[] = [['embedded', 'znuny-6.0'], ['mariadb', 'otobo-11'], ['postgres', 'znuny-7.1']];
const by = 'create_time, create_by, change_time, change_by';
const now = "'2026-01-02 03:04:05', 1, '2026-01-02 03:04:05', 1";

const configuration = {
  Settings: { CheckEmailAddresses: 0 },
  CustomerUser: {
    Module: 'Kernel::System::CustomerUser::DB',
    Params: { Table: 'customer_user' },
    CustomerKey: 'login', CustomerID: 'customer_id', CustomerValid: 'valid_id', CustomerCompanySupport: 1,
    Map: [
      ['UserFirstname', 'Firstname', 'first_name', 1, 1, 'var'],
      ['UserLastname', 'Lastname', 'last_name', 1, 1, 'var'],
      ['UserLogin', 'Username', 'login', 1, 1, 'var'],
      ['UserEmail', 'Email', 'email', 1, 1, 'var'],
      ['UserCustomerID', 'CustomerID', 'customer_id', 0, 1, 'var'],
      ['UserCustomerIDs', 'CustomerIDs', 'comments', 1, 0, 'var'],
      ['ValidID', 'Valid', 'valid_id', 0, 1, 'int'],
    ],
  },
  CustomerUser1: {
    Name: 'Frozen people', Module: 'Kernel::System::CustomerUser::DB', ReadOnly: 1,
    Params: { Table: 'frozen_people', ForeignDB: 1 },
    CustomerKey: 'login', CustomerID: 'customer_id', CustomerCompanySupport: 0, CustomerUserSearchFields: ['login'],
    CustomerUserListFields: ['login', 'email'], CustomerUserNameFields: ['login'],
    Map: [
      ['UserLogin', 'Username', 'login', 1, 1, 'var'],
      ['UserEmail', 'Email', 'email', 1, 1, 'var'],
      ['UserCustomerID', 'CustomerID', 'customer_id', 0, 1, 'var'],
    ],
  },
};

describe.each(places)('Renaming on %s in the tables of %s', (engine, family) => {
  let database: TestDatabase;
  let main: Connection;
  let test: TestApp;
  let ask: Ask;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    main = database.connection;
    await makeFamily(main, family);
    await main.execute('CREATE TABLE frozen_people (login VARCHAR(100) NOT NULL PRIMARY KEY, email VARCHAR(100) NOT NULL, customer_id VARCHAR(100) NOT NULL)');
    await insert('users', 'id, login, pw, first_name, last_name, valid_id', "1, 'root@localhost', '', 'A', 'B', 1");
    await insert('ticket_history_type', 'id, name, valid_id', "21, 'CustomerUpdate', 1");
    await insert(quoteIdentifier(main.engine, groupTableOf[family]), 'id, name, valid_id', "1, 'users', 1");
    for (const service of ["1, 'Mail', 1", "2, 'Fax', 2"]) await insert('service', 'id, name, valid_id', service);
    test = await startTestApp({ url: database.url, configuration });
    ask = await test.as(['clientele.write']);
  }, 240_000);
  afterAll(async () => {
    await test.close();
    await database.drop();
  });

  beforeEach(async () => {
    for (const table of [
      'ticket_history', 'ticket', 'customer_user', 'frozen_people', 'customer_company', 'customer_preferences', 'group_customer_user', 'group_customer',
      'customer_user_customer', 'service_customer_user', 'dynamic_field_value', 'dynamic_field_obj_id_name', 'dynamic_field', 'search_profile',
      'clientele_renamed_key', 'clientele_audit', 'clientele_outbox', 'clientele_subject',
    ]) await main.execute(`DELETE FROM ${table}`);
    await aCustomer('C1');
    await aPerson('anna', 'C1');
  });

  it('takes everything along that names a login, in any case, also what the helpdesk leaves behind (TW18, TV7) (ours)', async () => {
    await insertPlain('customer_preferences', 'user_id, preferences_key, preferences_value', "'anna', 'UserLanguage', 'de'");
    await insert('group_customer_user', 'user_id, group_id, permission_key, permission_value', "'Anna', 1, 'rw', 1");
    await insert('customer_user_customer', 'user_id, customer_id', "'anna', 'C9'");
    for (const service of [1, 2]) await insertPlain('service_customer_user', 'customer_user_login, service_id, create_time, create_by', `'anna', ${service}, '2026-01-02 03:04:05', 1`);
    await insertPlain('dynamic_field_obj_id_name', 'object_name, object_type', "'anna', 'CustomerUser'");
    await insertPlain('dynamic_field_obj_id_name', 'object_name, object_type', "'anna', 'CustomerCompany'");
    await insertPlain('search_profile', 'login, profile_name, profile_type, profile_key, profile_value', "'CustomerTicketSearch::anna', 'mine', 'SCALAR', 'Title', 'x'");
    await aTicket(1, 'anna', 'C1');
    await aTicket(2, 'ANNA', 'C9', 1);
    await aTicket(3, 'annalena', 'C1');

    const preview = await rename('customer-users', 'anna', { login: 'berta' }, 'dry');
    expect(await texts('ticket', 'customer_user_id')).toEqual(['ANNA', 'anna', 'annalena']);
    const renamed = await rename('customer-users', 'anna', { login: 'berta' });

    expect(renamed).toMatchObject({ status: 200, body: { to: 'berta', jobId: null } });
    expect(byTable(preview)).toEqual({
      CustomerUser: 1, customer_preferences: 1, group_customer_user: 1, customer_user_customer: 1, service_customer_user: 2,
      dynamic_field_obj_id_name: 1, search_profile: 1, ticket: 2,
    });
    expect(byTable(renamed)).toEqual(byTable(preview));
    expect(preview.body).toMatchObject({ from: 'anna', to: 'berta', isJob: false });
    expect((await ask('/api/v1/customer-users/berta')).body).toMatchObject({ login: 'berta', version: renamed.body.version });
    expect((await ask('/api/v1/customer-users/anna')).status).toBe(404);
    expect(await texts('customer_preferences', 'user_id')).toEqual(['berta']);
    expect(await texts('group_customer_user', 'user_id')).toEqual(['berta']);
    expect(await texts('customer_user_customer', 'user_id')).toEqual(['berta']);
    expect(await texts('service_customer_user', 'customer_user_login')).toEqual(['berta', 'berta']);
    expect(await texts('dynamic_field_obj_id_name', 'object_name')).toEqual(['anna', 'berta']);
    expect(await texts('search_profile', 'login')).toEqual(['CustomerTicketSearch::berta']);
    expect(await texts('ticket', 'customer_user_id')).toEqual(['annalena', 'berta', 'berta']);
    expect(await texts('ticket_history', 'name')).toEqual(['%%CustomerID=C1;CustomerUser=berta;', '%%CustomerID=C9;CustomerUser=berta;']);
  });

  it('tells it in the history, which goes on under the new name, and to whoever listens', async () => {
    await rename('customer-users', 'anna', { login: 'berta' });

    const history = await ask({ url: '/api/v1/history', query: { kind: 'customer-user', key: 'berta' } });
    const [event] = await main.query<{ topic: string; payload: string }>('SELECT topic, payload FROM clientele_outbox');

    expect(history.body.items[0]).toMatchObject({ action: 'renamed', changes: [{ variable: 'UserLogin', from: 'anna', to: 'berta' }] });
    if (event !== undefined) expect(JSON.parse(event.payload)).toMatchObject({ login: 'berta', former: 'anna', jobId: null });
  });

  it('takes everything along that names a customer (TK1, TK3) (ours), and names who stays behind', async () => {
    await aPerson('boris', 'c1');
    await aPerson('cleo', 'C10', 'X; c1;C10');
    await insertPlain('frozen_people', 'login, email, customer_id', "'frozen', 'f@x.test', 'C1'");
    await insert('group_customer', 'customer_id, group_id, permission_key, permission_value, permission_context', "'C1', 1, 'ro', 1, 'Ticket::CustomerID::Same'");
    await insert('customer_user_customer', 'user_id, customer_id', "'dora', 'C1'");
    await insertPlain('dynamic_field_obj_id_name', 'object_name, object_type', "'C1', 'CustomerCompany'");
    await aTicket(1, 'anna', 'C1');
    await aTicket(2, 'somebody', 'c1', 1);
    await aTicket(3, 'anna', 'C10');

    const preview = await rename('customers', 'C1', { customerId: 'C2' }, 'dry');
    const renamed = await rename('customers', 'C1', { customerId: 'C2' });

    expect(renamed.status).toBe(200);
    expect(byTable(preview)).toEqual({
      CustomerCompany: 1, group_customer: 1, dynamic_field_obj_id_name: 1, customer_user_customer: 1, CustomerUser: 2, 'CustomerUser.UserCustomerIDs': 1, ticket: 2,
    });
    expect(byTable(renamed)).toEqual(byTable(preview));
    expect(preview.body.tables).toContainEqual({ table: 'CustomerUser1', rows: 1, isMoved: false, reason: 'read-only' });
    expect(await texts('customer_company', 'customer_id')).toEqual(['C2']);
    expect(await rows('SELECT login, customer_id, comments FROM customer_user ORDER BY login')).toEqual([
      { login: 'anna', customer_id: 'C2', comments: '' }, { login: 'boris', customer_id: 'C2', comments: '' }, { login: 'cleo', customer_id: 'C10', comments: 'X; C2;C10' },
    ]);
    expect(await texts('frozen_people', 'customer_id')).toEqual(['C1']);
    expect(await texts('group_customer', 'customer_id')).toEqual(['C2']);
    expect(await texts('customer_user_customer', 'customer_id')).toEqual(['C2']);
    expect(await texts('dynamic_field_obj_id_name', 'object_name')).toEqual(['C2']);
    expect(await texts('ticket', 'customer_id')).toEqual(['C10', 'C2', 'C2']);
    expect(await texts('ticket_history', 'name')).toEqual(['%%CustomerID=C2;', '%%CustomerID=C2;']);
    const history = await ask({ url: '/api/v1/history', query: { kind: 'customer-user', key: 'boris' } });
    expect(history.body.items[0]).toMatchObject({ action: 'changed', changes: [{ variable: 'UserCustomerID', from: 'C1', to: 'C2' }] });
  });

  it.each(['*', '%', '%%', '_1'])('touches nobody else when the customer is called %s (TK4)', async (odd) => {
    await aCustomer(odd);
    await aPerson('odd', odd);
    await aTicket(1, 'anna', 'C1');
    await aTicket(2, 'odd', odd);

    expect((await rename('customers', odd, { customerId: 'even' })).status).toBe(200);

    expect(await texts('customer_user', 'customer_id')).toEqual(['C1', 'even']);
    expect(await texts('ticket', 'customer_id')).toEqual(['C1', 'even']);
  });

  it('leaves tickets alone where that is asked for', async () => {
    await aTicket(1, 'anna', 'C1');

    const preview = await rename('customers', 'C1', { customerId: 'C2', moveTickets: false }, 'dry');
    await rename('customers', 'C1', { customerId: 'C2', moveTickets: false });
    await rename('customer-users', 'anna', { login: 'berta', moveTickets: false });

    expect(preview.body.tables).toContainEqual({ table: 'ticket', rows: 1, isMoved: false, reason: 'not-asked' });
    expect(await rows('SELECT customer_id, customer_user_id FROM ticket')).toEqual([{ customer_id: 'C1', customer_user_id: 'anna' }]);
    expect(await texts('ticket_history', 'name')).toEqual([]);
  });

  it('changes the spelling alone as well, and everything follows (TW17, D12)', async () => {
    await insertPlain('dynamic_field_obj_id_name', 'object_name, object_type', "'anna', 'CustomerUser'");
    await insertPlain('search_profile', 'login, profile_name, profile_type, profile_key, profile_value', "'CustomerTicketSearch::anna', 'mine', 'SCALAR', 'Title', 'x'");
    await insert('customer_user_customer', 'user_id, customer_id', "'anna', 'C1'");
    await aTicket(1, 'anna', 'C1');

    expect(await rename('customer-users', 'anna', { login: 'Anna' })).toMatchObject({ status: 200, body: { to: 'Anna' } });
    expect(await rename('customers', 'C1', { customerId: 'c1' })).toMatchObject({ status: 200, body: { to: 'c1' } });

    expect(await rows('SELECT login, customer_id FROM customer_user')).toEqual([{ login: 'Anna', customer_id: 'c1' }]);
    expect(await texts('dynamic_field_obj_id_name', 'object_name')).toEqual(['Anna']);
    expect(await texts('search_profile', 'login')).toEqual(['CustomerTicketSearch::Anna']);
    expect(await rows('SELECT user_id, customer_id FROM customer_user_customer')).toEqual([{ user_id: 'Anna', customer_id: 'c1' }]);
    expect(await rows('SELECT customer_user_id, customer_id FROM ticket')).toEqual([{ customer_user_id: 'Anna', customer_id: 'c1' }]);
  });

  it('gives the old name back, with everything that went along', async () => {
    await insert('group_customer_user', 'user_id, group_id, permission_key, permission_value', "'anna', 1, 'rw', 1");
    await aTicket(1, 'anna', 'C1');

    await rename('customer-users', 'anna', { login: 'berta' });
    expect((await rename('customer-users', 'berta', { login: 'anna' })).status).toBe(200);

    expect(await texts('group_customer_user', 'user_id')).toEqual(['anna']);
    expect(await texts('ticket', 'customer_user_id')).toEqual(['anna']);
  });

  it('refuses a name that somebody has, in any case and in any backend (TW16)', async () => {
    await aPerson('boris', 'C1');
    await aCustomer('C2');
    await insertPlain('frozen_people', 'login, email, customer_id', "'frozen', 'f@x.test', 'C1'");

    expect(await rename('customer-users', 'anna', { login: 'BORIS' })).toMatchObject({ status: 409, body: { code: 'login.taken' } });
    expect(await rename('customer-users', 'anna', { login: 'Frozen' })).toMatchObject({ status: 409, body: { code: 'login.taken' } });
    expect(await rename('customers', 'C1', { customerId: 'c2' })).toMatchObject({ status: 409, body: { code: 'customer.taken' } });
    expect(await rename('customer-users', 'frozen', { login: 'melted' })).toMatchObject({ status: 409, body: { code: 'backend.read-only' } });
    expect(await texts('customer_user', 'login')).toEqual(['anna', 'boris']);
  });

  it('refuses what no new record may be called, who has not seen the record, and who may only read', async () => {
    const seen = (await ask('/api/v1/customer-users/anna')).body.version as string;
    const readers = await test.as(['clientele.read']);
    const url = '/api/v1/customer-users/anna/rename';

    expect(await rename('customer-users', 'anna', { login: 'аnna' })).toMatchObject({ status: 422, body: { issues: [{ path: 'login', code: 'login.mixed-script' }] } });
    expect(await rename('customer-users', 'anna', { login: ' ' })).toMatchObject({ status: 422, body: { issues: [{ path: 'login', code: 'required' }] } });
    expect(await rename('customer-users', 'anna', { login: 'x'.repeat(201) })).toMatchObject({ status: 422, body: { issues: [{ path: 'login', code: 'too-long' }] } });
    expect((await ask({ method: 'POST', url, body: { login: 'berta' } })).status).toBe(428);
    expect(await ask({ method: 'POST', url, headers: { 'if-match': '"old"' }, body: { login: 'berta' } })).toMatchObject({ status: 412, body: { current: { version: seen } } });
    expect((await readers({ method: 'POST', url, headers: { 'if-match': `"${seen}"` }, body: { login: 'berta' } })).status).toBe(403);
    expect((await rename('customer-users', 'nobody', { login: 'berta' })).status).toBe(404);
    expect(await rename('customer-users', 'anna', { login: 'anna' })).toMatchObject({ status: 200, body: { to: 'anna', version: seen, tables: [] } });
  });

  it('names the table that is too narrow for the new name, and changes nothing (D13) (ours)', async () => {
    const long = `b${'e'.repeat(120)}`;
    await insert('group_customer_user', 'user_id, group_id, permission_key, permission_value', "'anna', 1, 'rw', 1");

    expect(await rename('customer-users', 'anna', { login: long })).toMatchObject({
      status: 422, body: { issues: [{ path: 'login', code: 'too-long-for-table', params: { table: 'group_customer_user', max: 100 } }] },
    });
    expect(await texts('customer_user', 'login')).toEqual(['anna']);
    await main.execute('DELETE FROM group_customer_user');
    expect((await rename('customer-users', 'anna', { login: long })).status).toBe(200);
  });

  it('gives nobody what is personal of a former holder of the name, and no relation twice', async () => {
    await insertPlain('customer_preferences', 'user_id, preferences_key, preferences_value', "'berta', 'UserToken', 'secret'");
    await insertPlain('dynamic_field_obj_id_name', 'object_name, object_type', "'berta', 'CustomerUser'");
    await insertPlain('dynamic_field_obj_id_name', 'object_name, object_type', "'anna', 'CustomerUser'");
    for (const login of ['anna', 'berta']) await insert('group_customer_user', 'user_id, group_id, permission_key, permission_value', `'${login}', 1, 'rw', 1`);
    await insert('group_customer_user', 'user_id, group_id, permission_key, permission_value', "'BERTA', 1, 'ro', 1");

    const preview = await rename('customer-users', 'anna', { login: 'berta' }, 'dry');
    expect((await rename('customer-users', 'anna', { login: 'berta' })).status).toBe(200);

    expect(preview.body.tables).toEqual(expect.arrayContaining([
      { table: 'customer_preferences', rows: 1, isMoved: false, reason: 'replaced' },
      { table: 'group_customer_user', rows: 2, isMoved: false, reason: 'already-there' },
    ]));
    expect(await texts('customer_preferences', 'user_id')).toEqual([]);
    expect(await texts('dynamic_field_obj_id_name', 'object_name')).toEqual(['berta']);
    expect(await rows('SELECT user_id, permission_key FROM group_customer_user ORDER BY permission_key')).toEqual([
      { user_id: 'BERTA', permission_key: 'ro' }, { user_id: 'berta', permission_key: 'rw' },
    ]);
  });

  it('lets one of two win that want the same name, or the same record', async () => {
    await aPerson('boris', 'C1');
    const same = await Promise.all([rename('customer-users', 'anna', { login: 'cleo' }), rename('customer-users', 'boris', { login: 'CLEO' })]);
    expect(same.map(({ status }) => status).sort()).toEqual([200, 409]);

    const [left] = (await texts('customer_user', 'login')).filter((login) => login.toLowerCase() !== 'cleo');
    const both = await Promise.all([rename('customer-users', left ?? '', { login: 'dora' }), rename('customer-users', left ?? '', { login: 'emil' })]);

    const statuses = both.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect([404, 412]).toContain(statuses.find((status) => status !== 200));
    expect((await texts('customer_user', 'login')).length).toBe(2);
  });

  it('asks whether tickets follow a person to another customer, and lets them as the helpdesk does (TW32, D5)', async () => {
    await aCustomer('C2');
    await aTicket(1, 'Anna', 'c1');
    await aTicket(2, 'anna', 'C9');
    await aTicket(3, 'boris', 'C1');

    await change('anna', { customerId: 'C2' });
    expect(await rows('SELECT id, customer_id, customer_user_id FROM ticket ORDER BY id')).toMatchObject([
      { customer_id: 'C2', customer_user_id: 'Anna' }, { customer_id: 'C9', customer_user_id: 'anna' }, { customer_id: 'C1', customer_user_id: 'boris' },
    ]);
    expect(await texts('ticket_history', 'name')).toEqual(['%%CustomerID=C2;CustomerUser=anna;']);
    await change('anna', { customerId: 'C1', moveTickets: false });
    expect((await texts('ticket', 'customer_id')).sort()).toEqual(['C1', 'C2', 'C9']);
  });

  async function rename(kind: 'customers' | 'customer-users', key: string, body: object, how: 'dry' | 'real' = 'real'): Promise<Answer> {
    const path = `/api/v1/${kind}/${encodeURIComponent(key)}`;
    const found = await ask(path);
    const version = found.status === 200 ? String(found.body.version) : 'none';
    return ask({ method: 'POST', url: `${path}/rename`, headers: { 'if-match': `"${version}"` }, query: how === 'dry' ? { dryRun: 'true' } : {}, body });
  }

  async function change(login: string, body: object): Promise<void> {
    const found = await ask(`/api/v1/customer-users/${login}`);
    const answer = await ask({ method: 'PATCH', url: `/api/v1/customer-users/${login}`, headers: { 'if-match': `"${found.body.version}"` }, body });
    expect(answer.status).toBe(200);
  }

  async function aCustomer(customerId: string): Promise<void> {
    await insert('customer_company', 'customer_id, name, valid_id', `'${customerId}', 'Firma ${customerId}', 1`);
  }

  async function aPerson(login: string, customerId: string, listed = ''): Promise<void> {
    await insert('customer_user', 'login, email, customer_id, first_name, last_name, comments, valid_id', `'${login}', '${login}@x.test', '${customerId}', 'A', 'B', '${listed}', 1`);
  }

  async function aTicket(id: number, login: string, customerId: string, archived = 0): Promise<void> {
    await insert('ticket', 'id, tn, title, queue_id, user_id, ticket_priority_id, ticket_state_id, customer_id, customer_user_id, archive_flag',
      `${id}, 'T${id}', 'x', 1, 1, 3, 1, '${customerId}', '${login}', ${archived}`);
  }

  function insert(table: string, columns: string, values: string): Promise<void> {
    return insertPlain(table, `${columns}, ${by}`, `${values}, ${now}`);
  }

  async function insertPlain(table: string, columns: string, values: string): Promise<void> {
    await main.execute(`INSERT INTO ${table} (${columns}) VALUES (${values})`);
  }

  function rows(statement: string): Promise<Record<string, unknown>[]> {
    return main.query(portable(main.engine, statement));
  }

  async function texts(table: string, column: string): Promise<string[]> {
    const found = await rows(`SELECT ${column} AS text FROM ${table}`);
    return found.map(({ text }) => String(text)).sort();
  }
});

/** Rows that move, by table. */
function byTable(answer: Answer): Record<string, number> {
  const tables = answer.body.tables as { table: string; rows: number; isMoved: boolean }[];
  return Object.fromEntries(tables.filter(({ isMoved, rows }) => isMoved && rows > 0).map(({ table, rows }) => [table, rows]));
}
