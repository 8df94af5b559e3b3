import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import type { Program } from '../../testing/program.js';
import { aPersonRow, insertRows, type Row } from '../backends/testing/tables.js';
import { OutboxHandlers, type OutboxMessage } from '../platform/outbox/outbox-handlers.js';
import { customerGroupRow, groupRow, memberRow, other, same, serviceRow, stageRelations, startRelations } from './testing/stage.js';

describeOnEachEngine('Relations, changed by what was touched', ({ open }) => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await open();
    test = await startRelations(database.url);
    await stageRelations(database.connection);
  });
  beforeEach(async () => {
    for (const table of ['group_customer_user', 'group_customer', 'customer_user_customer', 'service_customer_user', 'clientele_change']) {
      await database.connection.execute(`DELETE FROM ${table}`);
    }
  });
  afterAll(() => test.close());

  const patch = (path: string, body: object) => test.send('PATCH', `/api/v1/${path}`, { body });
  const rowsOf = (table: string) => database.connection.query<Row>(`SELECT * FROM ${table}`);
  const keysOf = async (login: string, groupId = 10): Promise<string[]> =>
    (await rowsOf('group_customer_user'))
      .filter((row) => row['user_id'] === login && row['group_id'] === groupId)
      .map((row) => String(row['permission_key']))
      .sort();
  const stage = (table: string, ...rows: Row[]) => insertRows(database.connection, table, rows);
  const withoutId = (rows: Row[]) => rows.map(({ id: _, ...row }) => JSON.stringify(row)).sort();

  it('writes exactly one row when one box of a group’s 5,000 people is ticked (fault 54)', async () => {
    const people = Array.from({ length: 5_000 }, (_, number) => groupRow(`crowd-${number}`, 12, number % 2 === 0 ? 'ro' : 'rw'));
    await insertMany(database, people);
    const before = withoutId(await rowsOf('group_customer_user'));

    const { status, body } = await patch('groups/12/customer-users', { add: [{ login: 'anna', key: 'ro' }], seen: [{ login: 'anna', keys: [] }] });

    const after = withoutId(await rowsOf('group_customer_user'));
    const written = after.filter((row) => !before.includes(row));
    expect([status, body]).toEqual([200, { added: 1, removed: 0, changeId: expect.any(String), undoUntil: expect.any(String) }]);
    expect(after).toHaveLength(5_001);
    expect(written.map((row) => JSON.parse(row))).toEqual([
      expect.objectContaining({ user_id: 'anna', group_id: 12, permission_key: 'ro', permission_value: 1, create_by: 1, change_by: 1 }),
    ]);
    expect(before.every((row) => after.includes(row))).toBe(true);
  }, 300_000);

  it('puts rw in the place of smaller permissions, the stored ro included (ours, TG9)', async () => {
    await stage('group_customer_user', groupRow('anna', 10, 'ro'), groupRow('anna', 11, 'ro'));

    const { body } = await patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'ro' }, { groupId: 10, key: 'rw' }] });

    expect([await keysOf('anna'), await keysOf('anna', 11)]).toEqual([['rw'], ['ro']]);
    expect(body).toMatchObject({ added: 1, removed: 1 });
  });

  it('takes away both permissions (TG10)', async () => {
    await stage('group_customer_user', groupRow('anna', 10, 'ro'), groupRow('anna', 10, 'rw'), groupRow('boris', 10, 'ro'));

    await patch('customer-users/anna/groups', { remove: [{ groupId: 10, key: 'ro' }, { groupId: 10, key: 'rw' }] });

    expect([await keysOf('anna'), await keysOf('boris')]).toEqual([[], ['ro']]);
  });

  it('leaves the other context alone (TG11)', async () => {
    await stage('group_customer', customerGroupRow('C1', 10, 'ro', other), customerGroupRow('C1', 10, 'ro', same));
    const before = withoutId((await rowsOf('group_customer')).filter((row) => row['permission_context'] === other));

    await patch('customers/C1/groups', { add: [{ groupId: 10, key: 'rw', context: same }] });

    const rows = await rowsOf('group_customer');
    expect(withoutId(rows.filter((row) => row['permission_context'] === other))).toEqual(before);
    expect(rows.filter((row) => row['permission_context'] === same).map((row) => row['permission_key'])).toEqual(['rw']);
  });

  it('adds a customer once, however often it is asked for, and keeps the row that is there (TK15)', async () => {
    const first = await patch('customer-users/anna/customers', { add: [{ customerId: 'C2' }, { customerId: 'c2' }] });
    const stored = await rowsOf('customer_user_customer');
    const second = await patch('customer-users/anna/customers', { add: [{ customerId: 'C2' }] });

    expect(first.body).toMatchObject({ added: 1, removed: 0 });
    expect(second.body).toEqual({ added: 0, removed: 0, changeId: null, undoUntil: null });
    expect(await rowsOf('customer_user_customer')).toEqual(stored);
    expect(stored).toEqual([expect.objectContaining({ user_id: 'anna', customer_id: 'C2', create_by: 1, change_by: 1 })]);
  });

  it('takes a customer away (TK14), and a service (TV6), and nothing is wrong when it is gone already', async () => {
    await stage('customer_user_customer', memberRow('anna', 'C2'), memberRow('boris', 'C2'));
    await stage('service_customer_user', serviceRow('anna', 1), serviceRow('anna', 2));

    const customers = await patch('customers/C2/customer-users', { remove: [{ login: 'anna' }] });
    const services = await patch('services/1/customer-users', { remove: [{ login: 'anna' }] });
    const again = await patch('services/1/customer-users', { remove: [{ login: 'anna' }] });

    expect([customers.body.removed, services.body.removed, again.body.removed, again.status]).toEqual([1, 1, 0, 200]);
    expect((await rowsOf('customer_user_customer')).map((row) => row['user_id'])).toEqual(['boris']);
    expect((await rowsOf('service_customer_user')).map((row) => row['service_id'])).toEqual([2]);
  });

  it('writes default services under <DEFAULT>, and lets nobody be called so', async () => {
    const defaults = await patch('services/defaults', { add: [{ serviceId: 1 }] });
    const asPerson = await patch(`customer-users/${encodeURIComponent('<default>')}/services`, { add: [{ serviceId: 2 }] });
    const amongPeople = await patch('services/1/customer-users', { remove: [{ login: '<DEFAULT>' }] });

    expect([defaults.status, asPerson.status, amongPeople.status]).toEqual([200, 404, 422]);
    expect(await rowsOf('service_customer_user')).toEqual([expect.objectContaining({ customer_user_login: '<DEFAULT>', service_id: 1, create_by: 1 })]);
  });

  it('knows people and customers by any case, and spells new rows as the records are', async () => {
    await stage('group_customer_user', groupRow('CARLA', 10, 'ro'));

    const same = await patch('customer-users/carla/groups', { add: [{ groupId: 10, key: 'ro' }] });
    await patch('groups/11/customer-users', { add: [{ login: 'CARLA', key: 'ro' }] });
    await patch('customer-users/ANNA/customers', { add: [{ customerId: 'c2' }] });
    const removed = await patch('customer-users/cArLa/groups', { remove: [{ groupId: 10, key: 'ro' }] });

    expect([same.body.added, removed.body.removed]).toEqual([0, 1]);
    expect((await rowsOf('group_customer_user')).map((row) => [row['user_id'], row['group_id']])).toEqual([['Carla', 11]]);
    expect((await rowsOf('customer_user_customer')).map((row) => [row['user_id'], row['customer_id']])).toEqual([['anna', 'C2']]);
  });

  it('takes no other letters for the same login', async () => {
    await stage('group_customer_user', groupRow('ännä', 10, 'ro'), groupRow('anna', 10, 'ro'));

    const { body } = await patch('customer-users/anna/groups', { remove: [{ groupId: 10, key: 'ro' }] });

    expect(body.removed).toBe(1);
    expect((await rowsOf('group_customer_user')).map((row) => row['user_id'])).toEqual(['ännä']);
  });

  it('makes one row of equal ones where it touches them, and keeps who made the oldest', async () => {
    const later = { create_time: '2026-05-05 05:05:05', create_by: 1 };
    await stage('group_customer_user', groupRow('anna', 10, 'ro', later), groupRow('anna', 10, 'ro'), groupRow('anna', 11, 'ro'), groupRow('anna', 11, 'ro'));

    const { body } = await patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'ro' }] });

    const rows = await rowsOf('group_customer_user');
    const [kept] = rows.filter((row) => row['group_id'] === 10);
    expect(rows.map((row) => row['group_id']).sort()).toEqual([10, 11, 11]);
    expect(new Date(String(kept?.['create_time'])).toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(body.changeId).toBeNull();
  });

  it('takes rows whose value is not 1 for none (TG8)', async () => {
    await stage('group_customer_user', groupRow('anna', 10, 'ro', { permission_value: 0 }));

    const { body } = await patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'ro' }] });

    expect(body.added).toBe(1);
    expect((await rowsOf('group_customer_user')).map((row) => row['permission_value'])).toEqual([1]);
  });

  it('names each entry that is refused, and writes nothing', async () => {
    const groups = await patch('customer-users/anna/groups', {
      add: [
        { groupId: 10, key: 'ro' }, { groupId: 4711, key: 'ro' }, { groupId: 19, key: 'ro' }, { groupId: 11, key: 'fly' },
        { groupId: 9_999_999_999, key: 'ro' },
      ],
    });
    const people = await patch('groups/10/customer-users', { add: [{ login: 'nobody', key: 'ro' }, { login: 'inga', key: 'ro' }] });
    const contexts = await patch('customers/C1/groups', { add: [{ groupId: 10, key: 'ro', context: 'Elsewhere' }] });
    const customers = await patch('customer-users/anna/customers', { add: [{ customerId: 'C3' }, { customerId: 'C9' }, { customerId: 'a\0b' }] });
    const unknown = await patch('customer-users/nobody/groups', { add: [{ groupId: 10, key: 'ro' }] });
    const both = await patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'ro' }], remove: [{ groupId: 10, key: 'ro' }] });

    const issuesOf = ({ status, body }: { status: number; body: { issues: { path: string; code: string }[] } }) => [
      status, ...body.issues.map(({ path, code }) => `${path} ${code}`),
    ];
    expect(issuesOf(groups)).toEqual([422, 'add.1.groupId unknown', 'add.2.groupId invalid', 'add.3.key unknown', 'add.4.groupId unknown']);
    expect(issuesOf(people)).toEqual([422, 'add.0.login unknown', 'add.1.login invalid']);
    expect(issuesOf(contexts)).toEqual([422, 'add.0.context unknown']);
    expect(issuesOf(customers)).toEqual([422, 'add.0.customerId invalid', 'add.1.customerId unknown', 'add.2.customerId unknown']);
    expect(issuesOf(unknown)).toEqual([422, 'login unknown']);
    expect(issuesOf(both)).toEqual([422, 'remove.0 duplicate-key']);
    expect([await rowsOf('group_customer_user'), await rowsOf('group_customer'), await rowsOf('customer_user_customer')]).toEqual([[], [], []]);
  });

  it('refuses a login that is longer than the column that would hold it', async () => {
    const login = `long-${'x'.repeat(120)}`;
    await stage('customer_user', aPersonRow(login, { email: 'long@mail.test' }));

    const { status, body } = await patch('groups/10/customer-users', { add: [{ login, key: 'ro' }] });

    expect([status, body.issues]).toEqual([422, [{ path: 'add.0.login', code: 'too-long', params: { max: 100 } }]]);
  });

  it('takes away what leads to invalid and unknown ends, whatever they are', async () => {
    await stage('group_customer_user', groupRow('gone', 10, 'ro'), groupRow('anna', 19, 'fly'), groupRow('inga', 10, 'rw'));

    await patch('customer-users/GONE/groups', { remove: [{ groupId: 10, key: 'ro' }] });
    await patch('customer-users/anna/groups', { remove: [{ groupId: 19, key: 'fly' }] });
    await patch('groups/10/customer-users', { remove: [{ login: 'inga', key: 'rw' }] });

    expect(await rowsOf('group_customer_user')).toEqual([]);
  });

  it('holds what two people change in different cells, and tells the second of the same cell both values (fault 53)', async () => {
    const seen = [{ groupId: 10, keys: [] }, { groupId: 11, keys: [] }];
    const [one, two] = await Promise.all([
      patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'ro' }], seen }),
      patch('customer-users/anna/groups', { add: [{ groupId: 11, key: 'create' }], seen }),
    ]);
    const sameCell = await patch('groups/10/customer-users', { add: [{ login: 'anna', key: 'rw' }], seen: [{ login: 'anna', keys: [] }] });
    const late = await patch('customer-users/anna/groups', { remove: [{ groupId: 10, key: 'ro' }], seen: [{ groupId: 10, keys: ['ro'] }] });

    expect([one.status, two.status, sameCell.status]).toEqual([200, 200, 200]);
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'relation.changed', issues: [{ path: 'remove.0', code: 'relation-changed', params: { key: 'rw', seen: false, stored: true, wanted: false } }] },
    });
    expect([await keysOf('anna'), await keysOf('anna', 11)]).toEqual([['rw'], ['create']]);
  });

  it('writes one row when twenty people save the same at once, from both sides', async () => {
    const saves = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        number % 2 === 0
          ? patch('customer-users/anna/customers', { add: [{ customerId: 'C2' }] })
          : patch('customers/C2/customer-users', { add: [{ login: 'anna' }] }),
      ),
    );

    expect(saves.map(({ status }) => status)).toEqual(saves.map(() => 200));
    expect(saves.filter(({ body }) => body.added === 1)).toHaveLength(1);
    expect(await rowsOf('customer_user_customer')).toHaveLength(1);
  });

  it('leaves nothing behind when it fails in the middle', async () => {
    await stage('group_customer_user', groupRow('anna', 10, 'ro'));
    const { engine } = database.connection;
    await database.connection.execute(engine === 'mysql' ? 'RENAME TABLE clientele_audit TO clientele_away' : 'ALTER TABLE clientele_audit RENAME TO clientele_away');

    const { status } = await patch('customer-users/anna/groups', { add: [{ groupId: 11, key: 'ro' }], remove: [{ groupId: 10, key: 'ro' }] });

    await database.connection.execute(engine === 'mysql' ? 'RENAME TABLE clientele_away TO clientele_audit' : 'ALTER TABLE clientele_away RENAME TO clientele_audit');
    expect(status).toBe(500);
    expect([await keysOf('anna'), await keysOf('anna', 11)]).toEqual([['ro'], []]);
    expect(await rowsOf('clientele_change')).toEqual([]);
  });

  it('tells in the history of both ends what changed, with names, and once outside', async () => {
    const told = new Promise<unknown>((resolve) => {
      const handle = async ({ subject, payload }: OutboxMessage) => (subject === 'C1' ? resolve(payload) : undefined);
      test.app.get(OutboxHandlers).add({ topics: 'relation.changed', handle });
    });
    await stage('group_customer', customerGroupRow('C1', 10, 'ro'));

    const { body: saved } = await patch('customers/C1/groups', { add: [{ groupId: 10, key: 'rw', context: same }, { groupId: 11, key: 'ro', context: other }] });

    const historyOf = async (kind: string, key: string) => (await test.send('GET', `/api/v1/history?kind=${kind}&key=${key}`, { permission: 'clientele.read' })).body.items[0];
    expect(await historyOf('customer', 'c1')).toMatchObject({
      action: 'relations-changed',
      changeId: saved.changeId,
      undoUntil: saved.undoUntil,
      changes: [],
      relations: [
        { kind: 'group', key: '10', name: 'group 0', context: same, from: ['ro'], to: ['rw'] },
        { kind: 'group', key: '11', name: 'group 1', context: other, from: [], to: ['ro'] },
      ],
    });
    expect((await historyOf('group', '11')).relations).toEqual([{ kind: 'customer', key: 'C1', name: 'C1 Ltd', context: other, from: [], to: ['ro'] }]);
    expect(await told).toEqual({
      relation: 'customer-group',
      changeId: saved.changeId,
      changes: [
        { customerId: 'C1', groupId: 10, context: same, from: ['ro'], to: ['rw'] },
        { customerId: 'C1', groupId: 11, context: other, from: [], to: ['ro'] },
      ],
    });
  });

  it('takes a change back, and that too', async () => {
    await stage('group_customer_user', groupRow('anna', 10, 'ro'));
    const saved = await patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'rw' }, { groupId: 11, key: 'ro' }] });

    const undone = await undo(saved.body.changeId);
    const afterUndo = [await keysOf('anna'), await keysOf('anna', 11)];
    const redone = await undo(undone.body.changeId);

    expect(undone.body).toMatchObject({ added: 1, removed: 2 });
    expect(afterUndo).toEqual([['ro'], []]);
    expect(redone.status).toBe(200);
    expect([await keysOf('anna'), await keysOf('anna', 11)]).toEqual([['rw'], ['ro']]);
  });

  it('does not take back what somebody else has changed since, nor what is over, nor what never was', async () => {
    const saved = await patch('customer-users/anna/groups', { add: [{ groupId: 10, key: 'ro' }, { groupId: 11, key: 'ro' }] });
    await patch('groups/10/customer-users', { add: [{ login: 'anna', key: 'rw' }] });
    const touched = await undo(saved.body.changeId);
    await database.connection.execute("UPDATE clientele_change SET undo_until = '2026-01-01 00:00:00'");
    const expired = await undo(saved.body.changeId);
    const never = await undo('00000000-0000-4000-8000-000000000000');

    expect(touched).toMatchObject({ status: 409, body: { code: 'undo.changed', issues: [{ path: 'groupId', params: { key: '10', stored: 'rw' } }] } });
    expect(expired).toMatchObject({ status: 409, body: { code: 'undo.expired' } });
    expect(never.status).toBe(404);
    expect([await keysOf('anna'), await keysOf('anna', 11)]).toEqual([['rw'], ['ro']]);
  });

  const undo = (changeId: string) => test.send('POST', `/api/v1/changes/${changeId}/undo`);
});

/** Many rows in few statements. */
async function insertMany({ connection }: TestDatabase, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  for (let start = 0; start < rows.length; start += 1_000) {
    const values = rows.slice(start, start + 1_000).map((row) => `(${names.map((name) => (typeof row[name] === 'number' ? row[name] : `'${row[name]}'`)).join(', ')})`);
    await connection.execute(`INSERT INTO group_customer_user (${names.join(', ')}) VALUES ${values.join(', ')}`);
  }
}
