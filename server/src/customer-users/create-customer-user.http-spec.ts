import type { CustomerUserCreate } from '../../contract/customer-user.js';
import { startTestApp } from '../../testing/app.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { describeOnEachEngine, type TestDatabase } from '../../testing/databases.js';
import { Program, quickHashes } from '../../testing/program.js';
import { OutboxHandlers, type OutboxMessage } from '../platform/outbox/outbox-handlers.js';

describeOnEachEngine('A new customer user', ({ open }) => {
  let database: TestDatabase;
  let test: Program;
  let listened: Promise<OutboxMessage>;

  beforeAll(async () => {
    database = await open();
    test = await Program.open(database.url);
    listened = new Promise((resolve) => {
      const handle = async (message: OutboxMessage) => (message.subject === 'told' ? resolve(message) : undefined);
      test.app.get(OutboxHandlers).add({ topics: 'customer-user.', handle });
    });
    const first = await create({});
    expect(first).toMatchObject({ status: 409, body: { code: 'customer.required' } });
    await test.send('POST', '/api/v1/customers', { body: { customerId: 'C1', name: 'Customer 1' } });
    await test.send('POST', '/api/v1/customers', { body: { customerId: 'Gone', name: 'Gone', validity: 'invalid' } });
  });
  afterAll(() => test.close());

  const create = (changes: Partial<CustomerUserCreate>) => test.send('POST', '/api/v1/customer-users', { body: aCustomerUser(changes) });
  const read = (login: string) => test.send('GET', `/api/v1/customer-users/${encodeURIComponent(login)}`);
  const refusal = (...issues: object[]) => ({ status: 422, body: { code: 'validation.failed', issues } });

  it('is answered as it is stored, and found afterwards', async () => {
    const sent = aCustomerUser({ login: 'anna', fields: { UserTitle: 'Dr.', UserPhone: '0' } });

    const created = await test.send('POST', '/api/v1/customer-users', { body: sent });
    const found = await read('anna');

    const { generatedPassword, ...stored } = created.body;
    expect(created.status).toBe(201);
    expect(generatedPassword).toMatch(/^\w{16}$/);
    expect(found.body).toEqual({ ...stored, shadows: [] });
    expect(stored).toMatchObject({
      login: 'anna',
      backendId: 'CustomerUser',
      email: sent.email,
      customerId: 'C1',
      fullName: 'Dr. Anna Meier',
      validity: 'valid',
      readOnly: false,
      fields: { UserTitle: 'Dr.', UserFirstname: 'Anna', UserLastname: 'Meier', UserPhone: '0', UserCity: '' },
    });
    expect(Object.keys(stored.fields)).not.toEqual(expect.arrayContaining(['UserPassword']));
    expect(Date.now() - Date.parse(stored.created)).toBeLessThan(60_000);
  });

  it('TW1: cannot have a login that is taken, in any spelling', async () => {
    await create({ login: 'Müller' });

    const answers = [await create({ login: 'mÜLLER' }), await create({ login: 'Mu\u0308ller' })];

    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'login.taken', issues: [{ path: 'login', code: 'taken' }] } });
    }
  });

  it('TW2: cannot have the mail address of anybody, not even of somebody invalid', async () => {
    await create({ email: 'used@firma.test', validity: 'invalid' });

    expect(await create({ email: 'USED@Firma.test' })).toMatchObject({
      status: 409,
      body: { code: 'email.taken', issues: [{ path: 'email', code: 'taken' }] },
    });
  });

  it('TS33 (ours): cannot have a mail address with an apostrophe that somebody has', async () => {
    await create({ login: "o'neil", email: "o'neil@x.test" });

    expect((await create({ email: "o'neil@x.test" })).body.code).toBe('email.taken');
    expect((await read("O'Neil")).body.login).toBe("o'neil");
    const { body } = await test.send('GET', `/api/v1/customer-users?email=${encodeURIComponent("O'NEIL@x.test")}`);
    expect(body.items).toHaveLength(1);
  });

  it('TS31, TS32: is found by the full mail address in any case, and not by a part of it', async () => {
    await create({ login: 'by-mail', email: 'by.mail@firma.test' });
    const find = async (email: string) => (await test.send('GET', `/api/v1/customer-users?email=${encodeURIComponent(email)}`)).body.items.length;

    expect([await find('BY.Mail@firma.TEST'), await find('mail@firma.test'), await find('by*'), await find('%')]).toEqual([1, 0, 0, 0]);
  });

  it('TW7: may have any mail address while invalid', async () => {
    const created = await create({ login: 'bad-mail', email: 'no address', validity: 'invalid-temporarily' });

    expect(created).toMatchObject({ status: 201, body: { email: 'no address', validity: 'invalid-temporarily' } });
  });

  it.each([
    ['TW8, TW28', 'ä@somehost.com', 'email.syntax'],
    ['TW28', 'some..body@x.com', 'email.syntax'],
    ['TW28', 'somebody', 'email.syntax'],
    ['TW29', 'a@example.com', 'email.configuration'],
  ])('%s: cannot have %s as mail address while valid', async (_, email, code) => {
    expect(await create({ email })).toMatchObject(refusal({ path: 'email', code }));
  });

  it('TW30: may have root@localhost', async () => {
    expect((await create({ email: 'root@localhost' })).status).toBe(201);
  });

  it('TW9 (ours): may be called 0', async () => {
    const created = await create({ login: '0', fields: { UserFirstname: '0', UserLastname: '0' } });

    expect(created).toMatchObject({ status: 201, body: { login: '0', fullName: '0 0', fields: { UserFirstname: '0' } } });
    expect((await read('0')).body.fields.UserLastname).toBe('0');
  });

  it('TW11: needs a login', async () => {
    expect(await create({ login: '   ' })).toMatchObject(refusal({ path: 'login', code: 'required' }));
  });

  it('needs all that the Map requires, and says so at once', async () => {
    const answer = await create({ email: ' ', customerId: '', fields: { UserFirstname: null, UserLastname: '\t' } });

    expect(answer.body.issues.map(({ path, code }: { path: string; code: string }) => [path, code]).sort()).toEqual([
      ['customerId', 'required'],
      ['email', 'required'],
      ['fields.UserFirstname', 'required'],
      ['fields.UserLastname', 'required'],
    ]);
  });

  it('belongs to a customer that exists and is valid, and gets its spelling', async () => {
    expect(await create({ customerId: 'Nobody' })).toMatchObject(refusal({ path: 'customerId', code: 'customer.unknown' }));
    expect(await create({ customerId: 'gone' })).toMatchObject(refusal({ path: 'customerId', code: 'customer.invalid' }));
    expect((await create({ customerId: 'c1' })).body.customerId).toBe('C1');
  });

  it('TW15: may be given what later cannot be changed', async () => {
    const { body } = await create({ fields: { UserPhone: '+49 228' } });

    expect(body.fields.UserPhone).toBe('+49 228');
  });

  it.each([
    ['longer than its column', { UserCity: 'x'.repeat(201) }, { path: 'fields.UserCity', code: 'too-long', params: { max: 200 } }],
    ['longer than any text', { UserCity: 'x'.repeat(10_001) }, { path: 'fields.UserCity', code: 'too-long', params: { max: 200 } }],
    ['with a NUL', { UserCity: 'a\0b' }, { path: 'fields.UserCity', code: 'characters' }],
    ['of several lines', { UserCity: 'a\nb' }, { path: 'fields.UserCity', code: 'characters' }],
    ['of half a character', { UserCity: 'a\ud83d' }, { path: 'fields.UserCity', code: 'characters' }],
    ['piled up with marks', { UserCity: `Z${'\u0351'.repeat(10_000)}`.slice(0, 150) }, { path: 'fields.UserCity', code: 'combining-marks' }],
    ['that nobody maps', { UserNick: 'x' }, { path: 'fields.UserNick', code: 'unknown-field' }],
    ['that is the password', { UserPassword: 'secret-in-fields' }, { path: 'fields.UserPassword', code: 'unknown-field' }],
    ['that is the source', { Source: 'CustomerUser2' }, { path: 'fields.Source', code: 'unknown-field' }],
    ['that is the validity', { ValidID: 2 }, { path: 'fields.ValidID', code: 'unknown-field' }],
  ])('cannot have a field %s', async (_, fields, issue) => {
    expect(await create({ fields })).toMatchObject(refusal(issue));
  });

  it.each([
    ['longer than its column', 'x'.repeat(201), 'too-long'],
    ['with a tab', 'a\tb', 'characters'],
    ['that reads backwards', 'nimda\u202e', 'characters'],
    ['with an invisible character', 'ad\u200dmin', 'characters'],
    ['in fullwidth letters', 'ａｄｍｉｎ', 'characters'],
    ['with a Cyrillic letter among Latin ones', 'аdmin', 'login.mixed-script'],
  ])('cannot have a login %s', async (_, login, code) => {
    expect(await create({ login })).toMatchObject(refusal({ path: 'login', code }));
  });

  it.each(['x', 'ä_ö&ü', 'カス', 'أحمد', 'שלמה', 'мария', "l'été", '50%', 'a_b', 'a*b', 'a/b', 'a?b#c', '<b>x</b>', "' OR 1=1 --", '"; DROP TABLE customer_user; --', 'cn=a,dc="x"', '.hidden', '%00', 'x'.repeat(200), 'カ'.repeat(190)])(
    'TS39: may have the login %s, and is found by it',
    async (login) => {
      expect((await create({ login })).status).toBe(201);
      expect((await read(login)).body.login).toBe(login);
      expect((await read(`${login}x`)).status).toBe(404);
    },
  );

  it.each(['👩‍💻 Zoë', 'محمد ١٢٣', 'שָׁלוֹם', 'Nguyễn', '=HYPERLINK("x")', '<script>alert(1)</script>', '50% _x_ \\', "O'Brien"])(
    'may be called %s, and is found by it',
    async (name) => {
      const { body } = await create({ fields: { UserFirstname: name } });
      const search = encodeURIComponent(`"${name.replaceAll(/["\\]/g, '*')}"`);
      const found = await test.send('GET', `/api/v1/customer-users?search=${search}`);

      expect((await read(body.login)).body.fields.UserFirstname).toBe(name);
      expect(found.body.items.map(({ login }: { login: string }) => login)).toContain(body.login);
    },
  );

  it('is made once when two make the same login at once, in two spellings', async () => {
    const answers = await Promise.all([create({ login: 'Racer' }), create({ login: 'rACER' }), create({ login: 'RACER' })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(['login.taken', 'login.taken']);
  });

  it('is made once when two make the same mail address at once', async () => {
    const email = 'raced@firma.test';
    const answers = await Promise.all([create({ email }), create({ email: 'RACED@firma.test' }), create({ email })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(['email.taken', 'email.taken']);
  });

  it('does not wait for others for ever: many at once all get an answer', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => create({ login: `crowd-${index % 20}` })));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(20);
  });

  it('gets by with the fewest connections that a pool may have, also many at once', async () => {
    const single = await startTestApp({ url: database.url, configuration: quickHashes, environment: { DATABASE_POOL_SIZE: '2' } });
    const ask = await single.as(['clientele.write']);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => ask({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ login: `single-${index % 5}` }) })),
    );
    await single.close();

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409, 409, 409, 409]);
  });

  it('leaves nothing behind when it is refused', async () => {
    const tables = ['customer_user', 'customer_preferences', 'clientele_audit'];
    const count = () =>
      Promise.all(tables.map(async (table) => (await database.connection.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n));
    await create({ login: 'there', email: 'there@firma.test' });
    const before = await count();

    await create({ login: 'there' });
    await create({ email: 'there@firma.test' });
    await create({ customerId: 'Nobody' });

    expect(await count()).toEqual(before);
  });

  it('is known to whoever listens and in the history, field by field, without what is empty', async () => {
    const { body } = await create({ login: 'told', email: 'told@firma.test' });

    const [audit] = await database.connection.query<{ action: string; actor_kind: string; changes: string; correlation_id: string }>(
      "SELECT action, actor_kind, changes, correlation_id FROM clientele_audit WHERE subject_key = 'told'",
    );

    expect(audit).toMatchObject({ action: 'created', actor_kind: 'token' });
    expect(JSON.parse(audit?.changes ?? '')).toEqual(
      [
        ['UserLogin', 'told', false],
        ['UserEmail', 'told@firma.test', false],
        ['UserCustomerID', 'C1', false],
        ['ValidID', 'valid', false],
        ['UserFirstname', 'Anna', false],
        ['UserLastname', 'Meier', false],
        ['UserPassword', null, true],
      ].map(([variable, to, secret]) => ({ variable, from: null, to, secret })),
    );
    expect(await listened).toMatchObject({ topic: 'customer-user.created', payload: { login: 'told', backendId: body.backendId } });
  });

  it('is refused with a body that is none, too much, too deep or ambiguous', async () => {
    const post = (payload: string) =>
      test.app.inject({ method: 'POST', url: '/api/v1/customer-users', headers: { 'content-type': 'application/json' }, payload });

    expect((await post(`{"login":"${'x'.repeat(10_000_000)}"}`)).statusCode).toBe(413);
    expect((await post('['.repeat(100_000))).statusCode).toBe(400);
    expect((await post('{"login":"a","login":"b"}')).statusCode).toBe(422);
    expect((await post('{"__proto__":{"x":1}}')).statusCode).toBe(422);
  });

  it('is never deleted', async () => {
    const answer = await test.send('DELETE', '/api/v1/customer-users/anna', { permission: 'clientele.admin' });

    expect(answer).toMatchObject({ status: 405, body: { code: 'method.not-allowed' } });
    expect(String(answer.headers.allow).split(', ')).toEqual(expect.arrayContaining(['GET', 'PATCH']));
    expect((await read('anna')).status).toBe(200);
  });

  it('is made only by those who may', async () => {
    const answer = await test.send('POST', '/api/v1/customer-users', { permission: 'clientele.read', body: aCustomerUser() });

    expect(answer).toMatchObject({ status: 403, body: { code: 'permission.missing' } });
  });
});
