import { setTimeout as pause } from 'node:timers/promises';
import { aCustomerUser } from '../../testing/customer-users.js';
import { openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { Program, quickHashes } from '../../testing/program.js';
import { exampleDirectory, service, startSlapd, suffix, type TestDirectory } from '../../testing/slapd.js';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from '../configuration/default-blocks.js';
import { startProxy, type Proxy } from './ldap/testing/proxy.js';
import { directoryMap } from './ldap/testing/stage.js';
import { aCustomerRow, createTable, customerTable, insertRows } from './testing/tables.js';

const staffOn = (port: number, changes: Record<string, unknown> = {}) => ({
  Name: 'Staff', Module: 'Kernel::System::CustomerUser::LDAP', CustomerKey: 'uid', CustomerID: 'departmentNumber',
  CustomerUserSearchFields: ['uid', 'givenName', 'sn'], CustomerUserPostMasterSearchFields: ['mail'], CustomerUserNameFields: ['givenname', 'sn'],
  CustomerUserEmailUniqCheck: 0, CustomerCompanySupport: 0, CacheTTL: 0, Map: directoryMap,
  Params: { Host: `127.0.0.1:${port}`, BaseDN: suffix, SSCOPE: 'sub', UserDN: service.dn, UserPw: service.password, ...changes },
});
const main = { ...defaultCustomerUserBlock, CustomerCompanySupport: 0, CacheTTL: 0 };
const otherCustomers = { ...defaultCustomerCompanyBlock, Name: 'Others', CacheTTL: 0, Params: { Table: 'other_company' } };
const unreachable = { ...main, Name: 'Partners', Params: { Table: 'people', Url: 'mysql://127.0.0.1:9/helpdesk', User: 'reader', Password: 'hunter2-secret' } };

describe('How backends are doing', () => {
  let database: TestDatabase;
  let directory: TestDirectory;
  let proxy: Proxy;
  let test: Program;

  beforeAll(async () => {
    [database, directory] = [await openTestDatabase('embedded'), await startSlapd({ ldif: exampleDirectory })];
    proxy = await startProxy(directory.port);
    await createTable(database.connection, customerTable('other_company'));
    await insertRows(database.connection, 'other_company', [aCustomerRow('acme', { name: 'Acme of the others' }), aCustomerRow('ZOO')]);
    test = await Program.open(database.url, {
      ...quickHashes, CustomerUser: main, CustomerUser1: staffOn(proxy.port), CustomerUser4: unreachable,
      CustomerCompany: { ...defaultCustomerCompanyBlock, CacheTTL: 0 }, CustomerCompany1: otherCustomers,
    });
    await insert('anna', 'a-stored-hash');
    await insert('LAYLA');
  });

  afterAll(async () => {
    await test.close();
    await proxy.close();
    await directory.stop();
    await database.drop();
  });

  const insert = (login: string, hash = '') =>
    database.connection.execute(
      `INSERT INTO customer_user (login, email, customer_id, first_name, last_name, pw, valid_id, create_time, create_by, change_time, change_by)
       VALUES ('${login}', '${login}@mail.test', 'C1', 'First', 'Last', '${hash}', 1, '2026-01-01 00:00:00', 1, '2026-01-01 00:00:00', 1)`,
    );
  const get = (path: string, permission: 'clientele.read' | 'clientele.admin' = 'clientele.read') => test.send('GET', path, { permission });
  const statusOf = async (backendId: string) => {
    const { body } = await get('/api/v1/backends/status');
    return body.items.find((item: { backendId: string }) => item.backendId === backendId);
  };
  const probe = (backendId: string) => test.send('POST', `/api/v1/backends/${backendId}/probe`, { permission: 'clientele.admin' });
  const retry = (backendId: string) => test.send('POST', `/api/v1/backends/${backendId}/retry`, { permission: 'clientele.read' });
  const stepsOf = (body: { steps: { step: string; state: string }[] }) => body.steps.map(({ step, state }) => `${step} ${state}`);

  /** A hang ends the test. */
  const untilClosed = async (open: number) => {
    while (proxy.open() > open) await pause(20);
  };

  it('is known from the start, without an address or a secret, and asks nobody', async () => {
    const opened = proxy.opened;

    const { body, status, text } = await get('/api/v1/backends/status');

    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { backendId: 'CustomerUser', state: 'ok', since: null, lastFailure: null, nextAttemptAt: null, certificateEndsAt: null },
      { backendId: 'CustomerUser1', state: 'ok', lastAnswerAt: expect.stringMatching(/Z$/) },
      { backendId: 'CustomerUser4', state: 'failing', since: expect.stringMatching(/Z$/), lastFailure: { code: 'unreachable', detail: 'the database refuses the connection (ECONNREFUSED)' } },
      { backendId: 'CustomerCompany', state: 'ok' },
      { backendId: 'CustomerCompany1', state: 'ok' },
    ]);
    expect(text).not.toMatch(/127\.0\.0\.1|reader|hunter2/);
    expect(proxy.opened).toBe(opened);
  });

  it('is told to who watches the process: it is ready, in part', async () => {
    const ready = await get('/health/ready');
    const { text } = await get('/metrics');

    expect(ready).toMatchObject({ status: 200, body: { status: 'degraded' } });
    expect(text).toContain('clientele_backend_state{backend="CustomerUser",state="ok"} 1');
    expect(text).toContain('clientele_backend_state{backend="CustomerUser4",state="ok"} 0');
    expect(text).toMatch(/clientele_backend_failures_total\{backend="CustomerUser4"\} [1-9]/);
    expect(text).toMatch(/clientele_backend_answers_total\{backend="CustomerUser"\} \d/);
  });

  it('comes with a count of people, where they can be counted and there is an answer', async () => {
    expect(await get('/api/v1/backends/CustomerUser/count')).toMatchObject({ status: 200, body: { backendId: 'CustomerUser', count: { value: 2, capped: false } } });
    expect((await get('/api/v1/backends/CustomerUser4/count')).body).toEqual({ backendId: 'CustomerUser4', count: null });
    expect((await get('/api/v1/backends/CustomerUser9/count')).status).toBe(404);
  });

  it('is tried on a directory step by step, with twenty rows as stored and as mapped, and nothing is left behind', async () => {
    const open = proxy.open();

    const { status, body } = await probe('CustomerUser1');

    expect(status).toBe(200);
    expect(body).toMatchObject({ backendId: 'CustomerUser1', state: 'ok' });
    expect(stepsOf(body)).toEqual(['connect ok', 'bind ok', 'search ok', 'map ok']);
    expect(body.rows).toHaveLength(20);
    const { raw, mapped } = body.rows.find((row: { raw: Record<string, string[]> }) => row.raw['departmentnumber']);
    expect(mapped).toMatchObject({ UserLogin: raw.uid[0], UserCustomerID: raw.departmentnumber[0], UserLastname: raw.sn[0] });
    await untilClosed(open);
  });

  it('is tried on a table, without what it keeps secret', async () => {
    const { body, text } = await probe('CustomerUser');

    expect(stepsOf(body)).toEqual(['connect ok', 'bind skipped', 'search ok', 'map ok']);
    expect(body.rows).toHaveLength(2);
    expect(body.rows[0]).toMatchObject({ raw: { login: ['anna'], email: ['anna@mail.test'] }, mapped: { UserLogin: 'anna', UserCustomerID: 'C1' }, warnings: [] });
    expect(text).not.toMatch(/a-stored-hash|"pw"|UserPassword/);
  });

  it('is tried where there is no way: the first step says why, the others are skipped (fault 1)', async () => {
    const { body, text } = await probe('CustomerUser4');

    expect(body).toMatchObject({ state: 'failed', rows: [], steps: [{ step: 'connect', state: 'failed', failure: { code: 'unreachable' } }, {}, {}, {}] });
    expect(stepsOf(body).slice(1)).toEqual(['bind skipped', 'search skipped', 'map skipped']);
    expect(text).not.toMatch(/127\.0\.0\.1|hunter2/);
  });

  it('is tried by administrators only, three times a minute for each backend', async () => {
    await probe('CustomerCompany');
    await probe('CustomerCompany');
    await probe('CustomerCompany');

    expect(await probe('CustomerCompany')).toMatchObject({ status: 429, body: { code: 'limit.exceeded' } });
    expect((await probe('CustomerUser9')).status).toBe(404);
    expect((await test.send('POST', '/api/v1/backends/CustomerUser/probe', { permission: 'clientele.write' })).status).toBe(403);
  });

  it('shows twins on both records: the earlier one counts, and the later one is reached by its backend (fault 16)', async () => {
    const owner = await get('/api/v1/customer-users/layla');
    const twin = await get('/api/v1/customer-users/layla?backend=CustomerUser1');
    const list = await get('/api/v1/customer-users?backend=CustomerUser1&search=layla');
    const all = await get('/api/v1/customer-users?search=layla');
    const written = await test.send('PATCH', '/api/v1/customer-users/layla?backend=CustomerUser1', { ifMatch: owner.body.version, body: { email: 'owner@mail.test' } });

    // The one behind it gives no answer, so nobody knows whether it has a twin there.
    expect(owner.body).toMatchObject({ login: 'LAYLA', backendId: 'CustomerUser', shadowedBy: null, shadows: null });
    expect(twin.body).toMatchObject({ login: 'layla', backendId: 'CustomerUser1', shadowedBy: 'CustomerUser', readOnly: true });
    expect(list.body.items).toMatchObject([{ login: 'layla', shadowedBy: 'CustomerUser' }]);
    expect(all.body.items).toMatchObject([{ login: 'LAYLA', shadowedBy: null }]);
    expect(written.body).toMatchObject({ backendId: 'CustomerUser', email: 'owner@mail.test' });
    expect(await get('/api/v1/customer-users/anna?backend=CustomerUser1')).toMatchObject({ status: 404 });
    expect(await get('/api/v1/customer-users/anna?backend=CustomerUser9')).toMatchObject({ status: 422, body: { issues: [{ path: 'backend', code: 'unknown' }] } });
  });

  it('shows twins of customers in the same way: lists and lookups have the first one (TC4, ours)', async () => {
    await insertRows(database.connection, 'customer_company', [aCustomerRow('ACME', { name: 'Acme' })]);

    const owner = await get('/api/v1/customers/acme');
    const twin = await get('/api/v1/customers/acme?backend=CustomerCompany1');
    const list = await get('/api/v1/customers');
    const others = await get('/api/v1/customers?backend=CustomerCompany1');

    expect(owner.body).toMatchObject({ customerId: 'ACME', name: 'Acme', backendId: 'CustomerCompany', shadowedBy: null, shadows: ['CustomerCompany1'] });
    expect(twin.body).toMatchObject({ customerId: 'acme', name: 'Acme of the others', backendId: 'CustomerCompany1', shadowedBy: 'CustomerCompany', shadows: [] });
    expect(list.body.items.map(({ name, shadowedBy }: { name: string; shadowedBy: unknown }) => [name, shadowedBy])).toEqual([['Acme', null], ['ZOO Ltd', null]]);
    expect(others.body.items.map(({ name, shadowedBy }: { name: string; shadowedBy: unknown }) => [name, shadowedBy])).toEqual([['Acme of the others', 'CustomerCompany'], ['ZOO Ltd', null]]);
  });

  it('lets people list, search, read and change others meanwhile; who is new or renamed waits (faults 1 and 4)', async () => {
    proxy.mood = 'cut';
    proxy.drop();
    for (let times = 0; times < 4; times += 1) await get('/api/v1/customer-users?search=anna');
    const opened = proxy.opened;

    const list = await get('/api/v1/customer-users?search=anna');
    const one = await get('/api/v1/customer-users/anna');
    const changed = await test.send('PATCH', '/api/v1/customer-users/anna', { ifMatch: one.body.version, body: { fields: { UserCity: 'Bonn' } } });
    const created = await test.send('POST', '/api/v1/customer-users', { body: aCustomerUser({ login: 'new', customerId: 'C1' }) });
    const unknown = await get('/api/v1/customer-users/not-anna');

    expect(await statusOf('CustomerUser1')).toMatchObject({ state: 'paused', lastFailure: { code: 'unreachable' }, nextAttemptAt: expect.stringMatching(/Z$/) });
    expect(list).toMatchObject({ status: 200, body: { items: [{ login: 'anna' }], reports: [{ state: 'ok' }, { backendId: 'CustomerUser1', state: 'failed', since: expect.stringMatching(/Z$/) }, {}] } });
    expect(changed).toMatchObject({ status: 200, body: { fields: { UserCity: 'Bonn' } } });
    expect(created).toMatchObject({ status: 503, body: { code: 'backend.unavailable', backendId: 'CustomerUser1' } });
    expect(unknown).toMatchObject({ status: 503, body: { backendId: 'CustomerUser1' } });
    // Left alone: no further connection was tried.
    expect(proxy.opened).toBe(opened);
  });

  it('is tried again when somebody asks for it, and all is as before', async () => {
    proxy.mood = 'fair';

    const answer = await retry('CustomerUser1');
    const list = await get('/api/v1/customer-users?backend=CustomerUser1&search=layla');

    expect(answer).toMatchObject({ status: 200, body: { backendId: 'CustomerUser1', state: 'ok', since: null, lastFailure: null } });
    expect(list.body).toMatchObject({ items: [{ login: 'layla' }], reports: [{ state: 'ok' }] });
    expect((await retry('CustomerUser9')).status).toBe(404);
  });

  it('keeps passwords out of every answer and every line of the log', () => {
    const told = test.told.join('\n');

    for (const secret of ['hunter2-secret', 'a-stored-hash', service.password]) expect(told).not.toContain(secret);
  });
});

describe('A configuration', () => {
  it('is told to administrators with what is odd in it, by block and line', async () => {
    const database = await openTestDatabase('embedded');
    const test = await Program.open(database.url, { ...quickHashes, CustomerUser: { ...main, CustomerUserSaerchPrefix: '*' } });

    const { status, body } = await test.send('GET', '/api/v1/configuration/findings', { permission: 'clientele.admin' });
    const refused = await test.send('GET', '/api/v1/configuration/findings', { permission: 'clientele.write' });
    await test.close();
    await database.drop();

    expect(status).toBe(200);
    expect(body.file).toBe('configuration.yaml');
    const unknown = body.items.find(({ message }: { message: string }) => message.includes('CustomerUserSaerchPrefix'));
    expect(unknown).toMatchObject({ backendId: 'CustomerUser', severity: expect.stringMatching(/error|warning|information/), line: 1 });
    expect([unknown.consequence, unknown.cure].every((sentence: string) => sentence.length > 10)).toBe(true);
    expect(refused.status).toBe(403);
  });
});
