import { startTestApp, type Ask, type TestApp } from '../../../testing/app.js';
import { aCustomerUser } from '../../../testing/customer-users.js';
import { openTestDatabase, type TestDatabase } from '../../../testing/databases.js';
import { makeHelpdesk } from '../../../testing/helpdesk-schema.js';
import { startRedis, type TestRedis } from '../../../testing/redis.js';
import { defaultCustomerUserBlock } from '../../configuration/default-blocks.js';

/** People in a database of their own, remembered for ten minutes, served by two processes. */
describe('Two servers with a CacheTTL', () => {
  let redis: TestRedis;
  let main: TestDatabase;
  let own: TestDatabase;
  const servers: TestApp[] = [];
  let one: Ask;
  let other: Ask;

  beforeAll(async () => {
    redis = await startRedis();
    main = await openTestDatabase('mariadb');
    own = await openTestDatabase('mariadb');
    await makeHelpdesk(main.connection);
    await makeHelpdesk(own.connection);
    [one, other] = [await serve(), await serve()];
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await main?.drop();
    await own?.drop();
    await redis?.stop();
  });

  async function serve(): Promise<Ask> {
    const server = await startTestApp({
      url: main.url,
      configuration: {
        Settings: { 'Customer::AuthModule::DB::bcryptCost': 9 },
        CustomerUser: { ...defaultCustomerUserBlock, Params: { Table: 'customer_user', Url: own.url }, CustomerCompanySupport: 0, CacheTTL: 600 },
      },
      environment: { REDIS_URL: redis.url, CLIENTELE_SECRET_KEY: 'k'.repeat(32) },
    });
    servers.push(server);
    return server.as(['clientele.admin']);
  }

  const get = (ask: Ask, login: string) => ask(`/api/v1/customer-users/${login}`);
  const firstNames = async (ask: Ask, login: string) => [
    (await get(ask, login)).body.fields.UserFirstname,
    (await ask(`/api/v1/customer-users?search=${login}`)).body.items[0]?.fields.UserFirstname,
  ];
  const rename = async (ask: Ask, login: string, name: string) => {
    const { body } = await get(ask, login);
    const headers = { 'if-match': `"${body.version}"` };
    return ask({ method: 'PATCH', url: `/api/v1/customer-users/${login}`, headers, body: { fields: { UserFirstname: name } } });
  };
  const create = (login: string) => one({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ login, fields: { UserFirstname: 'Anna' } }) });
  const renamePastUs = (login: string, name: string) => own.connection.execute(`UPDATE customer_user SET first_name = '${name}' WHERE login = '${login}'`);

  it('answer from memory, and show at once what the other one wrote', async () => {
    await create('anna');
    const before = [await firstNames(one, 'anna'), await firstNames(other, 'anna')];
    await renamePastUs('anna', 'Past');
    const remembered = [await firstNames(one, 'anna'), await firstNames(other, 'anna')];

    const stale = await rename(other, 'anna', 'Zoe');
    const written = await rename(other, 'anna', 'Zoe');

    expect(before).toEqual([['Anna', 'Anna'], ['Anna', 'Anna']]);
    expect(remembered).toEqual(before);
    expect(stale).toMatchObject({ status: 412, body: { code: 'version.stale', current: { fields: { UserFirstname: 'Past' } } } });
    expect(written.status).toBe(200);
    expect(await firstNames(one, 'anna')).toEqual(['Zoe', 'Zoe']);
    expect(await firstNames(other, 'anna')).toEqual(['Zoe', 'Zoe']);
  });

  it('find at once who was made at the other one, and refuse the login there', async () => {
    const absent = (await other('/api/v1/customer-users?search=bert')).body.items;
    await create('bert');

    const again = await other({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ login: 'BERT' }) });

    expect(absent).toEqual([]);
    expect((await other('/api/v1/customer-users?search=bert')).body.items).toHaveLength(1);
    expect(again).toMatchObject({ status: 409, body: { code: 'login.taken' } });
  });

  it('remember nothing while Redis is gone, so that both are right all the same', async () => {
    await create('cleo');
    await firstNames(one, 'cleo');
    await firstNames(other, 'cleo');

    await redis.kill();
    const written = await rename(one, 'cleo', 'Zoe');
    const during = [await firstNames(one, 'cleo'), await firstNames(other, 'cleo')];
    await renamePastUs('cleo', 'Past');
    const live = await firstNames(other, 'cleo');
    await redis.start();

    expect(written.status).toBe(200);
    expect(during).toEqual([['Zoe', 'Zoe'], ['Zoe', 'Zoe']]);
    expect(live).toEqual(['Past', 'Past']);
  });
});

it('The main database is never remembered, whatever CacheTTL says: the helpdesk writes there too', async () => {
  const main = await openTestDatabase('embedded');
  const server = await startTestApp({ url: main.url });
  const ask = await server.as(['clientele.admin']);
  await ask({ method: 'POST', url: '/api/v1/customers', body: { customerId: 'C1', name: 'C1' } });
  const nameNow = async () => (await ask('/api/v1/customers/C1')).body.name;
  const before = await nameNow();

  await main.connection.execute(`UPDATE customer_company SET name = 'Other' WHERE customer_id = 'C1'`);

  expect([before, await nameNow()]).toEqual(['C1', 'Other']);
  await server.close();
  await main.drop();
});
