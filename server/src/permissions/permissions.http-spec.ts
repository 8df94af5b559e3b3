import { mapWith } from '../../testing/blocks.js';
import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { Program } from '../../testing/program.js';
import { defaultCustomerUserBlock } from '../configuration/default-blocks.js';

const stamps = 'CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1';
const audit = 'create_time, create_by, change_time, change_by';
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

describe('What a person may do', () => {
  let database: TestDatabase;
  const programs: Program[] = [];

  const open = async (blocks: object): Promise<Program> => {
    const program = await Program.open(database.url, { Settings: { CustomerGroupSupport: 1, CustomerGroupAlwaysGroups: [], CustomerGroupCompanyAlwaysGroups: [] }, ...blocks });
    programs.push(program);
    return program;
  };
  const explain = async (program: Program, login: string) =>
    (await program.send('GET', `/api/v1/customer-users/${login}/effective-permissions/7/ro`, { permission: 'clientele.read' })).body;

  beforeAll(async () => {
    database = await openTestDatabase('embedded');
    await (await Program.open(database.url)).close();
    const { connection } = database;
    await connection.execute(`INSERT INTO permission_groups (id, name, valid_id, ${audit}) VALUES (7, 'G7', 1, ${stamps})`);
    await connection.execute(`INSERT INTO customer_user (login, email, customer_id, street, first_name, last_name, valid_id, ${audit}) VALUES ('anna', 'a@firma.test', 'P', 'A; B ;C', 'F', 'L', 1, ${stamps})`);
    await connection.execute(`INSERT INTO group_customer (customer_id, group_id, permission_key, permission_value, permission_context, ${audit}) VALUES ('P', 7, 'ro', 1, 'Ticket::CustomerID::Same', ${stamps})`);
    await connection.execute(`INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, ${audit}) VALUES ('ghost', 7, 'ro', 1, ${stamps})`);
  });
  afterAll(async () => {
    for (const program of programs) await program.close();
    await database.drop();
  });

  it('follows the customers that its record lists, and not the primary one where that is excluded (TK9, TK10)', async () => {
    const map = mapWith(['UserCustomerIDs', 'CustomerIDs', 'street', 1, 0, 'var', '', 0]);
    const usual = await open({ CustomerUser: { ...defaultCustomerUserBlock, Map: map } });
    const excluding = await open({ CustomerUser: { ...defaultCustomerUserBlock, Map: map, CustomerUserExcludePrimaryCustomerID: 1 } });

    const { body } = await usual.send('GET', '/api/v1/customer-users/anna/effective-permissions');

    expect(body.customers.map(({ customer, memberships }: { customer: { customerId: string }; memberships: string[] }) => [customer.customerId, ...memberships])).toEqual([
      ['A', 'listed'], ['B', 'listed'], ['C', 'listed'], ['P', 'primary'],
    ]);
    expect(await explain(usual, 'anna')).toMatchObject({ isAllowed: true, reasons: [{ kind: 'customer', customer: { customerId: 'P', state: 'unknown' }, memberships: ['primary'] }] });
    const missing = await explain(excluding, 'anna');
    expect(missing.isAllowed).toBe(false);
    expect(missing.whyNot).toContainEqual({ kind: 'primary-excluded', customer: expect.objectContaining({ customerId: 'P' }) });
  });

  it('is still told by what is stored while a backend does not answer, and that its customers are not known', async () => {
    const program = await open({ CustomerUser: defaultCustomerUserBlock, CustomerUser1: { ...defaultCustomerUserBlock, Name: 'Far away', Params: { Table: 'people', Url: nowhere, ForeignDB: 1 } } });

    const [ghost, nobody, ticket] = [
      await explain(program, 'ghost'), await explain(program, 'nobody'),
      (await program.send('GET', '/api/v1/customer-users/nobody/ticket-access?groupId=7&customerId=P')).body,
    ];

    expect(ghost).toMatchObject({ person: { login: 'ghost', state: 'unreachable' }, isAllowed: true, reasons: [{ kind: 'direct', key: 'ro' }] });
    expect(ghost.reports).toContainEqual(expect.objectContaining({ backendId: 'CustomerUser1', title: 'Far away', state: 'failed' }));
    expect(nobody.whyNot.map(({ kind }: { kind: string }) => kind)).toEqual(['no-direct-grant', 'person-unreachable', 'not-always-group']);
    expect(ticket.isAllowed).toBeNull();
    expect(await explain(program, 'anna')).toMatchObject({ person: { state: 'known' }, isAllowed: true });
  });

  it('is answered for any text in the place of a login', async () => {
    const program = await open({});

    for (const login of ['%00', '👩‍💻', "'; DROP TABLE users --", '%E2%80%8B', 'x'.repeat(300)]) {
      const { status, body } = await program.send('GET', `/api/v1/customer-users/${login.startsWith('%') ? login : encodeURIComponent(login)}/effective-permissions`);
      expect([status, body.groups, body.person?.state]).toEqual([200, [], 'unknown']);
    }
  });
});
