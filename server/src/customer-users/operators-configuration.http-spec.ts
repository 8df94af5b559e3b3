import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { BackendDescription } from '../../contract/backend.js';
import type { CustomerUser } from '../../contract/customer-user.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { makeHelpdesk } from '../../testing/helpdesk-schema.js';
import { insertPopulation, makeCompanies, makePeople, personColumns, type Person } from '../../testing/people.js';
import { Program, quickHashes } from '../../testing/program.js';
import { projectDirectory } from '../platform/config/environment.js';

const operators = parse(readFileSync(join(projectDirectory(), 'server/testing/configurations/database-only.yaml'), 'utf8'));
const configuration = { ...operators, Settings: { ...operators.Settings, ...quickHashes.Settings } };

describe("An operator's own configuration, on MariaDB with the helpdesk's tables, a column of its own and 10,000 people", () => {
  let database: TestDatabase;
  let test: Program;
  let people: Person[];
  let room: string;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
    await makeHelpdesk(database.connection);
    await database.connection.execute("ALTER TABLE customer_user ADD COLUMN room VARCHAR(20) NOT NULL DEFAULT ''");
    await insertPopulation(database.connection, { people: 10_000, customers: 2_000, personColumns: { ...personColumns, room: 'room' } });
    people = makePeople(10_000, makeCompanies(2_000));
    room = people[0]?.room ?? '';
    test = await Program.open(database.url, configuration);
  });
  afterAll(async () => {
    await test.close();
    await database.drop();
  });

  const ask = (query: Record<string, string>) => test.send('GET', `/api/v1/customer-users?${new URLSearchParams(query).toString()}`);
  const list = async (query: Record<string, string>) => {
    const { body } = await ask(query);
    return { body, logins: body.items.map(({ login }: CustomerUser) => login) };
  };
  const valid = () => people.filter(({ validId }) => validId === 1);

  it('offers a thousand people at first, and all of them once and in order by paging', async () => {
    const first = await list({});
    const logins: string[] = [...first.logins];
    for (let cursor = first.body.nextCursor; cursor !== null; ) {
      const next = await list({ cursor });
      logins.push(...next.logins);
      cursor = next.body.nextCursor;
    }

    const inOrder = await database.connection.query<{ login: string }>('SELECT login FROM customer_user WHERE valid_id = 1 ORDER BY login');
    expect(first.logins).toHaveLength(1_000);
    expect(first.body.count).toEqual({ value: valid().length, capped: false });
    expect(first.body.reports).toMatchObject([{ backendId: 'CustomerUser', state: 'truncated', limit: 1_000 }]);
    expect(logins).toEqual(inOrder.map(({ login }) => login));
  });

  it('shows the column everywhere under its own label, as it is required by its row', async () => {
    const { body } = await test.send('GET', '/api/v1/backends');
    const [{ fields }] = body.items as [BackendDescription];
    const person = await test.send('GET', `/api/v1/customer-users/${people[0]?.login}`);

    expect(fields.find(({ variable }) => variable === 'UserRoom')).toMatchObject({
      label: 'Habitación', property: null, kind: 'text', required: true, readOnly: false, shown: 0, maxLength: 20,
    });
    expect(person.body.fields.UserRoom).toBe(room);
    expect((await list({ limit: '1' })).body.items[0].fields.UserRoom).toMatch(/^\d\.\d\d$/);
  });

  it('asks for the column of whoever is new, and for no other', async () => {
    const customerId = people[0]?.customerId;
    const create = (fields: object) => test.send('POST', '/api/v1/customer-users', { body: { ...aCustomerUser({ login: 'new.person', fields: { ...fields } }), customerId } });

    expect((await create({})).body.issues).toEqual([{ path: 'fields.UserRoom', code: 'required' }]);
    expect((await create({ UserRoom: 'x'.repeat(21) })).body.issues).toEqual([{ path: 'fields.UserRoom', code: 'too-long', params: { max: 20 } }]);
    expect((await create({ UserRoom: '1.01', UserFax: '1' })).body.issues).toEqual([{ path: 'fields.UserFax', code: 'unknown-field' }]);
    expect((await create({ UserRoom: '1.01', UserTitle: 'Herr' })).body.issues).toEqual([{ path: 'fields.UserTitle', code: 'not-allowed' }]);
    expect(await create({ UserRoom: '1.01', UserTitle: 'Mrs.' })).toMatchObject({ status: 201, body: { fields: { UserRoom: '1.01' } } });
    expect(await database.connection.query("SELECT room, fax FROM customer_user WHERE login = 'new.person'")).toEqual([{ room: '1.01', fax: null }]);
  });

  it('changes the column and leaves the rest, an outdated title too', async () => {
    const doctor = valid().find(({ title }) => title === 'Dr.');
    const { body } = await test.send('GET', `/api/v1/customer-users/${doctor?.login}`);

    const changed = await test.send('PATCH', `/api/v1/customer-users/${doctor?.login}`, { ifMatch: body.version, body: { fields: { UserRoom: '0' } } });

    expect(changed).toMatchObject({ status: 200, body: { fields: { ...body.fields, UserRoom: '0' }, fullName: body.fullName } });
    expect(await database.connection.query(`SELECT street, mobile FROM customer_user WHERE login = '${doctor?.login}'`)).toEqual([
      { street: doctor?.street, mobile: doctor?.mobile },
    ]);
  });

  it('finds by the beginning of what its search fields hold', async () => {
    const { lastName } = valid()[17] ?? { lastName: '' };

    const found = await list({ search: lastName });

    expect(found.logins).toEqual(expect.arrayContaining(valid().filter((person) => person.lastName === lastName).map(({ login }) => login)));
  });

  it('finds by the column once it is among the search fields', async () => {
    const searched = [...configuration.CustomerUser.CustomerUserSearchFields, 'room'];
    const other = await Program.open(database.url, { ...configuration, CustomerUser: { ...configuration.CustomerUser, CustomerUserSearchFields: searched } });

    const { body } = await other.send('GET', `/api/v1/customer-users?search=${room}`);
    await other.close();

    const expected = valid().filter((person) => person.room === room).map(({ login }) => login);
    expect(body.items.map(({ login }: CustomerUser) => login)).toEqual(expect.arrayContaining(expected));
  });

  it('finds the customers of a picker among two thousand', async () => {
    const { body } = await test.send('GET', '/api/v1/customers?search=00017&limit=20');

    expect(body.items.map(({ customerId }: { customerId: string }) => customerId)).toEqual([expect.stringMatching(/-00017$/)]);
  });

  it('TS28: knows who belongs to a customer, in any spelling of its ID', async () => {
    const { customerId } = valid()[3] ?? { customerId: '' };

    const { logins } = await list({ customerId: customerId.toLowerCase() });

    expect([...logins].sort()).toEqual(valid().filter((person) => person.customerId === customerId).map(({ login }) => login).sort());
  });

  it.each([
    ['limit', '0'],
    ['limit', '-1'],
    ['limit', '1000000000'],
    ['limit', 'NaN'],
    ['cursor', 'forged'],
    ['backend', 'nobody'],
    ['validity', 'maybe'],
    ['search', '\0'],
  ])('refuses a query with %s=%j', async (name, value) => {
    const { status, body } = await ask({ [name]: value });

    expect(status).toBe(422);
    expect(body.issues[0].path).toBe(name);
  });

  it('refuses a cursor of another search', async () => {
    const { body } = await list({ limit: '5' });

    const answer = await ask({ search: 'a', cursor: body.nextCursor });

    expect(answer).toMatchObject({ status: 422, body: { issues: [{ path: 'cursor' }] } });
  });
});
