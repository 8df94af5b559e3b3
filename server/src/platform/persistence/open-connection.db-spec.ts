import { describeOnEachEngine } from '../../../testing/databases.js';
import { DomainError } from '../../kernel/errors.js';
import { QueryFailed, UniqueViolation } from './database-errors.js';
import type { Connection } from './database.js';
import { openConnection } from './open-connection.js';
import { portable } from './sql.js';

describeOnEachEngine('a connection', ({ open }) => {
  let connection: Connection;
  let url: string;
  const sql = (text: string): string => portable(connection.engine, text);

  beforeAll(async () => {
    const database = await open();
    ({ connection, url } = database);
    const moment = connection.engine === 'mysql' ? 'DATETIME' : 'timestamp(0) without time zone';
    await connection.execute(
      `CREATE TABLE person (login VARCHAR(50) NOT NULL PRIMARY KEY, name VARCHAR(50), room VARCHAR(5), born ${moment}, birthday DATE, points BIGINT)`,
    );
    await connection.execute('CREATE UNIQUE INDEX person_name_room ON person (name, room)');
  });
  beforeEach(async () => {
    await connection.execute('DELETE FROM person');
  });

  const add = (login: string, name: string | null = null, room: string | null = null): Promise<number> =>
    connection.execute(sql('INSERT INTO person (login, name, room) VALUES (?, ?, ?)'), [login, name, room]);

  it('gives back every script as it was stored', async () => {
    const name = "Zoë O'Brien \\ 👩‍💻 Ωμέγα 山田 مريم";

    await add('zoe', name);

    expect(await connection.query(sql('SELECT name FROM person WHERE name = ?'), [name])).toEqual([{ name }]);
  });

  it('stores and reads dates as UTC, whatever the zone of the process', async () => {
    const born = new Date('2026-03-29T01:30:00Z');

    await connection.execute(sql('INSERT INTO person (login, born) VALUES (?, ?)'), ['anna', born]);

    const text = connection.engine === 'mysql' ? 'DATE_FORMAT(born, \'%Y-%m-%d %H:%i:%s\')' : 'born::text';
    expect(await connection.query(`SELECT born, ${text} AS stored FROM person`)).toEqual([
      { born, stored: '2026-03-29 01:30:00' },
    ]);
  });

  it('reads a day without a time as it is stored', async () => {
    await connection.execute(sql('INSERT INTO person (login, birthday) VALUES (?, ?)'), ['anna', '1980-02-29']);

    expect(await connection.query('SELECT birthday FROM person')).toEqual([{ birthday: '1980-02-29' }]);
  });

  it('reads big integers as numbers while they are exact, and as text beyond', async () => {
    await connection.execute(sql('INSERT INTO person (login, points) VALUES (?, ?)'), ['a', 42]);
    await connection.execute(sql('INSERT INTO person (login, points) VALUES (?, ?)'), ['b', '9007199254740993']);

    const rows = await connection.query('SELECT points FROM person ORDER BY login');

    expect(rows).toEqual([{ points: 42 }, { points: '9007199254740993' }]);
    expect(await connection.query('SELECT COUNT(*) AS people FROM person')).toEqual([{ people: 2 }]);
  });

  it('counts the rows that a statement touched, also those it did not change', async () => {
    await add('anna', 'Anna');
    await add('bea', 'Bea');

    expect(await connection.execute(sql('UPDATE person SET room = ?'), [null])).toBe(2);
    expect(await connection.execute(sql('DELETE FROM person WHERE login = ?'), ['anna'])).toBe(1);
  });

  it('runs in UTC, READ COMMITTED, and refuses text that does not fit', async () => {
    const isolation =
      connection.engine === 'mysql'
        ? `SELECT @@tx_isolation AS level, @@time_zone AS zone`
        : `SELECT current_setting('transaction_isolation') AS level, current_setting('TimeZone') AS zone`;

    const [session] = await connection.query<{ level: string; zone: string }>(isolation);

    expect(session?.level.toUpperCase().replace('-', ' ')).toBe('READ COMMITTED');
    expect(session?.zone).toMatch(/UTC|\+00:00/);
    await expect(add('anna', 'Anna', 'too long')).rejects.toThrow(QueryFailed);
  });

  it('names the index and the columns of a value that is taken', async () => {
    await add('anna', 'Anna', '1.01');

    const byIndex: unknown = await add('bea', 'Anna', '1.01').catch((error: unknown) => error);
    const byKey: unknown = await add('anna').catch((error: unknown) => error);

    expect(byIndex).toBeInstanceOf(UniqueViolation);
    expect(byIndex).toMatchObject({ constraint: 'person_name_room', columns: ['name', 'room'] });
    expect(byKey).toBeInstanceOf(UniqueViolation);
    expect(byKey).toMatchObject({ columns: ['login'] });
  });

  it('shows no value in an error, nor anywhere inside it', async () => {
    await add('geheim');
    const failures: unknown[] = [
      await add('geheim').catch((error: unknown) => error),
      await add('other', null, 'geheim!').catch((error: unknown) => error),
      await connection.query(sql('SELECT nothing FROM person WHERE login = ?'), ['geheim']).catch((error: unknown) => error),
    ];

    for (const failure of failures) {
      if (!(failure instanceof Error)) throw new Error('nothing was refused');
      expect(JSON.stringify({ ...failure, message: failure.message, cause: failure.cause })).not.toContain('geheim');
    }
  });

  it('refuses what a driver would spread into SQL of its own', async () => {
    await expect(connection.query(sql('SELECT login FROM person WHERE login = ?'), [{ login: 1 }])).rejects.toThrow(
      /plain values/,
    );
    await expect(connection.query(sql('SELECT login FROM person WHERE login = ?'), [['a', 'b']])).rejects.toThrow(
      /plain values/,
    );
  });

  it('keeps a transaction together: nothing of it is seen before the commit, and nothing after a rollback', async () => {
    const transaction = await connection.begin();
    await transaction.database.execute(sql('INSERT INTO person (login) VALUES (?)'), ['anna']);
    const before = await connection.query('SELECT login FROM person');
    await transaction.commit();
    const second = await connection.begin();
    await second.database.execute(sql('INSERT INTO person (login) VALUES (?)'), ['bea']);
    await second.rollback();

    expect(before).toEqual([]);
    expect(await connection.query('SELECT login FROM person')).toEqual([{ login: 'anna' }]);
  });

  it('ends a statement on the server when its caller gives up, and the connection serves the next one', async () => {
    const single = await openConnection(url, { poolSize: 1 });
    const sleep = single.engine === 'mysql' ? 'SELECT SLEEP(20) AS slept' : 'SELECT pg_sleep(20) AS slept';
    const controller = new AbortController();
    const sleeping = single.query(sleep, [], controller.signal);
    await until(async () => (await sleepers(connection)) === 1);
    const begun = performance.now();

    controller.abort(new Error('gave up'));

    await expect(sleeping).rejects.toThrow('gave up');
    expect(await single.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    // the statement itself would sleep for twenty seconds
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(await sleepers(connection)).toBe(0);
    await single.close();
  });

  it('frees a caller who waits for a connection, and the pool goes on', async () => {
    const single = await openConnection(url, { poolSize: 1 });
    const transaction = await single.begin();

    await expect(single.query('SELECT 1 AS one', [], AbortSignal.timeout(50))).rejects.toThrow(/timeout/i);
    await transaction.rollback();

    expect(await single.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await single.close();
  });

  it('refuses a signal that has fired already', async () => {
    await expect(connection.query('SELECT 1 AS one', [], AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });

  it('says that the database is unavailable when a statement takes longer than allowed', async () => {
    const impatient = await openConnection(url, { poolSize: 1, statementTimeoutMs: 200 });
    const sleep =
      impatient.engine === 'mysql'
        ? 'SELECT COUNT(*) AS n FROM information_schema.columns a, information_schema.columns b, information_schema.columns c'
        : 'SELECT pg_sleep(20) AS slept';

    await expect(impatient.query(sleep)).rejects.toMatchObject({ code: 'database.unavailable' });
    await impatient.close();
  });

  it('says that the database is unavailable when the server drops the connection in mid-statement, and recovers', async () => {
    const single = await openConnection(url, { poolSize: 1 });
    const sleep = single.engine === 'mysql' ? 'SELECT SLEEP(20) AS slept' : 'SELECT pg_sleep(20) AS slept';
    const sleeping = single.query(sleep).catch((error: unknown) => error);
    await until(async () => (await sleepers(connection)) === 1);

    await killSleepers(connection);

    expect(await sleeping).toBeInstanceOf(DomainError);
    expect(await sleeping).toMatchObject({ code: 'database.unavailable' });
    expect(await single.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await single.close();
  });

  it('does not lend connections that the server has closed meanwhile', async () => {
    const pool = await openConnection(url, { poolSize: 3 });
    const three = (): Promise<unknown[]> => Promise.all([1, 2, 3].map(() => pool.query('SELECT 1 AS one')));
    await three();

    await closeOthers(connection);
    await until(async () => (await others(connection)).length === 0);
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(await three()).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]]);
    await pool.close();
  });

  it('says what cannot be opened, without user and password', async () => {
    const wrong = new URL(url.replace('@/', '@localhost/'));
    wrong.pathname = '/no_such_database';
    const failure: unknown = await openConnection(wrong.href).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'database.unavailable' });
    expect(String(failure)).toContain('no_such_database');
    expect(String(failure)).not.toContain(decodeURIComponent(wrong.password || 'p@w'));
  });
});

describe('a server that is not there', () => {
  it.each(['mysql://a:geheim@127.0.0.1:1/x', 'postgres://a:geheim@127.0.0.1:1/x', 'postgres://a:geheim@/x?host=/nowhere'])(
    'is said to be unavailable: %s',
    async (url) => {
      const failure: unknown = await openConnection(url).catch((error: unknown) => error);

      expect(failure).toMatchObject({ code: 'database.unavailable' });
      expect(String(failure)).not.toContain('geheim');
    },
  );
});

async function sleepers(connection: Connection): Promise<number> {
  const [row] = await connection.query<{ sleepers: number }>(
    connection.engine === 'mysql'
      ? "SELECT COUNT(*) AS sleepers FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'SELECT SLEEP(20)%'"
      : "SELECT COUNT(*) AS sleepers FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep(20)%'",
  );
  return row?.sleepers ?? 0;
}

async function killSleepers(connection: Connection): Promise<void> {
  if (connection.engine === 'postgres') {
    await connection.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(20)%'",
    );
    return;
  }
  const rows = await connection.query<{ id: number }>(
    "SELECT id AS id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'SELECT SLEEP(20)%'",
  );
  for (const { id } of rows) await connection.execute(`KILL CONNECTION ${id}`);
}

/** Sessions in this database that belong to other pools, and are idle. */
async function others(connection: Connection): Promise<number[]> {
  const rows = await connection.query<{ id: number }>(
    connection.engine === 'mysql'
      ? "SELECT id AS id FROM information_schema.processlist WHERE db = DATABASE() AND command = 'Sleep' AND id > CONNECTION_ID()"
      : "SELECT pid AS id FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle' AND pid <> pg_backend_pid() AND query = 'SELECT 1 AS one'",
  );
  return rows.map(({ id }) => id);
}

async function closeOthers(connection: Connection): Promise<void> {
  for (const id of await others(connection)) {
    await (connection.engine === 'mysql'
      ? connection.execute(`KILL CONNECTION ${id}`)
      : connection.query('SELECT pg_terminate_backend($1)', [id]));
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
