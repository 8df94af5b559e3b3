import { startTestApp, type Ask, type TestApp } from '../../testing/app.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { startSlapd, type TestDirectory } from '../../testing/slapd.js';
import { defaultCustomerUserBlock } from '../configuration/default-blocks.js';

/** A database where the customer ID is free text, and a directory with one of its own. */
describe('The customer IDs in use', () => {
  let directory: TestDirectory;
  let test: TestApp;
  let ask: Ask;

  beforeAll(async () => {
    directory = await startSlapd();
    const client = await directory.client();
    for (const [uid, company] of [['lisa', 'acme'], ['lena', 'Academy']] as const) {
      await client.add(`uid=${uid},dc=example,dc=net`, { objectClass: ['inetOrgPerson'], uid, cn: uid, sn: uid, mail: `${uid}@mail.test`, departmentNumber: company });
    }
    await client.unbind();
    test = await startTestApp({
      configuration: {
        Settings: { 'Customer::AuthModule::DB::bcryptCost': 9 },
        CustomerUser: { ...defaultCustomerUserBlock, CustomerCompanySupport: 0 },
        CustomerUser1: {
          Name: 'Staff', Module: 'Kernel::System::CustomerUser::LDAP', CustomerKey: 'uid', CustomerID: 'departmentNumber',
          Params: { Host: `ldap://127.0.0.1:${directory.port}`, BaseDN: 'dc=example,dc=net', SSCOPE: 'sub' },
          Map: [['UserLogin', 'Login', 'uid'], ['UserEmail', 'Mail', 'mail'], ['UserCustomerID', 'Customer', 'departmentNumber']],
        },
      },
    });
    ask = await test.as(['clientele.admin']);
    for (const [login, customerId] of [['anna', 'ACME'], ['bert', 'other']] as const) {
      await ask({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ login, customerId }) });
    }
    await ask({ method: 'POST', url: '/api/v1/customers', body: { customerId: 'AC-unused', name: 'AC' } });
  });
  afterAll(async () => {
    await test?.close();
    await directory?.stop();
  });

  const list = (query: Record<string, string>) => ask({ url: '/api/v1/customer-ids', query });

  it('come from all backends, each once in any case and in order, without customers that nobody has (TS40)', async () => {
    const { status, body } = await list({ search: 'AC' });

    expect(status).toBe(200);
    expect(body.items).toEqual(['Academy', 'ACME']);
    expect(body.reports.map(({ backendId, state }: { backendId: string; state: string }) => [backendId, state])).toEqual([['CustomerUser', 'ok'], ['CustomerUser1', 'ok']]);
  });

  it('are as many as asked for, and the report says where there are more', async () => {
    const { body } = await list({ limit: '1' });

    expect(body.items).toEqual(['Academy']);
    expect(body.reports.map(({ state }: { state: string }) => state)).toEqual(['truncated', 'truncated']);
  });

  it('are told to readers only, and asked for with care', async () => {
    expect((await test.ask('/api/v1/customer-ids')).status).toBe(401);
    expect(await list({ limit: '0' })).toMatchObject({ status: 422, body: { issues: [{ path: 'limit' }] } });
    expect(await list({ search: 'a\0' })).toMatchObject({ status: 422, body: { issues: [{ path: 'search', code: 'characters' }] } });
  });

  it('stay those of the database while the directory is down', async () => {
    await directory.stop();

    const { body } = await list({ search: 'AC' });

    expect(body.items).toEqual(['ACME']);
    expect(body.reports).toMatchObject([{ state: 'ok' }, { state: 'failed' }]);
  });
});
