import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { makeFamily } from '../../testing/helpdesk-families.js';
import { Program } from '../../testing/program.js';
import { aCustomerRow, aPersonRow, insertRows } from '../backends/testing/tables.js';
import { defaultCustomerUserBlock } from '../configuration/default-blocks.js';
import { audit, groupRow, memberRow, stageRelations, startRelations, withGroups } from './testing/stage.js';

describe('Relations of people in a backend that does not answer', () => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
    const away = { ...defaultCustomerUserBlock, Params: { Table: 'customer_user', DSN: 'DBI:mysql:database=away;host=127.0.0.1;port=1', User: 'u', Password: 'p' } };
    test = await Program.open(database.url, { ...withGroups, CustomerUser: defaultCustomerUserBlock, CustomerUser1: away });
    await stageRelations(database.connection);
    await insertRows(database.connection, 'group_customer_user', [groupRow('anna', 10, 'ro'), groupRow('somebody', 10, 'ro')]);
  });
  afterAll(async () => {
    await test.close();
    await database.drop();
  });

  const rows = () => database.connection.query<{ user_id: string }>('SELECT user_id FROM group_customer_user ORDER BY user_id');

  it('are shown as far as they are known, with the backend that is missing', async () => {
    const { body } = await test.send('GET', '/api/v1/groups/10/customer-users');

    expect(body.items.map(({ customerUser }: { customerUser: { login: string; state: string } }) => [customerUser.login, customerUser.state])).toEqual([
      ['anna', 'known'], ['somebody', 'unreachable'],
    ]);
    expect(body.reports.map(({ backendId, state }: { backendId: string; state: string }) => [backendId, state])).toEqual([['CustomerUser', 'ok'], ['CustomerUser1', 'failed']]);
  });

  it('are not added while nobody knows who that is, and the backend is named', async () => {
    const known = await test.send('PATCH', '/api/v1/groups/10/customer-users', { body: { add: [{ login: 'boris', key: 'ro' }] } });
    const unknown = await test.send('PATCH', '/api/v1/groups/10/customer-users', { body: { add: [{ login: 'whoever', key: 'ro' }] } });

    expect(known.status).toBe(200);
    expect(unknown).toMatchObject({ status: 503, body: { code: 'backend.unavailable', backendId: 'CustomerUser1' } });
    expect((await rows()).map(({ user_id: login }) => login)).toEqual(['anna', 'boris', 'somebody']);
  });

  it('can be taken away all the same, and put back as they were: nobody knew then either', async () => {
    const removed = await test.send('PATCH', '/api/v1/customer-users/somebody/groups', { body: { remove: [{ groupId: 10, key: 'ro' }] } });
    const undone = await test.send('POST', `/api/v1/changes/${removed.body.changeId}/undo`);

    expect(removed.body.removed).toBe(1);
    expect([undone.status, (await rows()).some(({ user_id: login }) => login === 'somebody')]).toEqual([200, true]);
  });
});

describe('Relations in a helpdesk’s own tables', () => {
  it.each([['otobo-11', 'groups_table'], ['znuny-6.0', '`groups`']] as const)('are read and written in those of %s', async (family, groupTable) => {
    const database = await openTestDatabase('mariadb');
    await makeFamily(database.connection, family);
    const test = await startRelations(database.url);
    await insertRows(database.connection, 'customer_company', [aCustomerRow('C1')]);
    await insertRows(database.connection, 'customer_user', [aPersonRow('anna', { customer_id: 'C1' }), aPersonRow('a'.repeat(101), { customer_id: 'C1', email: 'a@mail.test' })]);
    const group = { id: 5, name: 'five', valid_id: 1, ...audit };
    await database.connection.execute(
      `INSERT INTO ${groupTable} (${Object.keys(group).join(', ')}) VALUES (${Object.keys(group).map(() => '?').join(', ')})`, Object.values(group),
    );

    const saved = await test.send('PATCH', '/api/v1/groups/5/customer-users', { body: { add: [{ login: 'ANNA', key: 'ro' }] } });
    const read = await test.send('GET', '/api/v1/customer-users/anna/groups');
    const undone = await test.send('POST', `/api/v1/changes/${saved.body.changeId}/undo`);
    const tooLong = await test.send('PATCH', '/api/v1/groups/5/customer-users', { body: { add: [{ login: 'a'.repeat(101), key: 'ro' }] } });

    await test.close();
    await database.drop();
    expect(read.body.items).toEqual([{ group: { groupId: 5, name: 'five', validity: 'valid' }, keys: ['ro'], through: [] }]);
    expect([saved.status, undone.body.removed]).toEqual([200, 1]);
    expect([tooLong.status, tooLong.body.issues]).toEqual([422, [{ path: 'add.0.login', code: 'too-long', params: { max: 100 } }]]);
  });
});

describe('A relation that is saved while its person is renamed', () => {
  it('is not left to the old login, which somebody else may get', async () => {
    const database = await openTestDatabase('postgres');
    const test = await startRelations(database.url);
    await stageRelations(database.connection);
    await insertRows(database.connection, 'customer_user_customer', [memberRow('anna', 'C2')]);
    const removed = await test.send('PATCH', '/api/v1/customer-users/anna/customers', { body: { remove: [{ customerId: 'C2' }] } });
    const { body: anna } = await test.send('GET', '/api/v1/customer-users/anna');

    const [renamed, ...saves] = await Promise.all([
      test.send('POST', '/api/v1/customer-users/anna/rename', { body: { login: 'annika' }, ifMatch: anna.version }),
      ...[10, 11, 12, 13].map((groupId) => test.send('PATCH', '/api/v1/customer-users/anna/groups', { body: { add: [{ groupId, key: 'ro' }] } })),
    ]);
    const late = await test.send('PATCH', '/api/v1/customer-users/anna/groups', { body: { add: [{ groupId: 14, key: 'ro' }] } });

    const undone = await test.send('POST', `/api/v1/changes/${removed.body.changeId}/undo`);

    const rows = await database.connection.query<{ user_id: string }>('SELECT user_id FROM group_customer_user');
    await test.close();
    await database.drop();
    expect([renamed.status, late.status]).toEqual([200, 422]);
    expect(undone).toMatchObject({ status: 409, body: { code: 'undo.changed', issues: [{ path: 'login', code: 'unknown', params: { key: 'anna' } }] } });
    expect(saves.every(({ status }) => status === 200 || status === 422)).toBe(true);
    expect(rows.map(({ user_id: login }) => login)).toEqual(saves.filter(({ status }) => status === 200).map(() => 'annika'));
  });
});
