import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program } from '../../testing/program.js';
import { defaultCustomerUserBlock } from '../configuration/default-blocks.js';

const elsewhere = { Table: 'people', Url: 'mysql://127.0.0.1:9/helpdesk', User: 'reader', Password: 'hunter2-secret' };

describeOnEachEngine('Backends', ({ open }) => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await open();
    test = await Program.open(database.url, {
      CustomerUser: { ...defaultCustomerUserBlock, Selections: { UserTitle: { 'Mr.': 'Mr.', 'Mrs.': 'Mrs.' } } },
      CustomerUser3: { ...defaultCustomerUserBlock, Name: 'Partners', ReadOnly: 1, Params: elsewhere, CustomerUserSearchListLimit: 250 },
    });
  });
  afterAll(() => test.close());

  it('are listed in their order, each with what the pages need to know', async () => {
    const { status, body } = await test.send('GET', '/api/v1/backends', { permission: 'clientele.read' });

    expect(status).toBe(200);
    expect(body.items.map(({ fields: _, ...rest }: { fields: unknown }) => rest)).toEqual([
      { backendId: 'CustomerUser', kind: 'customer-user', title: 'Database Backend', driver: 'database', readOnly: false, customerSupport: true, createsLogins: false, listLimit: 1000 },
      { backendId: 'CustomerUser3', kind: 'customer-user', title: 'Partners', driver: 'database', readOnly: true, customerSupport: true, createsLogins: false, listLimit: 250 },
      { backendId: 'CustomerCompany', kind: 'customer', title: 'Database Backend', driver: 'database', readOnly: false, customerSupport: false, createsLogins: false, listLimit: 1000 },
    ]);
    const fieldOf = (variable: string) => body.items[0].fields.find((field: { variable: string }) => field.variable === variable);
    expect(fieldOf('UserTitle')).toMatchObject({ property: null, kind: 'select', maxLength: 50, options: [{ value: 'Mr.', label: 'Mr.' }, { value: 'Mrs.', label: 'Mrs.' }] });
    expect(fieldOf('UserLogin')).toMatchObject({ property: 'login', label: 'Username', kind: 'text', required: true, searchable: true });
    expect(fieldOf('UserEmail')).toMatchObject({ property: 'email', kind: 'email', maxLength: 150, searchable: false });
    expect(fieldOf('UserCustomerID')).toMatchObject({ property: 'customerId', kind: 'customer' });
    expect(fieldOf('UserPassword')).toMatchObject({ property: 'password', kind: 'password', maxLength: null });
    expect(fieldOf('UserComment')).toMatchObject({ property: null, kind: 'multiline', maxLength: 250 });
    expect(fieldOf('ValidID')).toMatchObject({ property: 'validity', kind: 'validity' });
  });

  it('that are out of reach cost their own rows only, and are named with the time since when (X4)', async () => {
    const { status, body } = await test.send('GET', '/api/v1/customer-users');

    expect(status).toBe(200);
    expect(body.reports).toEqual([
      { backendId: 'CustomerUser', title: 'Database Backend', state: 'ok', since: null, limit: null },
      { backendId: 'CustomerUser3', title: 'Partners', state: 'failed', since: expect.stringMatching(/^\d{4}-.*Z$/), limit: null },
    ]);
  });

  it('are probed by who may, and tell why they do not answer', async () => {
    const probe = (backendId: string, permission: 'clientele.write' | 'clientele.admin' = 'clientele.admin') =>
      test.send('POST', `/api/v1/backends/${backendId}/probe`, { permission });

    expect(await probe('CustomerUser')).toMatchObject({ status: 200, body: { backendId: 'CustomerUser', state: 'ok', certificateEndsAt: null, rows: [] } });
    expect(await probe('CustomerUser3')).toMatchObject({
      status: 200,
      body: { state: 'failed', steps: [{ step: 'connect', failure: { code: 'unreachable', detail: expect.stringContaining('ECONNREFUSED') } }, {}, {}, {}] },
    });
    expect(await probe('CustomerUser9')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await probe('CustomerUser', 'clientele.write')).toMatchObject({ status: 403, body: { code: 'permission.missing' } });
  });

  it('keep their passwords out of every answer and every line of the log', () => {
    expect(test.told.join('\n')).not.toContain('hunter2-secret');
  });

  it('that do not fit stop the start with all that is wrong, by block and row', async () => {
    const opening = Program.open(database.url, {
      CustomerUser: { ...defaultCustomerUserBlock, Map: [...defaultCustomerUserBlock.Map, ['UserRoom', 'Room', 'room', 1, 0, 'var']] },
      CustomerUser2: { ...defaultCustomerUserBlock, Module: 'Kernel::System::CustomerUser::Telepathy' },
      CustomerCompany: { Map: [['CustomerID', 'CustomerID', 'customer_id']], CustomerCompanyKey: 'customer_id', Params: { Table: 'customer_company' } },
    });

    await expect(opening).rejects.toMatchObject({
      faults: [
        'CustomerUser, Map row 17: column "room" does not exist in table "customer_user"',
        'CustomerUser2, Module: "Kernel::System::CustomerUser::Telepathy" is not known here; known are Kernel::System::CustomerUser::DB, Kernel::System::CustomerCompany::DB, database, Kernel::System::CustomerUser::LDAP, ldap',
        'CustomerCompany, Map: the row CustomerCompanyName is missing',
      ],
    });
  });
});
