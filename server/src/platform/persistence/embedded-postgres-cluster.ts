import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ServerUser } from './embedded-postgres-guard.js';
import { commandLineOf, stateOf } from './embedded-postgres-processes.js';

export const userName = 'clientele';

/** What the server says of itself in its pid file; the lines are those of PostgreSQL's pidfile.h. */
export interface ServerStatus {
  readonly pid: number;
  readonly port: string;
  readonly socketDirectory: string;
  readonly listenAddress: string;
  readonly isReady: boolean;
}

export function readStatus(cluster: string): ServerStatus | null {
  try {
    const [pid, , , port = '', socketDirectory = '', listenAddress = '', , status = ''] = readFileSync(pidFileOf(cluster), 'utf8').split('\n');
    return { pid: Number(pid), port, socketDirectory, listenAddress, isReady: status.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** The password lives beside the data, readable by its user alone, and is made once. */
export function readPassword(place: string, user: ServerUser): string {
  const file = join(place, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) chownSync(file, user.uid, user.gid);
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** Built beside and renamed, so that a start that is killed here leaves nothing half made behind. */
export async function createCluster({ bin, place, cluster, user }: { bin: string; place: string; cluster: string; user: ServerUser }): Promise<void> {
  const half = `${cluster}.new`;
  rmSync(half, { recursive: true, force: true });
  const args = [
    '-D', half, '-U', userName, '-A', 'scram-sha-256', '--pwfile', join(place, 'password'),
    '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions',
    // One call for all files: syncing them one by one takes seconds on a busy disk.
    ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
    '-L', join(bin, '..', 'share', 'postgresql'),
  ];
  await promisify(execFile)(join(bin, 'initdb'), args, { ...user, cwd: '/', env: serverEnvironment(), timeout: 60_000 });
  renameSync(half, cluster);
}

/**
 * A server of a run that was killed may still be shutting down: it is waited for, then asked to end. A pid file that
 * names a zombie or a stranger's process is removed, as PostgreSQL itself would refuse to start over it.
 */
export async function endPreviousServer(cluster: string, deadline: number): Promise<void> {
  const patienceUntil = performance.now() + 1_000;
  let isAsked = false;
  for (let status = readStatus(cluster); status !== null; status = readStatus(cluster)) {
    const state = stateOf(status.pid);
    if (state === 'gone') return;
    if (state === 'zombie' || !commandLineOf(status.pid).includes(cluster)) {
      rmSync(pidFileOf(cluster), { force: true });
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(`The embedded database of an earlier run (process ${status.pid}) does not end. End it and start again.`);
    }
    if (!isAsked && performance.now() > patienceUntil) {
      process.kill(status.pid, 'SIGINT');
      isAsked = true;
    }
    await pause(25);
  }
}

/** No variable of ours (DATABASE_URL, keys) and none of libpq's (PGDATA, PGPORT) reaches the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: 'C', TZ: 'UTC', HOME: tmpdir() };
}

function pidFileOf(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
