import { join } from 'node:path';
import { startTestApp, type Ask, type TestApp } from '../../testing/app.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { makeHelpdesk } from '../../testing/helpdesk-schema.js';

const configPm = join(process.cwd(), 'server/testing/config-pm/database-only.pm');

describe("A server on the operator's own Config.pm", () => {
  let database: TestDatabase;
  let test: TestApp;
  let ask: Ask;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
    await makeHelpdesk(database.connection);
    await database.connection.execute("ALTER TABLE customer_user ADD COLUMN room VARCHAR(200) NOT NULL DEFAULT ''");
    await database.connection.execute('CREATE TABLE sysconfig_default (id INT PRIMARY KEY, name VARCHAR(250), is_valid SMALLINT, effective_value LONGBLOB)');
    await database.connection.execute(
      'CREATE TABLE sysconfig_modified (id INT PRIMARY KEY, sysconfig_default_id INT, user_id INT, is_valid SMALLINT, effective_value LONGBLOB)',
    );
    await database.connection.execute(`INSERT INTO sysconfig_default VALUES (1, 'CheckEmailInvalidAddress', 1, '--- ''@blocked\\.test$''')`);
    test = await startTestApp({ url: database.url, environment: { CLIENTELE_CONFIG: configPm } });
    ask = await test.as(['clientele.admin']);
  });
  afterAll(async () => {
    await test?.close();
    await database?.drop();
  });

  it('has its blocks, its fields, and the choices of its titles', async () => {
    const { status, body } = await ask('/api/v1/backends');

    expect(status).toBe(200);
    expect(body.items.map(({ backendId, title }: { backendId: string; title: string }) => [backendId, title])).toEqual([
      ['CustomerUser', 'Database Backend'],
      ['CustomerCompany', 'Database Backend'],
    ]);
    const fields: { variable: string; label: string; required: boolean; options: unknown }[] = body.items[0].fields;
    expect(fields.find(({ variable }) => variable === 'UserRoom')).toMatchObject({ label: 'Habitación', required: true });
    expect(fields.find(({ variable }) => variable === 'UserTitle')?.options).toEqual([{ value: 'Mr.', label: 'Mr.' }, { value: 'Mrs.', label: 'Mrs.' }]);
  });

  it('asks for the room that its Map requires, keeps it, and gives it back', async () => {
    await ask({ method: 'POST', url: '/api/v1/customers', body: { customerId: 'C1', name: 'C1' } });

    const without = await ask({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ login: 'anna' }) });
    const created = await ask({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ login: 'anna', fields: { UserRoom: '4.12' } }) });

    expect(without).toMatchObject({ status: 422, body: { issues: [{ path: 'fields.UserRoom' }] } });
    expect(created).toMatchObject({ status: 201, body: { login: 'anna', fields: { UserRoom: '4.12' } } });
  });

  it("shows a person's own validity, whatever the customer's is (TC20)", async () => {
    const { body: customer } = await ask('/api/v1/customers/C1');
    await ask({ method: 'PATCH', url: '/api/v1/customers/C1', headers: { 'if-match': `"${customer.version}"` }, body: { validity: 'invalid' } });

    const [person, company] = [await ask('/api/v1/customer-users/anna'), await ask('/api/v1/customers/C1')];

    expect([person.body.validity, company.body.validity]).toEqual(['valid', 'invalid']);
  });

  it("follows the settings of the helpdesk's tables where the file says nothing of them", async () => {
    const body = aCustomerUser({ login: 'bert', email: 'bert@blocked.test', fields: { UserRoom: '4.13' } });

    const refused = await ask({ method: 'POST', url: '/api/v1/customer-users', body });

    expect(refused).toMatchObject({ status: 422, body: { issues: expect.arrayContaining([expect.objectContaining({ path: 'email' })]) } });
  });
});
