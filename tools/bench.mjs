// npm run bench: the built server on the embedded PostgreSQL with 10,000 people, measured over HTTP; then a directory of
// 100,000 people on slapd.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';
import { main, project, run, say } from './run.mjs';

const people = 10_000;
const secondsEach = 5;
const connections = 10;

const scenarios = [
  { name: 'empty route', path: '/health/live' },
  { name: 'find one', path: () => `/api/v1/customer-users/${loginOf(random(people))}` },
  { name: 'list, 50 rows', path: '/api/v1/customer-users?limit=50' },
  { name: 'search, prefix', path: () => `/api/v1/customer-users?limit=50&search=${pick(lastNames).slice(0, 4)}` },
  { name: 'search, substring', path: () => `/api/v1/customer-users?limit=50&search=*${pick(lastNames).slice(2, 6)}*` },
  { name: 'search, no hit', path: '/api/v1/customer-users?limit=50&search=zzzzq' },
  { name: 'create (with bcrypt)', path: '/api/v1/customer-users', body: newPerson },
];

const firstNames = ['Anna', 'Bruno', 'Chiara', 'Dirk', 'Elif', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jan', 'Kaja', 'Luca', 'Mia', 'Noor', 'Olga', 'Pavel'];
const lastNames = ['Schmidt', 'Zimmermann', 'Kowalski', 'Rossi', 'Janssen', 'Novak', 'Fischer', 'Dubois', 'Yilmaz', 'Andersen', 'Moreno', 'Lindqvist'];
let created = 0;

await main(async () => {
  await prepare();
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-'));
  // The database's own user passes through it when we are root.
  chmodSync(folder, 0o711);
  const env = { ...process.env, PORT: String(await freePort()), HOST: '127.0.0.1', CLIENTELE_DATA_DIR: folder, LOG_LEVEL: 'warn' };
  delete env.DATABASE_URL;
  const server = spawn(process.execPath, ['dist/server/src/main.js'], { cwd: project, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const origin = `http://127.0.0.1:${env.PORT}`;
    await untilReady(server, origin);
    say(`Filling in ${people.toLocaleString('en')} people …`);
    await fill(folder);
    const token = makeToken(env);
    await measure(origin, token);
  } finally {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  await measureDirectory();
});

/** At the driver: what a directory costs is not a matter of HTTP. */
async function measureDirectory() {
  const scripts = ['server/testing/run-typescript.cjs', 'server/src/backends/ldap/testing/bench-directory.ts'];
  if ((await run(process.execPath, scripts, { stdio: ['ignore', 'inherit', 'inherit'] })) !== 0) throw new Error('The directory was not measured.');
}

async function measure(origin, token) {
  const { default: autocannon } = await import('autocannon');
  const rows = [];
  for (const { name, path, body } of scenarios) {
    say(`Measuring: ${name} …`);
    const result = await autocannon({
      url: origin,
      connections,
      duration: secondsEach,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      requests: [{
        method: body ? 'POST' : 'GET',
        setupRequest: (request) => ({ ...request, path: typeof path === 'function' ? path() : path, ...(body && { body: JSON.stringify(body()) }) }),
      }],
    });
    rows.push({ name, median: result.latency.p50, p95: result.latency.p97_5, rate: result.requests.average, failed: result.non2xx + result.errors });
  }
  const [empty] = rows;
  const table = rows.map(({ name, median, p95, rate, failed }) => ({
    scenario: name, 'median ms': median, 'p97.5 ms': p95, 'requests/s': Math.round(rate), 'empty route ×': Number((empty.rate / rate).toFixed(1)), failed,
  }));
  console.table(table);
  if (rows.some(({ failed }) => failed > 0)) throw new Error('Some requests failed: these numbers do not count.');
}

/** Straight into the table, beside the running server. */
async function fill(folder) {
  const { joinEmbeddedPostgres } = await import(pathToFileURL(join(project, 'dist/server/src/platform/persistence/embedded-postgres.js')).href);
  const { default: pg } = await import('pg');
  const { url } = await joinEmbeddedPostgres({ dataDirectory: join(folder, 'database'), log: say });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    INSERT INTO customer_company (customer_id, name, valid_id, create_time, create_by, change_time, change_by)
    SELECT 'bench-' || n, 'Bench ' || n, 1, now(), 1, now(), 1 FROM generate_series(0, 99) n`);
  await client.query(
    `INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, create_time, create_by, change_time, change_by)
     SELECT 'person-' || n, 'person-' || n || '@bench.example', 'bench-' || n % 100,
            ($1::text[])[1 + n % array_length($1::text[], 1)], ($2::text[])[1 + n / 7 % array_length($2::text[], 1)] || '-' || n % 97,
            1, now(), 1, now(), 1
     FROM generate_series(0, $3::int - 1) n`,
    [firstNames, lastNames, people],
  );
  await client.query('ANALYZE');
  await client.end();
}

function makeToken(env) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['dist/server/src/cli.js', 'token:create', '--permissions', 'clientele.write', '--name', 'bench'],
    { cwd: project, env, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`No token could be made: ${stderr}`);
  return stdout.trim().split('\n').at(-1);
}

async function untilReady(server, origin) {
  for (let tries = 0; tries < 1_000 && server.exitCode === null; tries += 1) {
    if (await fetch(`${origin}/health/ready`).then(({ ok }) => ok, () => false)) return;
    await pause(50);
  }
  throw new Error('The server did not become ready.');
}

function newPerson() {
  created += 1;
  return {
    login: `new-${created}`, email: `new-${created}@bench.example`, customerId: `bench-${created % 100}`,
    fields: { UserFirstname: pick(firstNames), UserLastname: pick(lastNames) },
  };
}

function loginOf(number) {
  return `person-${number}`;
}

function random(below) {
  return Math.floor(Math.random() * below);
}

function pick(list) {
  return list[random(list.length)];
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
