import type { CustomerUserCreate, CustomerUserPatch } from '../../contract/customer-user.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program } from '../../testing/program.js';

describeOnEachEngine('A change of a customer user', ({ open }) => {
  let database: TestDatabase;
  let test: Program;

  beforeAll(async () => {
    database = await open();
    test = await Program.open(database.url);
    for (const customerId of ['C1', 'C2', 'Closing']) await test.send('POST', '/api/v1/customers', { body: { customerId, name: customerId } });
  });
  afterAll(() => test.close());

  const create = async (changes: Partial<CustomerUserCreate> = {}) =>
    (await test.send('POST', '/api/v1/customer-users', { body: aCustomerUser(changes) })).body;
  const read = async (login: string) => (await test.send('GET', `/api/v1/customer-users/${encodeURIComponent(login)}`)).body;
  const change = (person: { login: string; version: string }, body: CustomerUserPatch & Record<string, unknown>) =>
    test.send('PATCH', `/api/v1/customer-users/${encodeURIComponent(person.login)}`, { ifMatch: person.version, body });
  const refusal = (...issues: object[]) => ({ status: 422, body: { code: 'validation.failed', issues } });
  const row = async (login: string) =>
    (await database.connection.query<Record<string, unknown>>(`SELECT * FROM customer_user WHERE login = '${login}'`))[0];
  const told = async (login: string) =>
    (
      await database.connection.query<{ action: string; changes: string }>(
        `SELECT action, changes FROM clientele_audit WHERE subject_key = '${login}' ORDER BY id`,
      )
    ).map(({ action, changes }) => ({ action, changes: JSON.parse(changes) }));

  it('TW13, TW14 (ours): writes what was sent and leaves all else as it is, the password too', async () => {
    const person = await create({ login: 'sparse', fields: { UserPhone: '123', UserCity: 'Bonn' } });
    const before = await row('sparse');

    const changed = await change(person, { fields: { UserCity: 'Köln' } });

    const after = await row('sparse');
    expect(changed).toMatchObject({ status: 200, body: { fields: { UserPhone: '123', UserCity: 'Köln', UserFirstname: 'Anna' } } });
    expect(changed.body.version).not.toBe(person.version);
    expect({ ...after, city: null, change_time: null }).toEqual({ ...before, city: null, change_time: null });
    expect(before?.['pw']).toMatch(/^BCRYPT:9:/);
    expect(await told('sparse')).toContainEqual({
      action: 'changed',
      changes: [{ variable: 'UserCity', from: 'Bonn', to: 'Köln', secret: false }],
    });
  });

  it('does not touch a column that the Map does not know, nor one that another wrote meanwhile without us', async () => {
    const person = await create({ login: 'shared' });
    await database.connection.execute("UPDATE customer_user SET fax = 'by another' WHERE login = 'shared'");
    const seen = await read('shared');

    await change({ ...person, version: seen.version }, { fields: { UserCity: 'Bonn' } });

    expect(await row('shared')).toMatchObject({ fax: 'by another', city: 'Bonn' });
  });

  it('that changes nothing writes nothing', async () => {
    const person = await create({ login: 'same', email: 'same@firma.test', fields: { UserPhone: '1' } });
    const before = await row('same');

    const changed = await change(person, { login: 'same', email: ' same@firma.test ', customerId: 'c1', validity: 'valid', fields: { UserPhone: '1', UserFax: '' } });

    expect(changed).toMatchObject({ status: 200, body: { version: person.version } });
    expect(await row('same')).toEqual(before);
    expect(await told('same')).toHaveLength(1);
  });

  it('needs the version that was seen', async () => {
    const { login } = await create();

    const answer = await test.send('PATCH', `/api/v1/customer-users/${login}`, { body: { validity: 'invalid' } });

    expect(answer).toMatchObject({ status: 428, body: { code: 'version.required' } });
  });

  it('loses against one that came before, and is told what is stored now (fault 52)', async () => {
    const person = await create();
    const first = await change(person, { fields: { UserCity: 'first' } });

    const second = await change(person, { fields: { UserPhone: 'second' } });

    expect(second).toMatchObject({ status: 412, body: { code: 'version.stale', current: first.body } });
    expect(await read(person.login)).toEqual({ ...first.body, shadows: [] });
  });

  it('is won by exactly one of two that come at once', async () => {
    const person = await create();

    const answers = await Promise.all(['a', 'b', 'c'].map((city) => change(person, { fields: { UserCity: city } })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const won = answers.find(({ status }) => status === 200)?.body;
    for (const { body } of answers.filter(({ status }) => status === 412)) expect(body.current).toEqual(won);
    expect(await read(person.login)).toEqual({ ...won, shadows: [] });
  });

  it('TW4: may spell the own mail address differently', async () => {
    const person = await create({ email: 'own@firma.test' });

    expect(await change(person, { email: 'OWN@firma.test' })).toMatchObject({ status: 200, body: { email: 'OWN@firma.test' } });
  });

  it('TW5: may not take the mail address of another', async () => {
    await create({ email: 'theirs@firma.test' });
    const person = await create();

    expect(await change(person, { email: 'Theirs@firma.test' })).toMatchObject({
      status: 409,
      body: { code: 'email.taken', issues: [{ path: 'email', code: 'taken' }] },
    });
  });

  it('leaves a mail address alone that two share since before, as long as it is not touched', async () => {
    const person = await create({ login: 'sharing' });
    const other = await create();
    await database.connection.execute(`UPDATE customer_user SET email = '${other.email}' WHERE login = 'sharing'`);

    const { version } = await read('sharing');
    const changed = await change({ ...person, version }, { email: other.email, fields: { UserCity: 'Bonn' } });

    expect(changed.status).toBe(200);
  });

  it('of two to the same mail address at once succeeds for one', async () => {
    const [one, other] = [await create(), await create()];

    const answers = await Promise.all([change(one, { email: 'wanted@firma.test' }), change(other, { email: 'Wanted@firma.test' })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('TW16: to another login is not made here, so that nothing stays behind under the old one', async () => {
    const person = await create({ login: 'rename-me' });
    await create({ login: 'taken-already' });

    for (const login of ['taken-already', 'free', 'rename-mE2']) {
      expect(await change(person, { login })).toMatchObject(refusal({ path: 'login', code: 'use-rename' }));
    }
    expect((await read('rename-me')).version).toBe(person.version);
  });

  it('TW17: may spell the login differently, and what is kept under it follows', async () => {
    const person = await create({ login: 'respelled' });
    await database.connection.execute(
      "INSERT INTO customer_preferences (user_id, preferences_key, preferences_value) VALUES ('respelled', 'UserLanguage', 'de')",
    );

    await database.connection.execute(
      `INSERT INTO customer_user_customer (user_id, customer_id, create_time, create_by, change_time, change_by)
       VALUES ('respelled', 'C2', '2026-01-01 00:00:00', 1, '2026-01-01 00:00:00', 1)`,
    );
    await database.connection.execute(
      `INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, create_time, create_by, change_time, change_by)
       SELECT 'respelled', MIN(id), 'ro', 1, '2026-01-01 00:00:00', 1, '2026-01-01 00:00:00', 1 FROM permission_groups`,
    );
    await database.connection.execute("INSERT INTO dynamic_field_obj_id_name (object_name, object_type) VALUES ('respelled', 'CustomerUser')");
    await database.connection.execute(
      "INSERT INTO search_profile (login, profile_name, profile_type, profile_key) VALUES ('CustomerTicketSearch::respelled', 'p', 'SCALAR', 'k')",
    );

    const changed = await change(person, { login: 'ReSpelled' });

    const named = await database.connection.query<{ name: string }>(
      `SELECT user_id AS name FROM customer_user_customer UNION ALL SELECT user_id FROM group_customer_user
       UNION ALL SELECT object_name FROM dynamic_field_obj_id_name UNION ALL SELECT login FROM search_profile`,
    );
    const kept = await database.connection.query<{ user_id: string; preferences_key: string }>(
      "SELECT user_id, preferences_key FROM customer_preferences WHERE LOWER(user_id) = 'respelled' ORDER BY preferences_key",
    );
    expect(changed).toMatchObject({ status: 200, body: { login: 'ReSpelled' } });
    expect((await read('RESPELLED')).login).toBe('ReSpelled');
    expect(named.map(({ name }) => name)).toEqual(['ReSpelled', 'ReSpelled', 'ReSpelled', 'CustomerTicketSearch::ReSpelled']);
    expect(kept.map(({ user_id, preferences_key }) => [user_id, preferences_key])).toEqual(
      ['UserLanguage', 'UserLastPwChangeTime', 'UserLoginFailed'].map((key) => ['ReSpelled', key]),
    );
  });

  it('to a customer that does not exist or is invalid is refused, unless it stays the one it was', async () => {
    const person = await create({ customerId: 'Closing' });
    const closing = (await test.send('GET', '/api/v1/customers/Closing')).body;
    await test.send('PATCH', '/api/v1/customers/Closing', { ifMatch: closing.version, body: { validity: 'invalid' } });

    const stays = await change(person, { customerId: 'Closing', fields: { UserCity: 'Bonn' } });
    const next = { login: person.login, version: stays.body.version };

    expect(stays.status).toBe(200);
    expect(await change(next, { customerId: 'Nobody' })).toMatchObject(refusal({ path: 'customerId', code: 'customer.unknown' }));
    expect(await change(next, { customerId: 'c2' })).toMatchObject({ status: 200, body: { customerId: 'C2' } });
  });

  it('to valid asks for a good mail address, also of one that is stored already', async () => {
    const person = await create({ email: 'no address', validity: 'invalid' });

    const kept = await change(person, { fields: { UserCity: 'Bonn' } });
    const valid = await change({ ...person, version: kept.body.version }, { validity: 'valid' });
    const both = await change({ ...person, version: kept.body.version }, { validity: 'valid', email: `${person.login}@firma.test` });

    expect(kept.status).toBe(200);
    expect(valid).toMatchObject(refusal({ path: 'email', code: 'email.syntax' }));
    expect(both).toMatchObject({ status: 200, body: { validity: 'valid' } });
  });

  it('does not ask again for a mail address that is stored and stays', async () => {
    const person = await create({ login: 'old-mail' });
    await database.connection.execute("UPDATE customer_user SET email = 'old style' WHERE login = 'old-mail'");
    const { version } = await read('old-mail');

    expect((await change({ ...person, version }, { fields: { UserCity: 'Bonn' } })).status).toBe(200);
  });

  it('may empty what is not required, and not what is', async () => {
    const person = await create({ fields: { UserPhone: '1' } });

    expect(await change(person, { fields: { UserLastname: ' ' } })).toMatchObject(refusal({ path: 'fields.UserLastname', code: 'required' }));
    expect(await change(person, { email: '' })).toMatchObject(refusal({ path: 'email', code: 'required' }));
    expect(await change(person, { fields: { UserPhone: null } })).toMatchObject({ status: 200, body: { fields: { UserPhone: '' } } });
  });

  it('keeps 0 apart from empty', async () => {
    const person = await create({ fields: { UserPhone: '1' } });

    const zero = await change(person, { fields: { UserPhone: '0', UserFirstname: '0' } });

    expect(zero.body).toMatchObject({ fullName: '0 Meier', fields: { UserPhone: '0', UserFirstname: '0' } });
  });

  it.each(['source', 'id', 'pw', 'valid', 'version', 'backendId', 'fullName', 'created'])('cannot reach the property %s', async (property) => {
    const person = await create();

    expect(await change(person, { [property]: 'x' })).toMatchObject(refusal({ path: property, code: 'unknown-field' }));
  });

  it('of nobody is not found', async () => {
    expect(await change({ login: 'nobody', version: 'x' }, { validity: 'invalid' })).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('writes who changed it and when, in UTC', async () => {
    const person = await create({ login: 'stamped' });
    await database.connection.execute(
      "UPDATE customer_user SET create_time = '2001-01-01 00:00:00', change_time = '2001-01-01 00:00:00' WHERE login = 'stamped'",
    );
    const { version } = await read('stamped');

    const { body } = await change({ ...person, version }, { validity: 'invalid' });

    expect(await row('stamped')).toMatchObject({ change_by: 1, valid_id: 2 });
    expect(body.created).toBe('2001-01-01T00:00:00.000Z');
    expect(Math.abs(Date.now() - Date.parse(body.changed))).toBeLessThan(60_000);
  });

  it('with a password sets it, and says in the history only that it did', async () => {
    const person = await create({ login: 'both' });
    const before = await row('both');

    const changed = await change(person, { password: 'a new password', fields: { UserCity: 'Bonn' } });

    expect(changed.status).toBe(200);
    expect(changed.body.generatedPassword).toBeUndefined();
    expect((await row('both'))?.['pw']).not.toBe(before?.['pw']);
    expect((await told('both')).at(-1)).toEqual({
      action: 'changed',
      changes: [
        { variable: 'UserCity', from: '', to: 'Bonn', secret: false },
        { variable: 'UserPassword', from: null, to: null, secret: true },
      ],
    });
    expect(await change({ ...person, version: changed.body.version }, { password: 'short' })).toMatchObject(
      refusal({ path: 'password', code: 'password.too-short', params: { min: 8 } }),
    );
  });
});
