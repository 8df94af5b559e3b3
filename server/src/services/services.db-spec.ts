import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { makeFamily } from '../../testing/helpdesk-families.js';
import { Program } from '../../testing/program.js';

const admin = 'clientele.admin';

describeOnEachEngine('services', ({ open }) => {
  let database: TestDatabase;
  let program: Program;

  beforeAll(async () => {
    database = await open();
    program = await Program.open(database.url);
  });
  afterAll(() => program.close());
  beforeEach(async () => {
    await database.connection.execute('DELETE FROM service_customer_user');
    await database.connection.execute('DELETE FROM service');
  });

  const create = async (name: string, parentId: number | null = null, more: object = {}) => {
    const { status, body } = await program.send('POST', '/api/v1/services', { permission: admin, body: { name, parentId, ...more } });
    return { status, body, id: body.serviceId as number, version: body.version as string };
  };
  const change = (id: number, version: string, body: object) => program.send('PATCH', `/api/v1/services/${id}`, { permission: admin, ifMatch: version, body });
  const listed = async (query = ''): Promise<{ name: string; parentId: number | null; serviceId: number }[]> =>
    (await program.send('GET', `/api/v1/services?validity=all&${query}`)).body.items;
  const names = async (query = '') => (await listed(query)).map(({ name }) => name);

  it('are a tree by their names, each behind the one it is below', async () => {
    const a = await create('A');
    const ab = await create('B', a.id);
    await create('A B');
    const abc = await create('c', ab.id, { validity: 'invalid', comment: 'third' });

    expect(await names()).toEqual(['A', 'A::B', 'A::B::c', 'A B']);
    expect((await listed()).map(({ parentId }) => parentId)).toEqual([null, a.id, ab.id, null]);
    expect(abc.body).toMatchObject({ name: 'A::B::c', parentId: ab.id, validity: 'invalid', comment: 'third', isDefault: false });
    expect(await names('search=b%3A%3AC')).toEqual(['A::B::c']);
  });

  it('take all below along when they are renamed, in the history too', async () => {
    const a = await create('A');
    const ab = await create('B', a.id);
    const abc = await create('C', ab.id);
    await create('Apart', a.id);
    await create('AB');

    const { status, body } = await change(a.id, a.version, { name: 'Z' });
    const history = await program.send('GET', `/api/v1/history?kind=service&key=${abc.id}`);

    expect([status, body.name]).toEqual([200, 'Z']);
    expect(await names()).toEqual(['AB', 'Z', 'Z::Apart', 'Z::B', 'Z::B::C']);
    expect(history.body.items[0].changes).toEqual([{ variable: 'name', from: 'A::B::C', to: 'Z::B::C', secret: false }]);
  });

  it('take all below along when they are moved, to another one or to the top', async () => {
    const [a, b] = [await create('A'), await create('B')];
    const ac = await create('C', a.id);
    await create('D', ac.id);

    const moved = await change(ac.id, ac.version, { parentId: b.id, name: 'c' });
    expect(await names()).toEqual(['A', 'B', 'B::c', 'B::c::D']);

    await change(ac.id, moved.body.version, { parentId: null });
    expect(await names()).toEqual(['A', 'B', 'c', 'c::D']);
    expect(moved.body.parentId).toBe(b.id);
  });

  it('are never put below themselves (fault 68)', async () => {
    const a = await create('A');
    const ab = await create('B', a.id);
    const abc = await create('C', ab.id);

    for (const parentId of [a.id, ab.id, abc.id]) {
      expect(await change(a.id, a.version, { parentId })).toMatchObject({ status: 422, body: { issues: [{ path: 'parentId', code: 'service.below-itself' }] } });
    }
    expect(await names()).toEqual(['A', 'A::B', 'A::B::C']);
  });

  it('have names that are taken in any case at their place, and free elsewhere', async () => {
    const [a, b] = [await create('A'), await create('B')];
    const ab = await create('b', a.id);

    const taken = [await create('B', a.id), await change(b.id, b.version, { parentId: a.id })];
    const respelt = await change(ab.id, ab.version, { name: 'B' });

    for (const answer of taken) expect(answer).toMatchObject({ status: 409, body: { code: 'service.name-taken', issues: [{ path: 'name', code: 'taken' }] } });
    expect([respelt.status, respelt.body.name]).toEqual([200, 'A::B']);
  });

  it('are refused with the place where something is wrong', async () => {
    const a = await create('x'.repeat(190));
    const below = await create('12345678', a.id);

    expect((await create('9'.repeat(9), a.id)).body.issues).toEqual([{ path: 'name', code: 'service.path-too-long', params: { max: 200 } }]);
    expect((await change(a.id, a.version, { name: 'y'.repeat(191) })).body.issues).toEqual([{ path: 'name', code: 'service.path-too-long', params: { max: 200 } }]);
    expect((await create('A::B')).body.issues).toEqual([{ path: 'name', code: 'service.separator' }]);
    expect((await create('A', 2_147_483_647)).body.issues).toEqual([{ path: 'parentId', code: 'unknown' }]);
    expect((await create('A', 99_999_999_999)).body.issues).toEqual([{ path: 'parentId', code: 'unknown' }]);
    expect(below.body.name).toHaveLength(200);
  });

  it('are not changed by whoever saw an older state', async () => {
    const a = await create('A');
    const second = await change(a.id, a.version, { comment: 'new' });

    expect(await change(a.id, a.version, { name: 'B' })).toMatchObject({ status: 412, body: { code: 'version.stale', current: second.body } });
  });

  it('stay one tree when branches are moved below each other at once', async () => {
    const [a, b] = [await create('A'), await create('B')];
    await create('1', a.id);
    await create('2', b.id);

    const answers = await Promise.all([change(a.id, a.version, { parentId: b.id }), change(b.id, b.version, { parentId: a.id })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
    const all = await listed();
    for (const { name, parentId } of all) {
      const parent = all.find(({ serviceId }) => serviceId === parentId);
      expect(name.includes('::') ? name.startsWith(`${parent?.name}::`) : parent).toBe(name.includes('::') ? true : undefined);
    }
    expect(all).toHaveLength(4);
  });

  it('tell which of them everybody has', async () => {
    const a = await create('A');
    await create('B');
    for (let twice = 0; twice < 2; twice++) {
      await database.connection.execute(
        `INSERT INTO service_customer_user (customer_user_login, service_id, create_time, create_by) VALUES ('<DEFAULT>', ${a.id}, CURRENT_TIMESTAMP, 1)`,
      );
    }

    const { body } = await program.send('GET', '/api/v1/services');

    expect(body.items.map(({ isDefault }: { isDefault: boolean }) => isDefault)).toEqual([true, false]);
  });
});

describeOnEachEngine('a helpdesk’s own catalogues', ({ engine, open }) => {
  it.each(engine === 'mariadb' ? (['otobo-11', 'znuny-6.0'] as const) : (['otobo-11'] as const))('are read and not written (%s)', async (family) => {
    const { connection, url } = await open();
    await makeFamily(connection, family);
    const groupTable = family === 'otobo-11' ? 'groups_table' : connection.engine === 'mysql' ? '`groups`' : '"groups"';
    const audit = 'create_time, create_by, change_time, change_by';
    const stamps = 'CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1';
    await connection.execute(`INSERT INTO ${groupTable} (id, name, valid_id, ${audit}) VALUES (7, 'faq', 1, ${stamps})`);
    await connection.execute(`INSERT INTO service (id, name, valid_id, ${audit}) VALUES (3, 'Gone::Child', 1, ${stamps})`);
    const program = await Program.open(url);

    const groups = await program.send('GET', '/api/v1/groups?search=FA');
    const services = await program.send('GET', '/api/v1/services');
    const writes = await Promise.all([
      program.send('POST', '/api/v1/groups', { permission: admin, body: { name: 'new' } }),
      program.send('PATCH', '/api/v1/groups/7', { permission: admin, ifMatch: groups.body.items[0].version, body: { name: 'new' } }),
      program.send('POST', '/api/v1/services', { permission: admin, body: { name: 'new' } }),
      program.send('PATCH', '/api/v1/services/3', { permission: admin, ifMatch: services.body.items[0].version, body: { name: 'new' } }),
    ]);
    await program.close();

    expect(groups.body).toMatchObject({ items: [{ groupId: 7, name: 'faq', comment: '' }], isWritable: false });
    expect(services.body).toMatchObject({ items: [{ serviceId: 3, name: 'Gone::Child', parentId: null }], isWritable: false });
    expect(writes.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 4 }, () => [409, 'host.read-only']));
  });
});
