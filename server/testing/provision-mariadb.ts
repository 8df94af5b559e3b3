import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnGuarded, tailOf } from '../src/platform/persistence/embedded-postgres-guard.js';
import { onFreePort } from './provision-port.js';
import type { TestServer } from './provision-servers.js';

const password = 'mariadb-test-password';

/** A private MariaDB in a temporary folder, on a free loopback port. */
export async function startMariadb(directory: string): Promise<TestServer> {
  const server = find(['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/bin/mariadbd', '/opt/homebrew/bin/mariadbd']);
  const installer = find(['/usr/bin/mariadb-install-db', '/usr/local/bin/mariadb-install-db', '/opt/homebrew/bin/mariadb-install-db']);
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const data = join(directory, 'data');
  mkdirSync(directory, { recursive: true });
  await promisify(execFile)(installer, [
    '--no-defaults', `--datadir=${data}`, ...user, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve',
  ]);
  const initFile = join(directory, 'users.sql');
  writeFileSync(initFile, [
    `CREATE USER IF NOT EXISTS 'clientele'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO 'clientele'@'127.0.0.1' WITH GRANT OPTION;`,
  ].join('\n'));

  return onFreePort(async (port) => {
    const logFile = join(directory, 'mariadb.log');
    const pidFile = join(directory, 'mariadb.pid');
    rmSync(logFile, { force: true });
    const process = spawnGuarded(server, [
      '--no-defaults', ...user, `--datadir=${data}`, `--tmpdir=${directory}`, `--port=${port}`, '--bind-address=127.0.0.1',
      `--socket=${join(directory, 's')}`, `--pid-file=${pidFile}`, `--init-file=${initFile}`,
      '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci', '--skip-log-bin', '--skip-name-resolve',
      '--innodb-buffer-pool-size=64M', '--innodb-log-file-size=32M', '--innodb-flush-log-at-trx-commit=2',
      '--performance-schema=off', '--max-connections=300',
    ], { logFile, user: {}, stopSignal: 'TERM' });
    const deadline = performance.now() + 60_000;
    while (!isReady(logFile)) {
      if (process.ended() !== null || performance.now() > deadline) {
        await process.stop();
        throw new Error(`MariaDB did not start. Its log ends with:\n${tailOf(logFile)}`);
      }
      await pause(20);
    }
    return { url: `mysql://clientele:${password}@127.0.0.1:${port}/mysql`, stop: () => process.stop() };
  });
}

function isReady(logFile: string): boolean {
  return readFileSync(logFile, 'utf8').includes('ready for connections');
}

function find(candidates: readonly string[]): string {
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(`MariaDB is missing (looked for ${candidates.join(', ')}). Install it: apt-get install mariadb-server`);
  }
  return found;
}
