import { mapWith } from '../../testing/blocks.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program, quickHashes } from '../../testing/program.js';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from '../configuration/default-blocks.js';

const main = defaultCustomerUserBlock;

describeOnEachEngine('Customer users of several backends', ({ engine, open }) => {
  let database: TestDatabase;
  let second: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    [database, second] = [await open(), await open()];
    await makePeople(second);
    test = await Program.open(database.url, {
      ...quickHashes,
      CustomerUser: { ...main, ReadOnly: 1, Name: 'Read only' },
      CustomerUser3: { ...main, Name: 'Foreign', Params: { Table: 'people', Url: second.url, ForeignDB: 1 }, CustomerCompanySupport: 0 },
    });
  });
  afterAll(() => test.close());

  const create = (changes: object = {}) => test.send('POST', '/api/v1/customer-users', { body: aCustomerUser(changes) });
  const read = (login: string) => test.send('GET', `/api/v1/customer-users/${login}`);
  const insertReadOnly = (login: string, email: string) =>
    database.connection.execute(
      `INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, create_time, create_by, change_time, change_by)
       VALUES ('${login}', '${email}', 'C1', 'Ro', 'Only', 1, '2026-01-01 00:00:00', 1, '2026-01-01 00:00:00', 1)`,
    );

  it('go to the first that can be written, without times where it keeps none (TC17)', async () => {
    const created = await create({ login: 'anna', customerId: 'free text, no customer' });

    expect(created).toMatchObject({
      status: 201,
      body: { backendId: 'CustomerUser3', customerId: 'free text, no customer', created: null, changed: null, readOnly: false },
    });
    expect(await second.connection.query('SELECT login FROM people')).toEqual([{ login: 'anna' }]);
    expect(await database.connection.query("SELECT preferences_value FROM customer_preferences WHERE user_id = 'anna' AND preferences_key = 'UserLoginFailed'"))
      .toEqual([{ preferences_value: '0' }]);
  });

  it('TW1: have a login that nobody has in any of them', async () => {
    await insertReadOnly('ro.one', 'ro.one@firma.test');

    expect(await create({ login: 'RO.One' })).toMatchObject({ status: 409, body: { code: 'login.taken' } });
  });

  it('TW3: may share a mail address with somebody of another one', async () => {
    await insertReadOnly('ro.two', 'shared@firma.test');

    expect((await create({ email: 'shared@firma.test' })).status).toBe(201);
    expect((await create({ email: 'shared@firma.test' })).body.code).toBe('email.taken');
  });

  it('TW19: are never written where ReadOnly says so', async () => {
    await insertReadOnly('ro.three', 'ro.three@firma.test');
    const { body } = await read('ro.three');

    const answers = [
      await create({ backendId: 'CustomerUser' }),
      await test.send('PATCH', '/api/v1/customer-users/ro.three', { ifMatch: body.version, body: { validity: 'invalid' } }),
      await test.send('POST', '/api/v1/customer-users/ro.three/password', { body: {} }),
    ];

    expect(body).toMatchObject({ backendId: 'CustomerUser', readOnly: true });
    for (const answer of answers) expect(answer).toMatchObject({ status: 409, body: { code: 'backend.read-only', backendId: 'CustomerUser' } });
    expect(await database.connection.query("SELECT valid_id, pw FROM customer_user WHERE login = 'ro.three'")).toEqual([{ valid_id: 1, pw: null }]);
  });

  it('cannot go to a backend that does not exist', async () => {
    expect(await create({ backendId: 'CustomerUser9' })).toMatchObject({ status: 422, body: { issues: [{ path: 'backendId', code: 'unknown' }] } });
  });

  it('are changed on both databases or on none', async () => {
    const { body } = await create({ login: 'both' });

    const changed = await test.send('PATCH', '/api/v1/customer-users/both', { ifMatch: body.version, body: { fields: { UserCity: 'Bonn' } } });
    const stale = await test.send('PATCH', '/api/v1/customer-users/both', { ifMatch: body.version, body: { fields: { UserCity: 'Köln' } } });

    expect([changed.status, stale.status]).toEqual([200, 412]);
    expect(await second.connection.query("SELECT city FROM people WHERE login = 'both'")).toEqual([{ city: 'Bonn' }]);
    const [row] = await database.connection.query<{ n: number }>("SELECT COUNT(*) AS n FROM clientele_audit WHERE subject_key = 'both'");
    expect(Number(row?.n)).toBe(2);
  });

  it('are not made while one of them cannot be asked: unknown is not missing', async () => {
    const broken = await open();
    await makePeople(broken);
    const alone = await Program.open(database.url, {
      ...quickHashes,
      CustomerUser: { ...main, CustomerCompanySupport: 0 },
      CustomerUser1: { ...main, Params: { Table: 'people', Url: broken.url, ForeignDB: 1 } },
    });
    await alone.send('GET', '/api/v1/customer-users');
    await broken.drop();

    const answer = await alone.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ login: 'unknown-or-missing' }) });
    const list = await alone.send('GET', '/api/v1/customer-users?search=ro.three');
    await alone.close();

    expect(answer).toMatchObject({ status: 503, body: { code: 'backend.unavailable', backendId: 'CustomerUser1' } });
    expect(answer.headers['retry-after']).toBeDefined();
    expect(await database.connection.query("SELECT login FROM customer_user WHERE login = 'unknown-or-missing'")).toEqual([]);
    expect(list.body.items).toHaveLength(1);
    expect(list.body.reports).toMatchObject([{ backendId: 'CustomerUser', state: 'ok' }, { backendId: 'CustomerUser1', state: 'failed' }]);
  });

  it('get a login made when there is none, also many in one minute (TW10, W16)', async () => {
    const making = await Program.open(database.url, {
      Settings: quickHashes.Settings,
      CustomerUser: { ...main, CustomerCompanySupport: 0, AutoLoginCreation: 1, AutoLoginCreationPrefix: 'kunde' },
    });
    const { login: _, ...nameless } = aCustomerUser();
    const make = (index: number) => making.send('POST', '/api/v1/customer-users', { body: { ...nameless, email: `made${index}@firma.test` } });

    const answers = await Promise.all(Array.from({ length: 30 }, (_none, index) => make(index)));
    const given = await making.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ login: `own-${engine}` }) });
    const blank = await making.send('POST', '/api/v1/customer-users', { body: { ...nameless, login: ' ', email: 'blank@firma.test' } });
    await making.close();

    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(201));
    for (const { body } of [...answers, blank]) expect(body.login).toMatch(/^kunde-20\d{10}\d{1,6}$/);
    expect(new Set(answers.map(({ body }) => body.login)).size).toBe(30);
    expect(given.body.login).toBe(`own-${engine}`);
  });

  it('TW6: may share a mail address where CustomerUserEmailUniqCheck is off', async () => {
    const lax = await Program.open(database.url, { ...quickHashes, CustomerUser: { ...main, CustomerCompanySupport: 0, CustomerUserEmailUniqCheck: 0 } });

    const answers = [1, 2].map(() => lax.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ email: 'lax@firma.test' }) }));

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201]);
    await lax.close();
  });

  it('TW31: may have any mail address where CheckEmailAddresses is off', async () => {
    const lax = await Program.open(database.url, {
      Settings: { ...quickHashes.Settings, CheckEmailAddresses: 0 },
      CustomerUser: { ...main, CustomerCompanySupport: 0 },
    });

    expect((await lax.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ email: 'foo' }) })).status).toBe(201);
    await lax.close();
  });

  it('need a mail host while CheckMXRecord is on, and somebody who knows it', async () => {
    const strict = { ...quickHashes.Settings, CheckMXRecord: 1, 'CheckMXRecord::Nameserver': '127.0.0.1:9' };
    const mx = await Program.open(database.url, { Settings: strict, CustomerUser: { ...main, CustomerCompanySupport: 0 } });

    const valid = await mx.send('POST', '/api/v1/customer-users', { body: aCustomerUser() });
    const invalid = await mx.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ validity: 'invalid' }) });
    await mx.close();

    expect(valid).toMatchObject({ status: 422, body: { issues: [{ path: 'email', code: 'email.dns' }] } });
    expect(invalid.status).toBe(201);
  });

  it('are not served with a name server that cannot be one', async () => {
    const opening = Program.open(database.url, { Settings: { 'CheckMXRecord::Nameserver': 'our name server' } });

    await expect(opening).rejects.toMatchObject({ faults: ['Settings, CheckMXRecord::Nameserver: expected an IP address, with a port if need be'] });
  });

  it('keep the mail address people sign in with, which is their login', async () => {
    const rows = mapWith(['UserLogin', 'Username', 'email', 1, 1, 'var'], ['UserPhone', 'Phone', 'phone', 1, 0, 'var', '', 1]);
    const own = await open();
    await makePeople(own, 'email');
    const mailed = await Program.open(own.url, {
      ...quickHashes,
      CustomerUser: { ...main, CustomerKey: 'email', CustomerUserSearchFields: ['email'], CustomerCompanySupport: 0, Map: rows, Params: { Table: 'people', ForeignDB: 1 } },
    });
    const email = `${engine}@firma.test`;
    const created = await mailed.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ login: email, email, fields: { UserPhone: '1' } }) });
    const change = (body: object) => mailed.send('PATCH', `/api/v1/customer-users/${email}`, { ifMatch: created.body.version, body });

    const renamed = await change({ email: 'other@firma.test' });
    const fixed = await change({ fields: { UserPhone: '2' } });
    const respelled = await change({ email: email.toUpperCase() });
    await mailed.close();

    expect(created).toMatchObject({ status: 201, body: { login: email, email, fields: { UserPhone: '1' } } });
    expect(renamed.body.issues).toEqual([{ path: 'email', code: 'use-rename' }]);
    expect(fixed.body.issues).toEqual([{ path: 'fields.UserPhone', code: 'read-only' }]);
    expect(respelled).toMatchObject({ status: 200, body: { login: email.toUpperCase(), email: email.toUpperCase() } });
  });

  it('need no customer while CustomerCompanySupport is off, and one while it is on', async () => {
    const { url } = await open();
    const off = await Program.open(url, { ...quickHashes, CustomerUser: { ...main, CustomerCompanySupport: 0 } });
    const free = await off.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ customerId: 'anything' }) });
    await off.close();
    const on = await Program.open(url, { ...quickHashes, CustomerUser: main, CustomerCompany: defaultCustomerCompanyBlock });
    const refused = await on.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ customerId: 'anything' }) });
    await on.close();

    expect(free.status).toBe(201);
    expect(refused).toMatchObject({ status: 409, body: { code: 'customer.required' } });
  });
});

/** A table of people as others keep it: without the helpdesk's audit columns, in a database of its own. */
async function makePeople(database: TestDatabase, key: 'login' | 'email' = 'login'): Promise<void> {
  const texts = ['pw', 'title', 'first_name', 'last_name', 'phone', 'fax', 'mobile', 'street', 'zip', 'city', 'country', 'comments'];
  await database.connection.execute(
    `CREATE TABLE people (${key === 'login' ? 'login VARCHAR(200) NOT NULL, ' : ''}email VARCHAR(150) NOT NULL, customer_id VARCHAR(150) NOT NULL,
      ${texts.map((name) => `${name} VARCHAR(200)`).join(', ')}, valid_id SMALLINT NOT NULL, PRIMARY KEY (${key}))`,
  );
}
