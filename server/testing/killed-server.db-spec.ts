import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Connection } from '../src/platform/persistence/database.js';
import { startEmbeddedPostgres } from '../src/platform/persistence/embedded-postgres.js';
import { prepareDatabase } from '../src/platform/persistence/migrate.js';
import { openConnection } from '../src/platform/persistence/open-connection.js';
import { engineNames, openTestDatabase, type EngineName } from './databases.js';

/** A database that one process after the other works on: `use` is ours, between two runs of the writer. */
interface Bench {
  readonly environment: Readonly<Record<string, string>>;
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

const customerId = 'killed';

describe.each(engineNames)('A server that is killed in mid-write (%s)', (engine) => {
  let folder: string;
  let bench: Bench;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'killed-'));
    chmodSync(folder, 0o711);
    bench = await openBench(engine, folder);
    await bench.use(async (connection) => {
      await prepareDatabase(connection);
      await connection.execute(
        `INSERT INTO customer_company (customer_id, name, valid_id, create_time, create_by, change_time, change_by)
         VALUES ('${customerId}', 'Killed Ltd', 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)`,
      );
    });
  });

  afterAll(async () => {
    await bench.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves nothing half done and loses nothing it has answered', async () => {
    const answered = { created: new Set<string>(), changed: new Set<string>() };
    for (const answers of [25, 80]) {
      for (const line of await writeAndKill(bench.environment, answers)) {
        const [action = '', login = ''] = line.split(' ');
        if (action === 'created' || action === 'changed') answered[action].add(login);
      }
    }

    const stored = await bench.use(readStored);

    expect(stored.created.audit).toEqual(stored.created.record);
    expect(stored.created.outbox).toEqual(stored.created.record);
    expect(stored.changed.audit).toEqual(stored.changed.record);
    expect(stored.changed.outbox).toEqual(stored.changed.record);
    expect(stored.created.record).toEqual(expect.arrayContaining([...answered.created]));
    expect(stored.changed.record).toEqual(expect.arrayContaining([...answered.changed]));
    expect(answered.changed.size).toBeGreaterThan(20);
  }, 300_000);
});

type Stored = Record<'created' | 'changed', Record<'record' | 'audit' | 'outbox', string[]>>;

/** In one statement, so that all parts are seen at the same moment: the last commit may still be on its way. */
async function readStored(connection: Connection): Promise<Stored> {
  const rows = await connection.query<{ action: 'created' | 'changed'; part: 'record' | 'audit' | 'outbox'; login: string }>(`
    SELECT 'created' AS action, 'record' AS part, login FROM customer_user
    UNION ALL SELECT 'changed', 'record', login FROM customer_user WHERE first_name = 'Bella'
    UNION ALL SELECT action, 'audit', subject_key FROM clientele_audit WHERE subject_kind = 'customer-user'
    UNION ALL SELECT CASE topic WHEN 'customer-user.created' THEN 'created' ELSE 'changed' END, 'outbox', subject FROM clientele_outbox`);
  const stored: Stored = { created: { record: [], audit: [], outbox: [] }, changed: { record: [], audit: [], outbox: [] } };
  for (const { action, part, login } of rows) stored[action][part].push(login);
  for (const parts of Object.values(stored)) for (const logins of Object.values(parts)) logins.sort();
  return stored;
}

/** Answers with what the writer said until it was gone: at least so many answers. */
async function writeAndKill(environment: Readonly<Record<string, string>>, answers: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(__dirname, 'run-typescript.cjs'), join(__dirname, 'killed-writer.ts'), customerId], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    if (lines.length === answers) child.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself:\n${errors.join('')}${lines.join('\n')}`);
  return lines;
}

async function openBench(engine: EngineName, folder: string): Promise<Bench> {
  const configuration = join(folder, 'clientele.json');
  // The cheapest hash that is allowed, so that the writer spends its time writing.
  writeFileSync(configuration, JSON.stringify({ Settings: { 'Customer::AuthModule::DB::bcryptCost': 9 } }));
  const environment = { CLIENTELE_CONFIG: configuration, CLIENTELE_DATA_DIR: folder };
  if (engine !== 'embedded') {
    const database = await openTestDatabase(engine);
    return { environment: { ...environment, DATABASE_URL: database.url }, use: (work) => work(database.connection), end: () => database.drop() };
  }
  return {
    environment,
    // Each start takes over what the killed process left behind.
    use: async (work) => {
      const embedded = await startEmbeddedPostgres({ dataDirectory: join(folder, 'database'), log: () => {} });
      const connection = await openConnection(embedded.url, { poolSize: 2 });
      try {
        return await work(connection);
      } finally {
        await connection.close();
        await embedded.stop();
      }
    },
    end: () => Promise.resolve(),
  };
}
