import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../contract/job.js';
import { startTestApp, type Ask, type TestApp } from '../../testing/app.js';
import { aCustomerUser } from '../../testing/customer-users.js';
import { engineNames, openTestDatabase, type EngineName, type TestDatabase } from '../../testing/databases.js';
import { makeHelpdesk } from '../../testing/helpdesk-schema.js';
import type { Connection } from '../platform/persistence/database.js';

const testing = join(__dirname, '../../testing');
const by = 'create_time, create_by, change_time, change_by';
const now = 'CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1';
const settings = { Settings: { CheckEmailAddresses: 0, 'Customer::AuthModule::DB::bcryptCost': 9 } };

/** `count` people, each with a relation and a ticket, and rights of their customer. */
async function fill(main: Connection, customerId: string, count: number): Promise<void> {
  const numbers = main.engine === 'mysql' ? `(SELECT seq AS n FROM seq_1_to_${count}) numbers` : `generate_series(1, ${count}) AS numbers (n)`;
  await main.execute(`INSERT INTO customer_company (customer_id, name, valid_id, ${by}) VALUES ('${customerId}', 'Firma ${customerId}', 1, ${now})`);
  await main.execute(`INSERT INTO group_customer (customer_id, group_id, permission_key, permission_value, permission_context, ${by})
    VALUES ('${customerId}', 1, 'ro', 1, 'Ticket::CustomerID::Same', ${now})`);
  await main.execute(`INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, ${by})
    SELECT CONCAT('${customerId}-', n), CONCAT('${customerId}-', n, '@x.test'), '${customerId}', 'A', 'B', 1, ${now} FROM ${numbers}`);
  await main.execute(`INSERT INTO customer_user_customer (user_id, customer_id, ${by}) SELECT CONCAT('other-', n), '${customerId}', ${now} FROM ${numbers} WHERE n <= 1500`);
  await main.execute(`INSERT INTO queue (id, name, group_id, valid_id, ${by}) VALUES (1, 'Raw', 1, 1, ${now})`);
  await main.execute(`INSERT INTO ticket (tn, title, queue_id, user_id, ticket_priority_id, ticket_state_id, customer_id, customer_user_id, ${by})
    SELECT CONCAT('T', n), 'x', 1, 1, 3, 1, '${customerId}', CONCAT('${customerId}-', n), ${now} FROM ${numbers} WHERE n <= 2500`);
}

describe.each(engineNames)('A large rename on %s', (engine) => {
  let database: TestDatabase;
  let folder: string;
  let test: TestApp | null = null;

  beforeEach(async () => {
    database = await openTestDatabase(engine);
    await makeHelpdesk(database.connection);
    folder = mkdtempSync(join(tmpdir(), 'renamed-'));
    writeFileSync(join(folder, 'configuration.yaml'), JSON.stringify(settings));
  });
  afterEach(async () => {
    await test?.close();
    test = null;
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is completed by the next server when the one that does it is killed, and killed again', async () => {
    const people = 6_000;
    await fill(database.connection, 'C1', people);
    await killAt(database, folder, { progress: 2_500, rename: ['C1', 'C2'] });
    expect(await count(database, "customer_user WHERE customer_id = 'C1'")).toBeGreaterThan(0);
    await killAt(database, folder, { progress: 5_500, rename: [] });
    expect(await count(database, "group_customer WHERE customer_id = 'C1'")).toBe(1);
    await database.connection.execute("UPDATE clientele_job SET due_at = '2026-01-01 00:00:00'");

    test = await startTestApp({ url: database.url, configuration: settings });
    const job = await ended(await test.as(['clientele.write']));

    expect(job).toMatchObject({ kind: 'rename-customer', state: 'done', failure: null, progress: { done: people + 4_000, total: people + 4_000 } });
    expect(moved(job)).toEqual({ CustomerCompany: 1, group_customer: 1, customer_user_customer: 1_500, CustomerUser: people, ticket: 2_500 });
    for (const table of ['customer_user', 'customer_company', 'group_customer', 'customer_user_customer', 'ticket']) {
      expect([table, await count(database, `${table} WHERE customer_id = 'C1'`)]).toEqual([table, 0]);
    }
    expect(await count(database, "group_customer WHERE customer_id = 'C2'")).toBe(1);
    expect(await count(database, "customer_user WHERE customer_id = 'C2'")).toBe(people);
    expect(await count(database, 'ticket_history')).toBe(2_500);
    expect(await count(database, "clientele_audit WHERE action = 'changed'")).toBe(people);
  }, 400_000);
});

const sizes: readonly (readonly [EngineName, number])[] = [['postgres', 100_000], ['mariadb', 20_000]];

describe.each(sizes)('On %s, a customer with %i people', (engine, people) => {
  it('is renamed while others are added, under the old name and the new one, and nobody stays behind (fault 55, TK2) (ours)', async () => {
    const database = await openTestDatabase(engine);
    await makeHelpdesk(database.connection);
    await fill(database.connection, 'C1', people);
    const test = await startTestApp({ url: database.url, configuration: settings });
    try {
      const ask = await test.as(['clientele.write']);
      const { body: customer } = await ask('/api/v1/customers/C1');
      const adding = { isWanted: true, refused: 0, added: 0 };
      const adders = ['C1', 'C1', 'C2'].map((customerId) => keepAdding(ask, customerId, adding));

      const renamed = await ask({ method: 'POST', url: '/api/v1/customers/C1/rename', headers: { 'if-match': `"${customer.version}"` }, body: { customerId: 'C2' } });
      expect(renamed).toMatchObject({ status: 200, body: { to: 'C2', jobId: expect.stringMatching(/^\d+$/) } });
      for (const key of ['C1', 'C2']) {
        const answer = await ask({ method: 'POST', url: '/api/v1/customers', body: { customerId: key, name: `New ${key}` } });
        expect([409, 'rename.running', 'customer.taken']).toEqual(expect.arrayContaining([answer.status, answer.body.code]));
      }
      expect((await ask({ method: 'POST', url: `/api/v1/jobs/${renamed.body.jobId}/cancel` })).body).toMatchObject({ code: 'job.must-finish' });
      await addAsTheHelpdeskDoes(database.connection, 20);
      const job = await ended(ask);
      adding.isWanted = false;
      await Promise.all(adders);

      expect(job).toMatchObject({ state: 'done', result: { failed: 0 } });
      expect(await count(database, "customer_user WHERE customer_id <> 'C2'")).toBe(0);
      expect(await count(database, 'customer_user')).toBe(people + 20 + adding.added);
      expect(adding.added).toBeGreaterThan(0);
      expect(adding.refused).toBeGreaterThan(0);
      expect((await ask({ method: 'POST', url: '/api/v1/customers', body: { customerId: 'C1', name: 'Somebody else' } })).status).toBe(201);
      expect((await ask({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ customerId: 'C1' }) })).status).toBe(201);
    } finally {
      await test.close();
      await database.drop();
    }
  }, 600_000);
});

/** Everybody is in the end under the new name, or was refused plainly. */
async function keepAdding(ask: Ask, customerId: string, adding: { isWanted: boolean; refused: number; added: number }): Promise<void> {
  while (adding.isWanted) {
    const answer = await ask({ method: 'POST', url: '/api/v1/customer-users', body: aCustomerUser({ customerId }) });
    if (answer.status === 201) adding.added += 1;
    else if (answer.body.issues[0]?.code === 'customer.unknown') adding.refused += 1;
    else throw new Error(`unexpected: ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function addAsTheHelpdeskDoes(main: Connection, people: number): Promise<void> {
  for (let number = 0; number < people; number += 1) {
    await main.execute(`INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, ${by})
      VALUES ('late-${number}', 'late-${number}@x.test', 'C1', 'A', 'B', 1, ${now})`);
  }
}

/** A process of its own, killed when the job has come so far. */
async function killAt({ url, connection }: TestDatabase, folder: string, { progress, rename }: { progress: number; rename: readonly string[] }): Promise<void> {
  await connection.execute("UPDATE clientele_job SET due_at = '2026-01-01 00:00:00'");
  const child = spawn(process.execPath, [join(testing, 'run-typescript.cjs'), join(testing, 'killed-renamer.ts'), ...rename], {
    env: {
      PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test', LOG_LEVEL: 'error', DATABASE_URL: url, CLIENTELE_DATA_DIR: folder,
      CLIENTELE_CONFIG: join(folder, 'configuration.yaml'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  const ending = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  const reached = waitFor(async () => {
    const [job] = await connection.query<{ done: number }>('SELECT done FROM clientele_job');
    return Number(job?.done ?? 0) >= progress;
  });
  await Promise.race([reached, ending]);
  child.kill('SIGKILL');
  if ((await ending) !== 'SIGKILL') throw new Error(`The renamer ended by itself:\n${errors.join('')}`);
}

async function ended(ask: Ask): Promise<Job> {
  let job: Job | undefined;
  await waitFor(async () => {
    const { body } = await ask('/api/v1/jobs');
    job = (body.items as Job[])[0];
    return job !== undefined && job.finishedAt !== null;
  });
  if (job === undefined) throw new Error('there is no job');
  return job;
}

function moved({ tables }: Job): Record<string, number> {
  return Object.fromEntries((tables ?? []).filter(({ isMoved, rows }) => isMoved && rows > 0).map(({ table, rows }) => [table, rows]));
}

async function count({ connection }: TestDatabase, what: string): Promise<number> {
  const [row] = await connection.query<{ found: number | string }>(`SELECT COUNT(*) AS found FROM ${what}`);
  return Number(row?.found);
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 300_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
