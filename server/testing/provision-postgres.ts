import { execFile } from 'node:child_process';
import { chownSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnGuarded, tailOf } from '../src/platform/persistence/embedded-postgres-guard.js';
import { makePrivateDirectory, serverUser } from '../src/platform/persistence/embedded-postgres-place.js';
import { onFreePort } from './provision-port.js';
import type { TestServer } from './provision-servers.js';

const password = 'postgres-test-password';

/** A private PostgreSQL of the system's own package in a temporary folder, on a free loopback port. */
export async function startPostgres(directory: string): Promise<TestServer> {
  const bin = findBinaries();
  const user = serverUser();
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  makePrivateDirectory(directory, user);
  writeFileSync(passwordFile, password);
  if (user.uid !== undefined && user.gid !== undefined) chownSync(passwordFile, user.uid, user.gid);
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  await promisify(execFile)(join(bin, 'initdb'), [
    '-D', data, '-U', 'clientele', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync',
  ], { ...user, cwd: '/', env });

  return onFreePort(async (port) => {
    const logFile = join(directory, 'postgres.log');
    const process = spawnGuarded(join(bin, 'postgres'), [
      '-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', '', '-c', 'max_connections=300', '-c', 'shared_buffers=64MB', '-c', 'fsync=off',
    ], { logFile, user, stopSignal: 'INT', env });
    const deadline = performance.now() + 60_000;
    while (!isReady(join(data, 'postmaster.pid'))) {
      if (process.ended() !== null || performance.now() > deadline) {
        await process.stop();
        throw new Error(`PostgreSQL did not start. Its log ends with:\n${tailOf(logFile)}`);
      }
      await pause(20);
    }
    return { url: `postgres://clientele:${password}@127.0.0.1:${port}/postgres`, stop: () => process.stop() };
  });
}

/** Line 8 of the pid file says how the server is doing. */
function isReady(pidFile: string): boolean {
  return existsSync(pidFile) && readFileSync(pidFile, 'utf8').split('\n')[7]?.trim() === 'ready';
}

function findBinaries(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const candidates = [...versions.map((version) => join(debian, version, 'bin')), '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];
  const found = candidates.find((bin) => existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')));
  if (found === undefined) {
    throw new Error(`PostgreSQL is missing (looked in ${debian}/*/bin). Install it: apt-get install postgresql`);
  }
  return found;
}
