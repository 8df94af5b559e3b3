import { describeOnEachEngine } from '../../testing/databases.js';
import { CustomerUserDirectory } from '../backends/index.js';
import { aFakeBackend } from '../backends/testing/fake-backend.js';
import { parseConfiguration } from '../configuration/configuration.js';
import { deadlineIn } from '../kernel/deadline.js';
import type { Connection } from '../platform/persistence/database.js';
import { prepareDatabase } from '../platform/persistence/migrate.js';
import { PermissionFactsLoader } from './permission-facts.loader.js';
import { PermissionFactsRepository } from './permission-facts.repository.js';
import { resolveGrants } from './resolve-grants.js';

const stamps = 'CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1';
const audit = 'create_time, create_by, change_time, change_by';
const groups = 10_000;
const people = 1_000;

describeOnEachEngine('the facts of a thousand people and ten thousand groups', ({ open }) => {
  let connection: Connection;
  let loader: PermissionFactsLoader;
  const asked: string[] = [];
  const logins = Array.from({ length: people }, (_, number) => `person-${number}`);

  beforeAll(async () => {
    ({ connection } = await open());
    const { facts } = await prepareDatabase(connection);
    await fill('permission_groups', 'id, name, valid_id', Array.from({ length: groups }, (_, number) => `${number + 10}, 'Group ${number}', ${number % 10 === 0 ? 2 : 1}`));
    const rows = logins.flatMap((login, number) => [0, 1, 2].map((step) => `'${login.toUpperCase()}', ${10 + ((number * 7 + step) % groups)}, 'ro', 1`));
    await fill('group_customer_user', 'user_id, group_id, permission_key, permission_value', rows);
    await fill('customer_user_customer', 'user_id, customer_id', logins.map((login, number) => `'${login}', 'C${number % 50}'`));
    await fill('group_customer', 'customer_id, group_id, permission_key, permission_value, permission_context', Array.from({ length: 50 }, (_, number) => `'c${number}', ${20 + number}, 'rw', 1, 'Ticket::CustomerID::Same'`));

    const counting: Connection = { ...connection, engine: connection.engine, query: (sql, values, signal) => (asked.push(sql), connection.query(sql, values, signal)) };
    const directory = new CustomerUserDirectory({ ofKind: () => [aFakeBackend('CustomerUser', logins)] });
    const configuration = parseConfiguration('{ "Settings": { "CustomerGroupSupport": 1 } }', 'test.json');
    loader = new PermissionFactsLoader(directory, new PermissionFactsRepository(counting, { facts }), configuration);
  });
  beforeEach(() => void asked.splice(0));

  async function fill(table: string, columns: string, rows: readonly string[]): Promise<void> {
    for (let start = 0; start < rows.length; start += 2_000) {
      const values = rows.slice(start, start + 2_000).map((row) => `(${row}, ${stamps})`).join(', ');
      await connection.execute(`INSERT INTO ${table} (${columns}, ${audit}) VALUES ${values}`);
    }
  }

  it('take as many queries for all of them as for one, each with a limit', async () => {
    const one = await loader.loadFactsFor(['person-0'], {}, deadlineIn(60_000));
    const forOne = asked.splice(0).length;

    const all = await loader.loadFactsFor(logins, {}, deadlineIn(60_000));

    expect([forOne, asked.length]).toEqual([4, 4]);
    expect(asked.every((sql) => / LIMIT \d+$/.test(sql))).toBe(true);
    expect(one.facts.direct).toHaveLength(3);
    expect(all.facts.direct).toHaveLength(people * 3);
    expect(all.facts.people.filter(({ assigned }) => assigned.length === 1)).toHaveLength(people);
    expect(all.facts.ofCustomers).toHaveLength(50);
  });

  it('say the same of each of them as when he or she is asked for alone', async () => {
    const { facts } = await loader.loadFactsFor(logins, {}, deadlineIn(60_000));
    const alone = await loader.loadFactsFor(['PERSON-77'], {}, deadlineIn(60_000));

    const rights = resolveGrants(facts).ofPerson('person-77');
    expect(rights.map(({ group }) => group.groupId)).toEqual(resolveGrants(alone.facts).ofPerson('person-77').map(({ group }) => group.groupId));
    expect(rights.map(({ group }) => group.name)).toContain('users');
  });

  it('are only of the groups that are asked for', async () => {
    const { facts } = await loader.loadFactsFor(['person-1'], { groupIds: [17, 21] }, deadlineIn(60_000));

    expect([facts.groups.map(({ groupId }) => groupId), facts.direct.map(({ groupId }) => groupId), facts.ofCustomers.map(({ groupId }) => groupId)]).toEqual([[17, 21], [17], [21]]);
  });
});
