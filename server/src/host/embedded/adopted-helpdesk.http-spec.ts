import { askerOf, startTestApp } from '../../../testing/app.js';
import { openTestDatabase } from '../../../testing/databases.js';
import { makeFamily } from '../../../testing/helpdesk-families.js';
import { firstAdmin, linkIn, Visitor } from '../../../testing/visitor.js';

describe.each(['embedded', 'mariadb'] as const)("the embedded host on a helpdesk's own tables (%s)", (engine) => {
  it("writes under the helpdesk's user of the same login, else under its first, and adds none", async () => {
    const database = await openTestDatabase(engine);
    await makeFamily(database.connection, 'znuny-7.1');
    await database.connection.execute(
      `INSERT INTO users (id, login, pw, first_name, last_name, valid_id, create_time, create_by, change_time, change_by) VALUES
        (1, 'root@localhost', 'x', 'Admin', 'OTRS', 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1),
        (7, 'Anna', 'x', 'Anna', 'Groß', 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)`,
    );
    const test = await startTestApp({ url: database.url });
    const admin = await firstAdmin(test);
    const create = async (login: string): Promise<number> => {
      const made = await admin.post('agents', { login, name: login, permissions: ['clientele.write'] });
      const agent = new Visitor(test);
      await agent.post('sign-in-link', { link: linkIn(made.body.signInLink) });
      const { launchToken } = (await agent.post('launch')).body;
      const opened = await test.ask({ method: 'POST', url: '/api/v1/session/exchange', body: { token: launchToken } });
      const ask = askerOf(test.app, { authorization: `Bearer ${opened.body.accessToken}` });
      return (await ask({ method: 'POST', url: '/api/v1/customers', body: { customerId: login, name: login } })).status;
    };

    const statuses = [await create('anna'), await create('stranger')];
    const rows = await database.connection.query('SELECT customer_id, create_by, change_by FROM customer_company ORDER BY customer_id');
    const users = await database.connection.query('SELECT id FROM users ORDER BY id');
    await test.close();
    await database.drop();

    expect(statuses).toEqual([201, 201]);
    expect(rows).toEqual([
      { customer_id: 'anna', create_by: 7, change_by: 7 },
      { customer_id: 'stranger', create_by: 1, change_by: 1 },
    ]);
    expect(users).toEqual([{ id: 1 }, { id: 7 }]);
  });
});
