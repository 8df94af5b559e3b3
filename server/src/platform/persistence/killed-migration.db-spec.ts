import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { helpdeskTables } from '../../../../migrations/helpdesk-tables.js';
import { jobTables } from '../../../../migrations/job-tables.js';
import { ownTables } from '../../../../migrations/own-tables.js';
import { describeOnEachEngine } from '../../../testing/databases.js';
import type { Connection } from './database.js';
import { prepareDatabase } from './migrate.js';

const testing = join(__dirname, '../../../testing');
/** On PostgreSQL nothing is seen before the commit: then the time decides. */
const longestWatchMs = 400;

describeOnEachEngine('a process that is killed while it makes the tables', ({ open }) => {
  it.each([1, 9, 22])('with %d of them made, leaves a database that the next one completes', async (count) => {
    const database = await open();
    await killMigratorAt(database.url, database.connection, count);

    const report = await prepareDatabase(database.connection);

    expect(report.tables).toBe('made');
    expect(await tablesOf(database.connection)).toEqual(
      [...helpdeskTables, ...ownTables, ...jobTables].map(({ name }) => name).concat('clientele_change', 'clientele_migrations').sort(),
    );
    expect(await database.connection.query('SELECT COUNT(*) AS buckets FROM clientele_lock')).toEqual([{ buckets: 1024 }]);
    expect(await database.connection.query('SELECT COUNT(*) AS rows_of_it FROM valid')).toEqual([{ rows_of_it: 3 }]);
    await expect(
      database.connection.execute(
        "INSERT INTO queue (name, group_id, valid_id, create_time, create_by, change_time, change_by) VALUES ('x', 99, 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)",
      ),
    ).rejects.toThrow(/FOREIGN|NO_REFERENCED_ROW|23503/i);
    await database.drop();
  });
});

async function killMigratorAt(url: string, connection: Connection, count: number): Promise<void> {
  const child = spawn(process.execPath, [join(testing, 'run-typescript.cjs'), join(testing, 'killed-migrator.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  const end = performance.now() + longestWatchMs;
  while ((await tablesOf(connection)).length < count && performance.now() < end) await pause(2);
  child.kill('SIGKILL');
  await ended;
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const rows = await connection.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = ${connection.engine === 'mysql' ? 'DATABASE()' : 'current_schema()'}`,
  );
  return rows.map(({ name }) => name).sort();
}
