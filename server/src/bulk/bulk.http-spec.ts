import type { Job } from '../../contract/job.js';
import { startTestApp, type Answer, type Ask, type TestApp } from '../../testing/app.js';
import { engineNames, openTestDatabase, type TestDatabase } from '../../testing/databases.js';
import { makeHelpdesk } from '../../testing/helpdesk-schema.js';
import type { Connection } from '../platform/persistence/database.js';

const by = 'create_time, create_by, change_time, change_by';
const now = 'CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1';
const configuration = { Settings: { CheckEmailAddresses: 0, CustomerGroupSupport: 1 } };
const grant = { relation: 'group', action: 'add', groupId: 1, key: 'ro' };

describe.each(engineNames)('One change for many people on %s', (engine) => {
  let database: TestDatabase;
  let main: Connection;
  let test: TestApp;
  let ask: Ask;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    main = database.connection;
    await makeHelpdesk(main);
    test = await startTestApp({ url: database.url, configuration });
    ask = await test.as(['clientele.write']);
    await main.execute(`INSERT INTO customer_company (customer_id, name, valid_id, ${by}) VALUES ('C1', 'Firma', 1, ${now})`);
    await main.execute(`INSERT INTO service (id, name, valid_id, ${by}) VALUES (1, 'Mail', 1, ${now})`);
  });
  afterAll(async () => {
    await test.close();
    await database.drop();
  });
  beforeEach(async () => {
    for (const table of ['customer_user', 'group_customer_user', 'customer_user_customer', 'service_customer_user', 'clientele_job', 'clientele_job_entry']) {
      await main.execute(`DELETE FROM ${table}`);
    }
  });

  it('says before how many there are, who has it already, and shows some of them', async () => {
    await people(250);
    await holds('p-001', 'ro');
    await holds('P-002', 'rw');

    const preview = await send('bulk-changes/preview', { search: { search: 'p-', validity: 'all' }, change: grant });

    expect(preview).toMatchObject({
      status: 200,
      body: { people: { value: 250, capped: false }, alreadySo: { value: 2, capped: false }, byBackend: [{ backendId: 'CustomerUser', count: { value: 250, capped: false } }] },
    });
    expect(preview.body.examples).toHaveLength(10);
    expect(preview.body.examples[0]).toMatchObject({ login: 'p-001', state: 'known', customerId: 'C1', backendId: 'CustomerUser' });
    expect(await stored()).toHaveLength(2);
  });

  it('gives it to everybody who is found, tells what became of each, and is taken back where nothing was changed since', async () => {
    await people(450);
    await main.execute("UPDATE customer_user SET valid_id = 2 WHERE login = 'p-003'");
    await holds('p-001', 'ro');
    await holds('p-002', 'rw');
    await holds('other', 'ro');

    const started = await send('bulk-changes', { search: { search: 'p-', validity: 'all' }, change: { ...grant, key: 'rw' } });
    expect(started).toMatchObject({ status: 201, body: { kind: 'bulk-relation', progress: { total: 450 } } });
    const job = await ended(started.body.jobId);

    expect(job).toMatchObject({ state: 'done', result: { changed: 448, unchanged: 1, failed: 1 }, progress: { done: 450 } });
    expect((await ask(`/api/v1/jobs/${job.jobId}/entries?state=failed`)).body.items).toEqual([{ key: 'p-003', state: 'failed', code: 'invalid' }]);
    expect((await ask(`/api/v1/jobs/${job.jobId}/entries?state=unchanged`)).body.items).toEqual([{ key: 'p-002', state: 'unchanged', code: null }]);
    expect(await stored('p-001')).toEqual(['p-001 rw']);
    expect((await stored()).length).toBe(450);

    await main.execute("UPDATE group_customer_user SET permission_key = 'ro' WHERE user_id = 'p-010'");
    const undo = await ask({ method: 'POST', url: `/api/v1/jobs/${job.jobId}/undo` });
    const undone = await ended(undo.body.jobId);

    expect(undone).toMatchObject({ kind: 'undo', state: 'done', result: { changed: 447, unchanged: 0, failed: 1 } });
    expect((await ask(`/api/v1/jobs/${undone.jobId}/entries?state=failed`)).body.items).toEqual([{ key: 'p-010', state: 'failed', code: 'undo.changed' }]);
    expect(await stored()).toEqual(['other ro', 'p-001 ro', 'p-002 rw', 'p-010 ro']);
    expect((await ask(`/api/v1/jobs/${job.jobId}`)).body.undo).toMatchObject({ jobId: undone.jobId });
  });

  it.each([
    [{ relation: 'customer', customerId: 'c1' }, 'customer_user_customer', 'customer_id', 'C1'],
    [{ relation: 'service', serviceId: 1 }, 'service_customer_user', 'service_id', '1'],
  ])('gives and takes %p', async (change, table, column, expected) => {
    await people(3);
    const search = { customerId: 'C1', validity: 'valid' };

    await ended((await send('bulk-changes', { search, change: { ...change, action: 'add' } })).body.jobId);
    const rows = await main.query<{ value: string | number }>(`SELECT ${column} AS value FROM ${table}`);
    expect(rows.map(({ value }) => String(value))).toEqual([expected, expected, expected]);

    const job = await ended((await send('bulk-changes', { search, change: { ...change, action: 'remove' } })).body.jobId);
    expect(job.result).toEqual({ changed: 3, unchanged: 0, failed: 0 });
    expect(await main.query(`SELECT 1 AS found FROM ${table}`)).toEqual([]);
  });

  it('refuses what is not there, and a search that is not understood', async () => {
    await people(1);
    const search = { search: 'p-', validity: 'all' };

    expect(await send('bulk-changes', { search, change: { ...grant, groupId: 99 } })).toMatchObject({ status: 422, body: { issues: [{ path: 'change.groupId', code: 'unknown' }] } });
    expect(await send('bulk-changes', { search, change: { ...grant, key: 'fly' } })).toMatchObject({ status: 422, body: { issues: [{ path: 'change.key', code: 'unknown' }] } });
    expect(await send('bulk-changes/preview', { search: { search: '(a', validity: 'all' }, change: grant })).toMatchObject({ status: 422, body: { issues: [{ path: 'search.search' }] } });
    expect(await send('bulk-changes', { search: { backend: 'Nowhere', validity: 'all' }, change: grant })).toMatchObject({ status: 422, body: { issues: [{ path: 'search.backend', code: 'unknown' }] } });
    const readers = await test.as(['clientele.read']);
    expect((await readers({ method: 'POST', url: '/api/v1/bulk-changes', body: { search, change: grant } })).status).toBe(403);
    expect(await stored()).toEqual([]);
  });

  async function people(count: number): Promise<void> {
    const numbers = Array.from({ length: count }, (_, index) => `p-${String(index + 1).padStart(3, '0')}`);
    await main.execute(`INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, ${by}) VALUES
      ${numbers.map((login) => `('${login}', '${login}@x.test', 'C1', 'A', 'B', 1, ${now})`).join(', ')}`);
  }

  async function holds(login: string, key: string): Promise<void> {
    await main.execute(`INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, ${by}) VALUES ('${login}', 1, '${key}', 1, ${now})`);
  }

  async function stored(login?: string): Promise<string[]> {
    const rows = await main.query<{ who: string; what: string }>('SELECT user_id AS who, permission_key AS what FROM group_customer_user');
    return rows.filter(({ who }) => login === undefined || who === login).map(({ who, what }) => `${who} ${what}`).sort();
  }

  function send(path: string, body: object): Promise<Answer> {
    return ask({ method: 'POST', url: `/api/v1/${path}`, body });
  }

  async function ended(jobId: string): Promise<Job> {
    const end = performance.now() + 60_000;
    for (;;) {
      const job = (await ask(`/api/v1/jobs/${jobId}`)).body as Job;
      if (job.finishedAt !== null) return job;
      if (performance.now() > end) throw new Error(`waited too long for ${JSON.stringify(job)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

describe('One change for many people, some of whom cannot be asked for', () => {
  it('is done for those of the other backends, waits for these, and is not called done', async () => {
    const database = await openTestDatabase('embedded');
    await makeHelpdesk(database.connection);
    await database.connection.execute(
      `INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, ${by}) VALUES ('anna', 'anna@x.test', 'C1', 'A', 'B', 1, ${now})`,
    );
    const map = [['UserLogin', 'Username', 'login', 1, 1, 'var'], ['UserEmail', 'Email', 'email', 1, 1, 'var'], ['UserCustomerID', 'CustomerID', 'customer_id', 0, 1, 'var']];
    const dead = { Module: 'database', Params: { Table: 'people', DSN: 'DBI:Pg:dbname=x;host=127.0.0.1;port=1', User: 'x', Password: 'x' }, CustomerKey: 'login', CustomerID: 'customer_id', Map: map };
    const test = await startTestApp({ url: database.url, configuration: { ...configuration, CustomerUser: { Module: 'database', Params: { Table: 'customer_user' }, CustomerKey: 'login', CustomerID: 'customer_id', CustomerValid: 'valid_id', Map: map }, CustomerUser1: dead } });
    try {
      const ask = await test.as(['clientele.write']);
      const body = { search: { validity: 'all' }, change: grant };

      const preview = await ask({ method: 'POST', url: '/api/v1/bulk-changes/preview', body });
      const started = await ask({ method: 'POST', url: '/api/v1/bulk-changes', body });
      const held = await heldUp(ask, started.body.jobId);
      const cancelled = await ask({ method: 'POST', url: `/api/v1/jobs/${started.body.jobId}/cancel` });

      expect(preview).toMatchObject({ status: 200, body: { people: { value: 1, capped: true }, byBackend: [{ count: { value: 1 } }, { backendId: 'CustomerUser1', count: null }] } });
      expect(started).toMatchObject({ status: 201, body: { progress: { total: null } } });
      expect(held).toMatchObject({ failure: 'backend.unavailable', finishedAt: null, result: { changed: 1 } });
      expect(['cancelled', 'running']).toContain(cancelled.body.state);
    } finally {
      await test.close();
      await database.drop();
    }
  });
});

async function heldUp(ask: Ask, jobId: string): Promise<Job> {
  const end = performance.now() + 60_000;
  for (;;) {
    const job = (await ask(`/api/v1/jobs/${jobId}`)).body as Job;
    if (job.failure !== null) return job;
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
