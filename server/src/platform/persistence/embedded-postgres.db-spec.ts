import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { openConnection } from './open-connection.js';
import { joinEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { placeFor, serverUser } from './embedded-postgres-place.js';

const testing = join(process.cwd(), 'server', 'testing');
const log = jest.fn();
let template: string;
let folder: string;
let dataDirectory: string;

beforeAll(async () => {
  template = realpathSync(mkdtempSync(join(tmpdir(), 'embedded-')));
  chmodSync(template, 0o711);
  const database = await startEmbeddedPostgres({ dataDirectory: join(template, 'data'), log });
  await database.stop();
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'embedded-')));
  chmodSync(folder, 0o711);
  dataDirectory = join(folder, 'data');
  log.mockClear();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('The embedded PostgreSQL', () => {
  it('is created on the first start and keeps its data for the second', async () => {
    await using(await start(), (url) => query(url, 'CREATE TABLE kept AS SELECT 1 AS one'));

    const rows = await using(await start(), (url) => query(url, 'SELECT one FROM kept'));

    expect(rows).toEqual([{ one: 1 }]);
    expect(log.mock.calls).toEqual([['Creating the embedded database.']]);
  });

  it('keeps its password in a file that others cannot read, and refuses another one', async () => {
    startedBefore();
    const database = await start();
    const wrong = database.url.replace(/:[^:@]+@/, ':wrong@');

    const attempt = openConnection(wrong);

    await expect(attempt).rejects.toThrow();
    expect(statSync(join(dataDirectory, 'password')).mode & 0o777).toBe(0o600);
    expect(database.url).toContain(readFileSync(join(dataDirectory, 'password'), 'utf8'));
    await database.stop();
  });

  it('opens no port', async () => {
    startedBefore();
    const rows = await using(await start(), (url) => query(url, "SELECT current_setting('listen_addresses') AS addresses"));

    expect(rows).toEqual([{ addresses: '' }]);
  });

  it('starts where the path is too long for a socket', async () => {
    dataDirectory = join(folder, 'deep'.repeat(30), 'data');
    startedBefore();

    const rows = await using(await start(), (url) => query(url, 'SELECT 1 AS one'));

    expect(rows).toEqual([{ one: 1 }]);
  });

  it('starts in a folder that is closed to others, and finds its data there again', async () => {
    chmodSync(folder, 0o700);
    const place = placeFor(dataDirectory, serverUser());
    try {
      await using(await start(), (url) => query(url, 'CREATE TABLE kept AS SELECT 1 AS one'));

      const rows = await using(await start(), (url) => query(url, 'SELECT one FROM kept'));

      expect(rows).toEqual([{ one: 1 }]);
      if (process.getuid?.() === 0) expect(log.mock.calls.flat()[0]).toContain(place);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  it('refuses a second process on the same data, in plain words', async () => {
    startedBefore();
    const writer = await startWriter();
    await writer.untilCommits(1);

    const second = start();

    await expect(second).rejects.toThrow(`in use by process ${writer.process.pid}. Stop that one first`);
    await writer.kill();
  });

  it('is joined by a command beside a running server, which goes on when the command ends', async () => {
    startedBefore();
    const writer = await startWriter();
    await writer.untilCommits(1);

    const joined = await joinEmbeddedPostgres({ dataDirectory, log });
    const [{ count: before } = {}] = await query(joined.url, 'SELECT count(*)::int AS count FROM one');
    await joined.stop();
    await writer.untilCommits(writer.commits().length + 20);

    expect(before).toBeGreaterThan(0);
    await writer.kill();
    await using(await joinEmbeddedPostgres({ dataDirectory, log }), async (url) => {
      expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  it('takes over what a killed process left behind: every commit it acknowledged, and nothing half done', async () => {
    startedBefore();
    const acknowledged: number[] = [];
    for (const commits of [50, 120, 300]) {
      const writer = await startWriter();
      await writer.untilCommits(commits);
      await writer.kill();
      acknowledged.push(...writer.commits());
    }

    const database = await start();
    const one = await query(database.url, 'SELECT n FROM one ORDER BY n');
    const other = await query(database.url, 'SELECT n FROM other ORDER BY n');
    await database.stop();

    expect(other).toEqual(one);
    const left = [...one.map((row) => row.n)];
    for (const n of acknowledged) {
      const index = left.indexOf(n);
      expect(index).not.toBe(-1);
      left.splice(index, 1);
    }
  });

  it('does not take a process id that the system gave away again for the earlier owner or server', async () => {
    startedBefore();
    writeFileSync(join(dataDirectory, 'owner'), `${process.pid} 1\n`);
    writeFileSync(join(dataDirectory, 'cluster', 'postmaster.pid'), `${process.pid}\n`);

    const rows = await using(await start(), (url) => query(url, 'SELECT 1 AS one'));

    expect(rows).toEqual([{ one: 1 }]);
  });

  it('makes a new cluster over one that was killed while it was being made', async () => {
    mkdirSync(join(dataDirectory, 'cluster.new'), { recursive: true });
    writeFileSync(join(dataDirectory, 'cluster.new', 'PG_VERSION'), '18\n');

    const rows = await using(await start(), (url) => query(url, 'SELECT 1 AS one'));

    expect(rows).toEqual([{ one: 1 }]);
  });

  it('fails with the end of the log when the data is broken, and again, not waiting for ever', async () => {
    startedBefore();
    writeFileSync(join(dataDirectory, 'cluster', 'global', 'pg_control'), 'broken');

    const attempts = [await start().catch(String), await start().catch(String)];

    expect(attempts[0]).toMatch(/did not start[^]*pg_control/);
    expect(attempts[1]).toMatch(/did not start[^]*pg_control/);
  });

  it('gives up when it is not ready in time, and starts the next time', async () => {
    startedBefore();

    const attempt = startEmbeddedPostgres({ dataDirectory, log, startTimeout: 0 });

    await expect(attempt).rejects.toThrow('did not become ready in time');
    await using(await start(), async () => {});
  });
});

/** What a first start leaves behind, without the second it takes to make it. */
function startedBefore(): void {
  mkdirSync(dirname(dataDirectory), { recursive: true });
  execFileSync('cp', ['-a', join(template, 'data'), dataDirectory]);
}

function start(): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDirectory, log });
}

async function using<T>(database: EmbeddedPostgres, act: (url: string) => Promise<T>): Promise<T> {
  try {
    return await act(database.url);
  } finally {
    await database.stop();
  }
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await openConnection(url, { poolSize: 1 });
  try {
    return await connection.query(sql);
  } finally {
    await connection.close();
  }
}

interface Writer {
  process: ChildProcessByStdio<null, Readable, null>;
  commits(): number[];
  untilCommits(count: number): Promise<void>;
  kill(): Promise<void>;
}

async function startWriter(): Promise<Writer> {
  const child = spawn(process.execPath, [join(testing, 'run-typescript.cjs'), join(testing, 'embedded-writer.ts'), dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const commits: number[] = [];
  let heard = (): void => {};
  createInterface(child.stdout).on('line', (line) => {
    commits.push(Number(line));
    heard();
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  return {
    process: child,
    commits: () => commits,
    untilCommits: (count) => new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error('The writer ended early.')));
      heard = () => {
        if (commits.length >= count) resolve();
      };
      heard();
    }),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
