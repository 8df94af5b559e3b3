import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnGuarded, tailOf, type GuardedServer, type ServerUser } from './embedded-postgres-guard.js';
import { takeOwnership } from './embedded-postgres-lock.js';
import { findBinaries, makePrivateDirectory, placeFor, serverUser } from './embedded-postgres-place.js';
import { freePort } from './embedded-postgres-port.js';
import { commandLineOf, stateOf } from './embedded-postgres-processes.js';

export interface EmbeddedPostgres {
  /** Holds the password: never to be logged. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataDirectory: string;
  readonly log: (message: string) => void;
  /** Milliseconds until a start that does not come up is given up. */
  readonly startTimeout?: number;
}

const userName = 'clientele';
const isWindows = process.platform === 'win32';
/** Unix socket paths hold 104 bytes on macOS and 108 on Linux; PostgreSQL appends its own file name. */
const socketPathLimit = 104 - '/.s.PGSQL.5432.lock'.length;
const logSizeLimit = 10 * 1024 * 1024;

/** Small on purpose: about 30 MB of memory, and no replication, which nobody asks of an embedded database. */
const settings = [
  'shared_buffers=64MB', 'max_connections=40', 'max_wal_size=256MB', 'wal_level=minimal', 'max_wal_senders=0',
  // A failed statement is ours to report; its text may hold personal data.
  'log_min_error_statement=panic', 'unix_socket_permissions=0700',
];

/**
 * Starts the packaged PostgreSQL on a data directory, made when missing, and answers with the way to connect. It is
 * reachable by a private socket only, and shuts down in order when this process ends, however it ends.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, startTimeout = 30_000 } = options;
  const user = serverUser();
  const place = placeFor(options.dataDirectory, user);
  if (place !== resolve(options.dataDirectory)) {
    log(`The embedded database is kept in ${place}: its own user cannot reach ${options.dataDirectory}.`);
  }
  makePrivateDirectory(place, user);
  const owner = takeOwnership(place);
  const deadline = performance.now() + startTimeout;
  try {
    const bin = findBinaries(user);
    const cluster = join(place, 'cluster');
    const logFile = join(place, 'postgres.log');
    rotate(logFile);
    const password = readPassword(place, user);
    if (!existsSync(cluster)) {
      log('Creating the embedded database.');
      await createCluster({ bin, place, cluster, user });
    }
    await endPreviousServer(cluster, deadline);
    const socket = await chooseSocket(cluster, user);
    const server = spawnServer({ bin, cluster, logFile, socket, user });
    await untilReady({ server, cluster, logFile, deadline });
    return {
      url: `postgres://${userName}:${password}@${socket.authority}/postgres${socket.query}`,
      stop: async () => {
        await server.stop();
        socket.remove();
        owner.release();
      },
    };
  } catch (error) {
    owner.release();
    throw error;
  }
}

/** The password lives beside the data, readable by its user alone, and is made once. */
function readPassword(place: string, user: ServerUser): string {
  const file = join(place, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) chownSync(file, user.uid, user.gid);
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

interface NewCluster { bin: string; place: string; cluster: string; user: ServerUser }

/** Built beside and renamed, so that a start that is killed here leaves nothing half made behind. */
async function createCluster({ bin, place, cluster, user }: NewCluster): Promise<void> {
  const half = `${cluster}.new`;
  rmSync(half, { recursive: true, force: true });
  const args = [
    '-D', half, '-U', userName, '-A', 'scram-sha-256', '--pwfile', join(place, 'password'),
    '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions',
    // One call for all files: syncing them one by one takes seconds on a busy disk.
    ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []), '-L', join(bin, '..', 'share', 'postgresql'),
  ];
  await promisify(execFile)(join(bin, 'initdb'), args, { ...user, cwd: '/', env: serverEnvironment(), timeout: 60_000 });
  renameSync(half, cluster);
}

/**
 * A server of a run that was killed may still be shutting down: it is waited for, then asked to end. A pid file that
 * names a zombie or a stranger's process is removed, as PostgreSQL itself would refuse to start over it.
 */
async function endPreviousServer(cluster: string, deadline: number): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const patienceUntil = performance.now() + 1_000;
  let isAsked = false;
  while (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    const state = stateOf(pid);
    if (state === 'gone') return;
    if (state === 'zombie' || !commandLineOf(pid).includes(cluster)) {
      rmSync(pidFile, { force: true });
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(`The embedded database of an earlier run (process ${pid}) does not end. End it and start again.`);
    }
    if (!isAsked && performance.now() > patienceUntil) {
      process.kill(pid, 'SIGINT');
      isAsked = true;
    }
    await pause(25);
  }
}

interface SocketPlace { args: string[]; authority: string; query: string; remove(): void }

async function chooseSocket(cluster: string, user: ServerUser): Promise<SocketPlace> {
  if (isWindows) {
    const port = await freePort();
    return { args: ['-h', '127.0.0.1', '-p', String(port)], authority: `127.0.0.1:${port}`, query: '', remove: () => {} };
  }
  const isTooLong = Buffer.byteLength(cluster) > socketPathLimit;
  const directory = isTooLong ? mkdtempSync(join(shortTemporaryDirectory(), 'clientele-')) : cluster;
  if (isTooLong) makePrivateDirectory(directory, user);
  return {
    args: ['-h', '', '-k', directory],
    authority: '',
    query: `?host=${encodeURIComponent(directory)}`,
    remove: () => {
      if (isTooLong) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function shortTemporaryDirectory(): string {
  return Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp';
}

interface ServerStart { bin: string; cluster: string; logFile: string; socket: SocketPlace; user: ServerUser }

function spawnServer({ bin, cluster, logFile, socket, user }: ServerStart): GuardedServer {
  const args = ['-D', cluster, ...socket.args, ...settings.flatMap((setting) => ['-c', setting])];
  return spawnGuarded(join(bin, 'postgres'), args, { logFile, user, stopSignal: 'INT', env: serverEnvironment() });
}

interface Readiness { server: GuardedServer; cluster: string; logFile: string; deadline: number }

/** The server writes how it is doing into line 8 of its pid file (as pg_ctl reads it). */
async function untilReady({ server, cluster, logFile, deadline }: Readiness): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  for (;;) {
    if (server.ended() !== null) {
      throw new Error(`The embedded database did not start (${server.ended()}). Its log ends with:\n${tailOf(logFile)}`);
    }
    if (statusIn(pidFile) === 'ready') return;
    if (performance.now() > deadline) {
      await server.stop();
      throw new Error(`The embedded database did not become ready in time. Its log ends with:\n${tailOf(logFile)}`);
    }
    await pause(10);
  }
}

function statusIn(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').split('\n')[7]?.trim() ?? '';
  } catch {
    return '';
  }
}

/** No variable of ours (DATABASE_URL, keys) and none of libpq's (PGDATA, PGPORT) reaches the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: 'C', TZ: 'UTC', HOME: tmpdir() };
}

function rotate(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > logSizeLimit) renameSync(logFile, `${logFile}.1`);
}
