import { BackendRegistry } from '../backends/index.js';
import { deadlineIn } from '../kernel/deadline.js';
import { isStoredPassword } from '../passwords/index.js';
import { mapWithout } from '../../testing/blocks.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program, quickHashes } from '../../testing/program.js';
import { defaultCustomerUserBlock } from '../configuration/default-blocks.js';

describeOnEachEngine('The password of a customer user', ({ open }) => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await open();
    test = await Program.open(database.url);
    await test.send('POST', '/api/v1/customers', { body: { customerId: 'C1', name: 'C1' } });
  });
  afterAll(() => test.close());

  const create = async (login: string, others: object = {}) =>
    (await test.send('POST', '/api/v1/customer-users', { body: { ...aCustomerUser({ login }), ...others } })).body;
  const setPassword = (login: string, body: object) => test.send('POST', `/api/v1/customer-users/${login}/password`, { body });
  const stored = async (login: string): Promise<string> =>
    String((await database.connection.query<{ pw: string }>(`SELECT pw FROM customer_user WHERE login = '${login}'`))[0]?.pw);
  const preferences = async (login: string) =>
    database.connection.query<{ preferences_key: string; preferences_value: string }>(
      `SELECT preferences_key, preferences_value FROM customer_preferences WHERE user_id = '${login}' ORDER BY preferences_key`,
    );

  it('TW12 (ours): is generated when none is given, told once, and lets the person in', async () => {
    const created = await create('generated');
    const seen = await test.send('GET', '/api/v1/customer-users/generated');

    expect(created.generatedPassword).toMatch(/^[2-9A-HJ-NP-Za-km-np-z]{16}$/);
    expect(seen.text).not.toContain(created.generatedPassword);
    expect(await stored('generated')).toMatch(/^BCRYPT:9:[0-9A-Za-z]{16}:[./0-9A-Za-z]{31}$/);
    expect(await isStoredPassword(created.generatedPassword, await stored('generated'))).toBe(true);
  });

  it('is the one that was given, which is not told again', async () => {
    const created = await create('chosen', { password: 'correct horse' });

    expect(created.generatedPassword).toBeUndefined();
    expect(await isStoredPassword('correct horse', await stored('chosen'))).toBe(true);
  });

  it('gets a new version with every change, and is noted as the helpdesk does it, once', async () => {
    const created = await create('noted');
    await database.connection.execute(
      "INSERT INTO customer_preferences (user_id, preferences_key, preferences_value) VALUES ('noted', 'UserLoginFailed', '7')",
    );

    const answer = await setPassword('NOTED', { password: 'correct horse' });

    const now = Math.floor(Date.now() / 1000);
    const noted = await preferences('noted');
    expect(answer).toMatchObject({ status: 200, body: { version: expect.any(String) } });
    expect(answer.body.version).not.toBe(created.version);
    expect((await test.send('GET', '/api/v1/customer-users/noted')).body.version).toBe(answer.body.version);
    expect(noted.map(({ preferences_key }) => preferences_key)).toEqual(['UserLastPwChangeTime', 'UserLoginFailed']);
    expect(Math.abs(now - Number(noted[0]?.preferences_value))).toBeLessThan(60);
    expect(noted[1]?.preferences_value).toBe('0');
  });

  it('is generated anew on request', async () => {
    const created = await create('anew');

    const { body } = await setPassword('anew', {});

    expect(body.generatedPassword).toMatch(/^\w{16}$/);
    expect(await isStoredPassword(body.generatedPassword, await stored('anew'))).toBe(true);
    expect(await isStoredPassword(created.generatedPassword, await stored('anew'))).toBe(false);
  });

  it.each([
    ['TW24: empty', '', 'too-short'],
    ['TW24: 0', '0', 'password.too-short'],
    ['shorter than 8 characters', '1234567', 'password.too-short'],
    ['longer than what bcrypt reads', 'ä'.repeat(37), 'password.too-long'],
    ['longer than the helpdesk takes', 'x'.repeat(101), 'too-long'],
    ['the login', 'REFUSED-1', 'password.equals-login'],
    ['with a NUL', 'null\0byte', 'characters'],
  ])('cannot be %s', async (_, password, code) => {
    await create('refused-1');
    const before = await stored('refused-1');

    const answers = [await setPassword('refused-1', { password }), await test.send('POST', '/api/v1/customer-users', { body: { ...aCustomerUser({ login: 'refused-1' }), password } })];

    for (const answer of answers) expect(answer).toMatchObject({ status: 422, body: { issues: [{ path: 'password', code }] } });
    expect(await stored('refused-1')).toBe(before);
  });

  it('TW20: of whatever kind the helpdesk stored it is read from the table, the hash staying inside', async () => {
    await create('older');
    const sha256 = '17c1b8cba6fed372f40eed959c46e265ef8ec2e984b6dca935f8e38aa42c025f';
    await database.connection.execute(`UPDATE customer_user SET pw = '${sha256}' WHERE login = 'older'`);
    const store = test.app.get(BackendRegistry).backend('CustomerUser').passwords;
    const matches = (password: string) =>
      store?.verify('OLDER', (value) => isStoredPassword(password, value), deadlineIn(5_000));

    expect([await matches('some_pass'), await matches('other'), await matches('')]).toEqual([true, false, false]);
    expect(await store?.verify('nobody', (value) => isStoredPassword('x', value), deadlineIn(5_000))).toBe(false);
  });

  it('is set by nobody for nobody, and by readers for no one', async () => {
    expect((await setPassword('nobody', {})).status).toBe(404);
    const answer = await test.send('POST', '/api/v1/customer-users/anew/password', { permission: 'clientele.read', body: {} });
    expect(answer.status).toBe(403);
  });

  it('leaves one line in the history that says no more than that', async () => {
    await create('told');
    await setPassword('told', {});

    const rows = await database.connection.query<{ action: string; changes: string }>(
      "SELECT action, changes FROM clientele_audit WHERE subject_key = 'told' ORDER BY id",
    );

    expect(rows.at(-1)?.action).toBe('password-changed');
    expect(JSON.parse(rows.at(-1)?.changes ?? '')).toEqual([{ variable: 'UserPassword', from: null, to: null, secret: true }]);
  });

  it('is in no answer, no log line, no history and no message, neither itself nor its hash', async () => {
    const chosen = 'Rhabarberbarbara-7';
    await create('secret', { password: chosen });
    await setPassword('secret', { password: `${chosen}!` });
    const seen = await test.send('GET', '/api/v1/customer-users/secret');
    await test.send('PATCH', '/api/v1/customer-users/secret', { ifMatch: seen.body.version, body: { password: `${chosen}?`, fields: { UserCity: 'Bonn' } } });
    await test.send('POST', '/api/v1/customer-users', { body: { ...aCustomerUser({ login: 'secret' }), password: `${chosen}%` } });
    await test.send('PATCH', '/api/v1/customer-users/secret', { ifMatch: 'stale', body: { password: `${chosen}&` } });
    await test.send('GET', '/api/v1/customer-users?search=secret');
    const ownTables = await Promise.all(
      ['clientele_audit', 'clientele_outbox', 'customer_preferences'].map((table) => database.connection.query(`SELECT * FROM ${table}`)),
    );

    const everything = [...test.told, JSON.stringify(ownTables)].join('\n');

    const hashes = await database.connection.query<{ pw: string }>('SELECT pw FROM customer_user WHERE pw IS NOT NULL');
    expect(everything).toContain('"login":"secret"');
    expect(everything).toContain('"route":"/api/v1/customer-users/:login/password"');
    expect(everything).not.toContain(chosen);
    expect(everything).not.toMatch(/BCRYPT|\$2[aby]\$/);
    for (const { pw } of hashes) expect(everything).not.toContain(pw.slice(-31));
  });

  it('is told exactly once when generated', async () => {
    const { generatedPassword } = await create('once');
    await test.send('GET', '/api/v1/customer-users/once');

    expect(test.told.filter((text) => text.includes(generatedPassword))).toHaveLength(1);
  });
});

describeOnEachEngine('Where the Map has no password', ({ open }) => {
  it('none is kept, generated or taken', async () => {
    const { url, connection } = await open();
    const test = await Program.open(url, { ...quickHashes, CustomerUser: { ...defaultCustomerUserBlock, Map: mapWithout('UserPassword') } });
    await test.send('POST', '/api/v1/customers', { body: { customerId: 'C1', name: 'C1' } });

    const created = await test.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ login: 'anna' }) });
    const given = await test.send('POST', '/api/v1/customer-users', { body: { ...aCustomerUser(), password: 'correct horse' } });
    const changed = await test.send('PATCH', '/api/v1/customer-users/anna', { ifMatch: created.body.version, body: { password: 'correct horse' } });
    const set = await test.send('POST', '/api/v1/customer-users/anna/password', { body: {} });
    await test.close();

    expect(created).toMatchObject({ status: 201 });
    expect(created.body.generatedPassword).toBeUndefined();
    for (const answer of [given, changed, set]) {
      expect(answer).toMatchObject({ status: 422, body: { issues: [{ path: 'password', code: 'unknown-field' }] } });
    }
    expect(await connection.query('SELECT pw FROM customer_user')).toEqual([{ pw: null }]);
  });
});
