import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import type { Program } from '../../testing/program.js';
import { aPersonRow, insertRows, type Row } from '../backends/testing/tables.js';
import { customerGroupRow, groupRow, memberRow, other, same, serviceRow, stageRelations, startRelations } from './testing/stage.js';

// PostgreSQL, which tells cases of letters apart where the others do not
describe('Relations, listed', () => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await openTestDatabase('postgres');
    test = await startRelations(database.url);
    await stageRelations(database.connection);
  });
  beforeEach(async () => {
    for (const table of ['group_customer_user', 'group_customer', 'customer_user_customer', 'service_customer_user']) {
      await database.connection.execute(`DELETE FROM ${table}`);
    }
  });
  afterAll(async () => {
    await test.close();
    await database.drop();
  });

  const stage = (table: string, ...rows: Row[]) => insertRows(database.connection, table, rows);
  const read = async (path: string) => {
    const { status, body, text } = await test.send('GET', `/api/v1/${path}`, { permission: 'clientele.read' });
    if (status !== 200) throw new Error(`${status} ${text}`);
    return body;
  };
  const preview = async (path: string, body: object) => (await test.send('PATCH', `/api/v1/${path}?dryRun=true`, { body })).body;
  /** Every page of a list, each of `limit`. */
  const readAll = async (path: string, limit: number) => {
    const items: Record<string, never>[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: Record<string, never>[]; nextCursor: string | null } = await read(`${path}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items as Record<string, Record<string, unknown>>[];
  };

  describe('groups of a person', () => {
    it('come with those assigned first, gone and invalid ones among them, then every other valid one', async () => {
      await stage('group_customer_user', groupRow('ANNA', 15, 'rw'), groupRow('anna', 19, 'ro'), groupRow('anna', 12, 'ro'), groupRow('anna', 12, 'ro'));

      const assigned = await read('customer-users/anna/groups');
      const all = await readAll('customer-users/anna/groups?show=all', 4);

      expect(assigned).toMatchObject({ count: { value: 3, capped: false }, assigned: { value: 3, capped: false }, nextCursor: null });
      expect(assigned.items.map((item: { group: { groupId: number }; keys: string[] }) => [item.group.groupId, item.keys])).toEqual([[12, ['ro']], [15, ['rw']], [19, ['ro']]]);
      expect(all.map(({ group }) => group?.['groupId'])).toEqual([12, 15, 19, 2, 10, 11, 13, 14, 16, 17, 18, 3, 1]);
    });

    it('are searched by name with the language of every search, and a fault in it finds nothing', async () => {
      const names = async (search: string) =>
        (await read(`customer-users/anna/groups?show=all&search=${encodeURIComponent(search)}`)).items.map((item: { group: { name: string } }) => item.group.name);

      expect(await names('GROUP AND !5 AND (3 OR 5 OR p*7)')).toEqual(['group 3', 'group 7']);
      expect(await names('gr_up')).toEqual([]);
      expect((await read('customer-users/anna/groups?show=all&search=(a')).searchError).toEqual({ code: 'parenthesis-not-closed', position: 0 });
    });

    it('say what holds for other reasons beside the boxes', async () => {
      await stage('group_customer', customerGroupRow('C1', 10, 'rw'), customerGroupRow('C2', 11, 'ro'));
      await stage('group_customer_user', groupRow('anna', 10, 'ro'));
      await stage('customer_user_customer', memberRow('anna', 'C2'));

      const { items } = await read('customer-users/anna/groups?show=all&search=group');
      const [first, second] = items;

      expect([first.group.groupId, first.keys, first.through.map(({ key }: { key: string }) => key)]).toEqual([10, ['ro'], ['ro', 'create', 'rw']]);
      expect(first.through[0].reasons).toEqual([{ kind: 'customer', key: 'rw', customer: expect.objectContaining({ customerId: 'C1', name: 'C1 Ltd', state: 'known' }), memberships: ['primary'] }]);
      expect([second.group.groupId, second.keys, second.through]).toEqual([11, [], [{ key: 'ro', reasons: [expect.objectContaining({ kind: 'customer', memberships: ['assigned'] })] }]]);
    });

    it('are shown of a login that nobody has as long as there are any', async () => {
      await stage('group_customer_user', groupRow('gone', 10, 'ro'));

      expect((await read('customer-users/GONE/groups')).items).toHaveLength(1);
      expect((await test.send('GET', '/api/v1/customer-users/nobody/groups')).status).toBe(404);
      expect((await test.send('GET', '/api/v1/groups/4711/customer-users')).status).toBe(404);
    });
  });

  describe('people of a group', () => {
    it('come with those who have rows first, unknown and invalid ones among them, each once', async () => {
      await stage('group_customer_user', groupRow('gone', 10, 'ro'), groupRow('inga', 10, 'rw'), groupRow('CARLA', 10, 'ro'), groupRow('Carla', 10, 'rw'), groupRow('boris', 10, 'ro', { permission_value: 0 }));

      const all = await readAll('groups/10/customer-users?show=all', 2);
      const { assigned, count } = await read('groups/10/customer-users?show=all&limit=2');

      expect(all.map((item) => [item['customerUser']?.['login'], item['customerUser']?.['state'], item['keys']])).toEqual([
        ['Carla', 'known', ['ro', 'rw']], ['gone', 'unknown', ['ro']], ['inga', 'known', ['rw']],
        ['anna', 'known', []], ['boris', 'known', []], ['dora', 'known', []],
      ]);
      expect([assigned, count]).toEqual([{ value: 3, capped: false }, { value: 6, capped: false }]);
    });

    it('are searched as people are, the unknown by their login', async () => {
      await stage('group_customer_user', groupRow('gone', 10, 'ro'), groupRow('anna', 10, 'ro'), groupRow('boris', 10, 'ro'));
      const logins = async (query: string) =>
        (await read(`groups/10/customer-users?${query}`)).items.map((item: { customerUser: { login: string } }) => item.customerUser.login);

      expect(await logins('search=on')).toEqual(['gone']);
      expect(await logins('search=BORIS%20OR%20anna')).toEqual(['anna', 'boris']);
      expect(await logins('show=all&search=anna%20OR%20carla')).toEqual(['anna', 'Carla']);
    });

    it('are, when asked for whoever has the permission by whatever way, each there once (ours, TG12)', async () => {
      await stage('group_customer', customerGroupRow('C1', 10, 'ro'), customerGroupRow('C2', 10, 'rw'), customerGroupRow('C2', 11, 'rw', other));
      await stage('group_customer_user', groupRow('dora', 10, 'ro'));
      await stage('customer_user_customer', memberRow('stranger', 'C2'), memberRow('anna', 'C2'), memberRow('dora', 'C2'));

      const all = await readAll('groups/10/customer-users?show=effective', 2);

      expect(all.map((item) => item['customerUser']?.['login'])).toEqual(['dora', 'anna', 'boris', 'Carla', 'inga', 'stranger']);
    });
  });

  describe('customers of a person', () => {
    it('name the one of the record, which is not offered again (ours, TK16), and a relation to it once (TK12)', async () => {
      await stage('customer_user_customer', memberRow('ANNA', 'C2'), memberRow('anna', 'c1'), memberRow('anna', 'Gone'));

      const { items } = await read('customer-users/anna/customers?show=all');

      expect(items.map(({ customer, kinds }: { customer: Record<string, string>; kinds: string[] }) => [customer['customerId'], customer['state'], kinds])).toEqual([
        ['C1', 'known', ['primary', 'assigned']], ['C2', 'known', ['assigned']], ['Gone', 'unknown', ['assigned']],
      ]);
    });

    it('and people of a customer agree', async () => {
      await stage('customer_user_customer', memberRow('inga', 'C1'), memberRow('anna', 'C1'), memberRow('gone', 'C1'));

      const members = await readAll('customers/c1/customer-users?show=members', 2);
      const { count } = await read('customers/c1/customer-users?show=members&limit=2');
      const assigned = await readAll('customers/C1/customer-users?show=assigned', 50);
      const all = await readAll('customers/C1/customer-users?show=all', 3);

      expect(members.map((item) => [item['customerUser']?.['login'], item['kinds']])).toEqual([
        ['anna', ['primary', 'assigned']], ['gone', ['assigned']], ['inga', ['assigned']], ['boris', ['primary']], ['Carla', ['primary']], ['dora', ['primary']],
      ]);
      expect(count).toEqual({ value: 6, capped: false });
      expect(assigned.map((item) => item['customerUser']?.['login'])).toEqual(['anna', 'gone', 'inga']);
      expect(all).toEqual(members);
    });
  });

  it('customers of a group are listed with their contexts, and groups of a customer the same', async () => {
    await stage('group_customer', customerGroupRow('c2', 10, 'rw'), customerGroupRow('C2', 10, 'ro', other));

    const { items } = await read('groups/10/customers?show=all');
    const ofCustomer = await read('customers/C2/groups');
    const always = await read('customers/C2/groups?show=all&search=users');

    const grants = [{ key: 'ro', context: other }, { key: 'rw', context: same }];
    expect(items.map((item: { customer: { customerId: string }; grants: object[] }) => [item.customer.customerId, item.grants])).toEqual([['C2', grants], ['C1', []]]);
    expect(ofCustomer.items).toEqual([{ group: { groupId: 10, name: 'group 0', validity: 'valid' }, grants, isAlways: false }]);
    expect(always.items).toEqual([expect.objectContaining({ grants: [], isAlways: true })]);
  });

  it('default services are no person’s, and no person of a service', async () => {
    await stage('service_customer_user', serviceRow('<DEFAULT>', 1), serviceRow('anna', 1), serviceRow('anna', 9));

    const defaults = await read('services/defaults');
    const people = await read('services/1/customer-users');
    const own = await read('customer-users/anna/services');

    expect(defaults.items.map((item: { service: { serviceId: number } }) => item.service.serviceId)).toEqual([1]);
    expect([people.items.map((item: { customerUser: { login: string } }) => item.customerUser.login), people.assigned.value]).toEqual([['anna'], 1]);
    expect(own.items.map((item: { service: { serviceId: number; validity: string } }) => [item.service.serviceId, item.service.validity])).toEqual([[1, 'valid'], [9, 'invalid']]);
  });

  it('refuses a cursor that is of another list, or of nobody', async () => {
    const { nextCursor } = await read('customer-users/anna/groups?show=all&limit=1');

    for (const path of [`customer-users/boris/groups?show=all&cursor=${nextCursor}`, `groups/10/customer-users?cursor=${nextCursor}`, 'groups/10/customers?cursor=abc']) {
      const { status, body } = await test.send('GET', `/api/v1/${path}`);
      expect([status, body.issues]).toEqual([422, [{ path: 'cursor', code: 'cursor' }]]);
    }
  });

  it('goes through thousands on either side in pages that neither repeat nor leave out anybody', async () => {
    const crowd = Array.from({ length: 2_500 }, (_, number) => aPersonRow(`crowd-${String(number).padStart(4, '0')}`, { customer_id: 'C9', email: `crowd-${number}@mail.test` }));
    await insertRows(database.connection, 'customer_user', crowd);
    await insertRows(database.connection, 'group_customer_user', crowd.slice(0, 1_500).map(({ login }) => groupRow(String(login), 13, 'ro')));

    const assigned = await readAll('groups/13/customer-users?show=assigned&search=crowd', 200);
    const all = await readAll('groups/13/customer-users?show=all&search=crowd', 200);
    const { count, assigned: total } = await read('groups/13/customer-users?show=all');
    const rare = await readAll('groups/13/customer-users?show=assigned&search=crowd-1499', 50);

    await database.connection.execute("DELETE FROM customer_user WHERE login LIKE 'crowd-%'");
    const loginsOf = (items: typeof all) => items.map((item) => String(item['customerUser']?.['login']));
    expect(loginsOf(assigned)).toEqual(crowd.slice(0, 1_500).map(({ login }) => login));
    expect(loginsOf(all)).toEqual(crowd.map(({ login }) => login));
    expect([total.value, count.value >= 2_500, loginsOf(rare)]).toEqual([1_500, true, ['crowd-1499']]);
  });

  describe('a preview', () => {
    it('says what changes for whom, and writes nothing', async () => {
      await stage('group_customer', customerGroupRow('C1', 10, 'ro'));

      const direct = await preview('groups/10/customer-users', { add: [{ login: 'anna', key: 'rw' }] });

      expect(direct).toEqual({
        added: 1, removed: 0, people: { value: 1, capped: false }, gained: 2, lost: 0, isComplete: true,
        changes: ['create', 'rw'].map((key) => ({
          login: 'anna', fullName: expect.stringContaining('anna'), change: 'gained', what: { kind: 'group', group: { groupId: 10, name: 'group 0', validity: 'valid' }, key },
        })),
      });
      expect(await database.connection.query('SELECT * FROM group_customer_user')).toEqual([]);
    });

    it('of a customer’s permission names its people, related ones too', async () => {
      await stage('customer_user_customer', memberRow('inga', 'C1'));

      const { people, changes, isComplete } = await preview('customers/C1/groups', { add: [{ groupId: 11, key: 'ro', context: same }] });

      expect([people.value, isComplete]).toEqual([5, true]);
      expect(changes.map(({ login }: { login: string }) => login).sort()).toEqual(['Carla', 'anna', 'boris', 'dora', 'inga']);
    });

    it('of a customer says which permissions come along', async () => {
      await stage('group_customer', customerGroupRow('C2', 12, 'ro'));

      const { changes } = await preview('customer-users/anna/customers', { add: [{ customerId: 'C2' }] });

      expect(changes.map(({ what }: { what: { kind: string } }) => what.kind)).toEqual(['group', 'customer']);
    });

    it('of a first own service says that the default ones are lost', async () => {
      await stage('service_customer_user', serviceRow('<DEFAULT>', 1));

      const own = await preview('customer-users/anna/services', { add: [{ serviceId: 2 }] });
      const defaults = await preview('services/defaults', { add: [{ serviceId: 2 }] });

      expect(own.changes.map(({ change, what }: { change: string; what: { service: { serviceId: number } } }) => [change, what.service.serviceId])).toEqual([['gained', 2], ['lost', 1]]);
      expect([defaults.added, defaults.isComplete]).toEqual([1, false]);
    });

    it('changes nothing effectively where another reason stays', async () => {
      await stage('group_customer', customerGroupRow('C1', 10, 'rw'));
      await stage('group_customer_user', groupRow('anna', 10, 'ro'));

      expect(await preview('customer-users/anna/groups', { remove: [{ groupId: 10, key: 'ro' }] })).toMatchObject({ added: 0, removed: 1, people: { value: 0 }, changes: [] });
    });
  });

  it('a permission that was taken away is refused at once (fault 81)', async () => {
    await stage('group_customer_user', groupRow('anna', 14, 'ro'));
    const effective = async () => (await read('customer-users/anna/effective-permissions/14/ro')).isAllowed;

    const before = await effective();
    await test.send('PATCH', '/api/v1/customer-users/anna/groups', { body: { remove: [{ groupId: 14, key: 'ro' }] } });

    expect([before, await effective()]).toEqual([true, false]);
  });

  it('needs the permission to write for changes, previews and undo', async () => {
    const asReader = { body: { add: [] }, permission: 'clientele.read' } as const;

    for (const [method, path] of [['PATCH', 'customer-users/anna/groups'], ['PATCH', 'services/defaults?dryRun=true'], ['POST', 'changes/x/undo']] as const) {
      expect((await test.send(method, `/api/v1/${path}`, asReader)).status).toBe(403);
    }
  });

  it('a customer that only people’s records name has its people', async () => {
    await stage('customer_user', aPersonRow('loner', { customer_id: 'NoRecord' }));

    expect((await read('customers/norecord/customer-users')).items).toHaveLength(1);
    await database.connection.execute("DELETE FROM customer_user WHERE login = 'loner'");
  });

  it('is not slower by what it does not show: ten thousand groups, a page of fifty', async () => {
    const groups = Array.from({ length: 10_000 }, (_, number) => `(${1_000 + number}, 'mass ${number}', 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)`);
    await database.connection.execute(`INSERT INTO permission_groups (id, name, valid_id, create_time, create_by, change_time, change_by) VALUES ${groups.join(', ')}`);

    const page = await read('customer-users/anna/groups?show=all&search=mass');

    await database.connection.execute("DELETE FROM permission_groups WHERE name LIKE 'mass %'");
    expect([page.items.length, page.count]).toEqual([50, { value: 10_000, capped: false }]);
  });
});
