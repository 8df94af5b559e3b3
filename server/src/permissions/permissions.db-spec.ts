import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { groupTableOf, makeFamily } from '../../testing/helpdesk-families.js';
import { Program } from '../../testing/program.js';

const stamps = 'CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1';
const audit = 'create_time, create_by, change_time, change_by';
const other = 'Ticket::CustomerID::Other';
const same = 'Ticket::CustomerID::Same';

const configuration = {
  Settings: {
    CustomerGroupSupport: 1,
    'Customer::AuthModule::DB::bcryptCost': 9,
    CustomerGroupPermissionContext: { '100-CustomerID-other': { Value: other, Name: 'Other Customers' } },
  },
};

describeOnEachEngine('what people may do', ({ open }) => {
  let database: TestDatabase;
  let program: Program;

  const insert = (table: string, columns: string, values: string): Promise<unknown> =>
    database.connection.execute(`INSERT INTO ${table} (${columns}, ${audit}) VALUES (${values}, ${stamps})`);
  const direct = (login: string, groupId: number, key: string, value = 1) =>
    insert('group_customer_user', 'user_id, group_id, permission_key, permission_value', `'${login}', ${groupId}, '${key}', ${value}`);
  const ofCustomer = (customerId: string, groupId: number, key: string, context = same) =>
    insert('group_customer', 'customer_id, group_id, permission_key, permission_value, permission_context', `'${customerId}', ${groupId}, '${key}', 1, '${context}'`);
  const relate = (login: string, customerId: string) => insert('customer_user_customer', 'user_id, customer_id', `'${login}', '${customerId}'`);
  const serve = (login: string, serviceId: number) =>
    database.connection.execute(`INSERT INTO service_customer_user (customer_user_login, service_id, create_time, create_by) VALUES ('${login}', ${serviceId}, CURRENT_TIMESTAMP, 1)`);
  const ask = async (path: string, login = 'anna') =>
    (await program.send('GET', `/api/v1/customer-users/${encodeURIComponent(login)}/${path}`, { permission: 'clientele.read' })).body;
  /** `G5:ro G5:rw`. */
  const rights = async (login = 'anna', query = ''): Promise<string> => {
    const { groups } = await ask(`effective-permissions${query}`, login);
    return groups.flatMap(({ group, grants }: { group: { name: string }; grants: { key: string }[] }) => grants.map(({ key }) => `${group.name}:${key}`)).join(' ');
  };

  beforeAll(async () => {
    database = await open();
    await Program.open(database.url).then((first) => first.close());
    for (const [id, validId] of [[5, 1], [6, 2], [7, 1]]) await insert('permission_groups', 'id, name, valid_id', `${id}, 'G${id}', ${validId}`);
    for (const [id, validId] of [['C1', 1], ['C2', 1], ['C3', 2]]) await insert('customer_company', 'customer_id, name, valid_id', `'${id}', 'The ${id}', ${validId}`);
    for (const login of ['anna', 'Bert', 'zoé']) {
      await insert('customer_user', 'login, email, customer_id, first_name, last_name, valid_id', `'${login}', '${login}@firma.test', 'c1', 'F', 'L', 1`);
    }
    for (const [id, name, validId] of [[1, 'S1', 1], [2, 'S2', 1], [3, 'S2::S3', 1], [4, 'S4', 2]]) await insert('service', 'id, name, valid_id', `${id}, '${name}', ${validId}`);
    program = await Program.open(database.url, configuration);
  });
  afterAll(() => program.close());
  beforeEach(async () => {
    for (const table of ['group_customer_user', 'group_customer', 'customer_user_customer', 'service_customer_user']) await database.connection.execute(`DELETE FROM ${table}`);
    await database.connection.execute('UPDATE service SET valid_id = 1 WHERE id <= 3');
  });

  it('is what everybody may, where nothing is stored (TG2, TG17)', async () => {
    const { body: settings } = await program.send('GET', '/api/v1/permission-settings');

    expect(await rights()).toBe('users:ro users:rw');
    expect(settings).toMatchObject({ isSupportOn: true, keys: ['ro', 'rw'], alwaysGroups: ['users'], contexts: [{ context: same, kind: 'same' }, { context: other, kind: 'other' }] });
    expect((await ask('effective-permissions')).groups[0].grants[0].reasons).toEqual([
      { kind: 'customer-always-group', customer: { customerId: 'C1', state: 'known', name: 'The C1', validity: 'valid', backendId: 'CustomerCompany' }, memberships: ['primary'] },
      { kind: 'always-group' },
    ]);
  });

  it('is what is stored for them in any spelling, once, however often, without rows of value 0 (TG3, TG4, TG5, TG8, ours)', async () => {
    await direct('ANNA', 5, 'rw');
    await direct('anna', 5, 'rw');
    await direct('Anna', 6, 'rw');
    await direct('anna', 7, 'ro', 0);
    await direct('ZOÉ', 7, 'ro');

    expect(await rights()).toBe('G5:ro G5:rw users:ro users:rw');
    expect(await rights('zoé')).toBe('G7:ro users:ro users:rw');
    expect((await ask('effective-permissions')).groups[0].grants[0].reasons).toEqual([{ kind: 'direct', key: 'rw' }]);
  });

  it('is what their customers may, by the record and by relations (TG6, TG7)', async () => {
    await ofCustomer('C1', 7, 'rw');
    await ofCustomer('c2', 5, 'ro');
    await relate('ANNA', 'C2');

    expect(await rights()).toBe('G5:ro G7:ro G7:rw users:ro users:rw');
    expect((await ask('effective-permissions/5/ro')).reasons).toEqual([
      { kind: 'customer', key: 'ro', customer: expect.objectContaining({ customerId: 'C2', name: 'The C2' }), memberships: ['assigned'] },
    ]);
  });

  it('is answered for a login that nobody knows (TK13)', async () => {
    await relate('ghost', 'C2');
    await ofCustomer('C2', 7, 'ro');

    const { person, customers } = await ask('effective-permissions', 'Ghost');

    expect(await rights('ghost')).toBe('G7:ro users:ro users:rw');
    expect(person).toEqual({ login: 'Ghost', state: 'unknown', fullName: null, email: null, customerId: null, validity: null, backendId: null });
    expect(customers).toMatchObject([{ customer: { customerId: 'C2' }, memberships: ['assigned'], through: [] }]);
  });

  it('includes the tickets of other valid customers, through the context of other customers (TG14, TG15, TG16)', async () => {
    await ofCustomer('C1', 7, 'ro', other);
    await ofCustomer('C2', 7, 'ro');
    await ofCustomer('C3', 7, 'ro');
    const seen = async () => (await ask('effective-permissions')).customers.map(({ customer }: { customer: { customerId: string } }) => customer.customerId);

    expect(await seen()).toEqual(['C1', 'C2']);
    expect((await ask('effective-permissions')).customers[1].through).toEqual([{ customerId: 'c1', group: { groupId: 7, name: 'G7', validity: 'valid' }, key: 'ro' }]);
    await database.connection.execute(`UPDATE group_customer SET permission_key = 'move_into' WHERE permission_context = '${other}'`);
    expect(await seen()).toEqual(['C1']);
  });

  it('is explained where it is missing', async () => {
    await direct('anna', 7, 'ro');

    expect(await ask('effective-permissions/7/rw')).toMatchObject({
      isAllowed: false,
      group: { groupId: 7, name: 'G7' },
      whyNot: [{ kind: 'no-direct-grant', has: ['ro'] }, { kind: 'customer-without-grant', customer: { customerId: 'C1' }, has: [] }, { kind: 'not-always-group' }],
    });
    expect((await ask('effective-permissions/6/rw')).whyNot).toEqual([{ kind: 'group-invalid' }]);
    expect(await ask('effective-permissions/99/rw')).toMatchObject({ code: 'not-found' });
  });

  it('is searched by the group, and comes in pages', async () => {
    await direct('anna', 7, 'ro');
    await direct('anna', 5, 'ro');

    const first = await ask('effective-permissions?limit=2');
    const second = await ask(`effective-permissions?limit=2&cursor=${first.nextCursor}`);

    expect([first, second].flatMap(({ groups }) => groups.map(({ group }: { group: { name: string } }) => group.name))).toEqual(['G5', 'G7', 'users']);
    expect(second.nextCursor).toBeNull();
    expect(await rights('anna', '?search=g')).toBe('G5:ro G7:ro');
    expect(await ask(`effective-permissions?limit=2&search=x&cursor=${first.nextCursor}`)).toMatchObject({ code: 'validation.failed' });
  });

  it('is which services they can use: own ones instead of those of everybody (TV1, TV2, TV3, TV4, TV8)', async () => {
    const names = (services: { name: string }[]) => services.map(({ name }) => name);
    expect(await ask('effective-services')).toMatchObject({ source: 'none', services: [] });
    await serve('<DEFAULT>', 1);
    expect(await ask('effective-services')).toMatchObject({ source: 'defaults', services: [{ name: 'S1' }] });
    await serve('ANNA', 3);
    await serve('anna', 3);
    await serve('anna', 4);

    const own = await ask('effective-services');
    await database.connection.execute('UPDATE service SET valid_id = 2 WHERE id = 2');
    const hidden = await ask('effective-services');
    await database.connection.execute('UPDATE service SET valid_id = 3 WHERE id = 3');
    const fallen = await ask('effective-services');

    expect([own.source, names(own.services), names(own.invalid), names(own.replaced), own.hidden]).toEqual(['own', ['S2::S3'], ['S4'], ['S1'], []]);
    expect(names(hidden.hidden)).toEqual(['S2::S3']);
    expect([fallen.source, names(fallen.services), names(fallen.invalid)]).toEqual(['defaults', ['S1'], ['S2::S3', 'S4']]);
    expect(await ask('effective-services', '<DEFAULT>')).toMatchObject({ code: 'not-found' });
  });

  it('is whether a ticket opens, step by step (TT1, TT2, TT4, TT6)', async () => {
    const steps = (answer: { steps: { outcome: string }[] }) => answer.steps.map(({ outcome }) => outcome);
    const closed = await ask('ticket-access?groupId=7&customerUser=anna&customerId=C1');
    await direct('anna', 7, 'ro');
    const [ofCustomerOwn, own, foreign] = await Promise.all([
      ask('ticket-access?groupId=7&customerId=c1'), ask('ticket-access?groupId=7&customerUser=ANNA'), ask('ticket-access?groupId=7&customerId=F'),
    ]);
    await ofCustomer('C1', 7, 'rw', other);
    const through = await ask('ticket-access?groupId=7&customerId=F');

    expect(closed).toMatchObject({ isAllowed: false, isListed: false });
    expect([steps(closed), steps(ofCustomerOwn), steps(own), steps(foreign), steps(through)]).toEqual([
      ['denies', 'not-asked', 'not-asked', 'not-asked'],
      ['goes-on', 'goes-on', 'allows', 'not-asked'],
      ['goes-on', 'allows', 'not-asked', 'not-asked'],
      ['goes-on', 'goes-on', 'goes-on', 'goes-on'],
      ['goes-on', 'goes-on', 'goes-on', 'allows'],
    ]);
    expect([ofCustomerOwn.isAllowed, own.isAllowed, foreign.isAllowed, through.isAllowed, through.isListed]).toEqual([true, true, false, true, false]);
  });

  it('is asked of a stored ticket by its number', async () => {
    await insert('queue', 'name, group_id, valid_id', "'Raw', 1, 1");
    const [queue] = await database.connection.query<{ id: number }>('SELECT id FROM queue');
    await insert(
      'ticket',
      'tn, title, queue_id, user_id, ticket_priority_id, ticket_state_id, customer_id, customer_user_id',
      `'2026112210000019', 'Help', ${queue?.id}, 1, 3, 1, 'C1', 'bert'`,
    );

    expect(await ask('ticket-access?ticketNumber=2026112210000019')).toMatchObject({
      isAllowed: true, isListed: true, ticket: { ticketNumber: '2026112210000019', group: { name: 'users' }, customerId: 'C1', customerUser: 'bert' },
    });
    expect(await ask('ticket-access?ticketNumber=1')).toMatchObject({ code: 'not-found' });
    expect(await ask('ticket-access?ticketNumber=1&customerId=C1')).toMatchObject({ code: 'validation.failed', issues: [{ path: 'customerId' }] });
    expect(await ask('ticket-access')).toMatchObject({ issues: [{ path: 'groupId', code: 'required' }] });
    expect(await ask('ticket-access?groupId=99')).toMatchObject({ issues: [{ path: 'groupId', code: 'unknown' }] });
  });
});

describeOnEachEngine('what people may do while support is off', ({ open }) => {
  it('is everything in every valid group (TG1), in pages too', async () => {
    const { url } = await open();
    const program = await Program.open(url);

    const first = await program.send('GET', '/api/v1/customer-users/whoever/effective-permissions?limit=2');
    const second = await program.send('GET', `/api/v1/customer-users/whoever/effective-permissions?limit=2&cursor=${first.body.nextCursor}`);
    await program.close();

    expect([...first.body.groups, ...second.body.groups].map(({ group, grants }) => [group.name, ...grants.map(({ key, reasons }: { key: string; reasons: unknown }) => [key, reasons])])).toEqual(
      ['admin', 'stats', 'users'].map((name) => [name, ['ro', [{ kind: 'support-off' }]], ['rw', [{ kind: 'support-off' }]]]),
    );
    expect(first.body.settings.isSupportOn).toBe(false);
  });
});

describeOnEachEngine('what people may do in a helpdesk of another family', ({ engine, open }) => {
  it('is read from its own table of groups', async () => {
    const family = engine === 'postgres' ? 'znuny-6.0' : 'otobo-11';
    const { url, connection } = await open();
    await makeFamily(connection, family);
    const quoted = connection.engine === 'mysql' ? `\`${groupTableOf[family]}\`` : `"${groupTableOf[family]}"`;
    await connection.execute(`INSERT INTO ${quoted} (id, name, valid_id, ${audit}) VALUES (9, 'G9', 1, ${stamps})`);
    await connection.execute(`INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, ${audit}) VALUES ('anna', 9, 'ro', 1, ${stamps})`);
    const program = await Program.open(url, configuration);

    const { body } = await program.send('GET', '/api/v1/customer-users/anna/effective-permissions');
    await program.close();

    expect(body.groups).toEqual([{ group: { groupId: 9, name: 'G9', validity: 'valid' }, grants: [{ key: 'ro', reasons: [{ kind: 'direct', key: 'ro' }] }] }]);
  });
});
