import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCluster, endPreviousServer, readPassword, readStatus, serverEnvironment, userName } from './embedded-postgres-cluster.js';
import { spawnGuarded, tailOf, type GuardedServer, type ServerUser } from './embedded-postgres-guard.js';
import { DirectoryInUse, takeOwnership } from './embedded-postgres-lock.js';
import { findBinaries, makePrivateDirectory, placeFor, serverUser } from './embedded-postgres-place.js';
import { freePort } from './embedded-postgres-port.js';

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

/** Small on purpose: about 30 MB of memory, and no replication, which nobody asks of an embedded database. */
const settings = [
  'shared_buffers=64MB', 'max_connections=40', 'max_wal_size=256MB', 'wal_level=minimal', 'max_wal_senders=0',
  // A failed statement is ours to report; its text may hold personal data.
  'log_min_error_statement=panic', 'unix_socket_permissions=0700',
];
/** Unix socket paths hold 104 bytes on macOS and 108 on Linux; PostgreSQL appends its own file name. */
const socketPathLimit = 104 - '/.s.PGSQL.5432.lock'.length;
const logSizeLimit = 10 * 1024 * 1024;
const standardTimeout = 30_000;

/**
 * Starts the packaged PostgreSQL on a data directory, made when missing, and answers with the way to connect. It is
 * reachable by a private socket only, and shuts down in order when this process ends, however it ends. Throws
 * `DirectoryInUse` when another process runs it already.
 */
export async function startEmbeddedPostgres({ dataDirectory, log, startTimeout = standardTimeout }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = serverUser();
  const place = placeFor(dataDirectory, user);
  if (place !== resolve(dataDirectory)) {
    log(`The embedded database is kept in ${place}: its own user cannot reach ${dataDirectory}.`);
  }
  makePrivateDirectory(place, user);
  const owner = takeOwnership(place);
  try {
    const deadline = performance.now() + startTimeout;
    const bin = findBinaries(user);
    const cluster = join(place, 'cluster');
    const password = readPassword(place, user);
    if (!existsSync(cluster)) {
      log('Creating the embedded database.');
      await createCluster({ bin, place, cluster, user });
    }
    await endPreviousServer(cluster, deadline);
    const { server, removeSocket } = await startServer({ bin, place, cluster, user, deadline });
    return {
      url: addressOf(cluster, password),
      stop: async () => {
        await server.stop();
        removeSocket();
        owner.release();
      },
    };
  } catch (error) {
    owner.release();
    throw error;
  }
}

/** The same for a command beside a running server: joins the database that the other process runs, or starts it itself. */
export async function joinEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const deadline = performance.now() + (options.startTimeout ?? standardTimeout);
  for (;;) {
    try {
      return await startEmbeddedPostgres(options);
    } catch (error) {
      if (!(error instanceof DirectoryInUse) || performance.now() > deadline) throw error;
    }
    const user = serverUser();
    const place = placeFor(options.dataDirectory, user);
    const cluster = join(place, 'cluster');
    if (readStatus(cluster)?.isReady === true) {
      return { url: addressOf(cluster, readPassword(place, user)), stop: () => Promise.resolve() };
    }
    await pause(50);
  }
}

interface Start { bin: string; place: string; cluster: string; user: ServerUser; deadline: number }

async function startServer({ bin, place, cluster, user, deadline }: Start): Promise<{ server: GuardedServer; removeSocket: () => void }> {
  const logFile = join(place, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > logSizeLimit) renameSync(logFile, `${logFile}.1`);
  const socket = await chooseSocket(cluster, user);
  const args = ['-D', cluster, ...socket.args, ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawnGuarded(join(bin, 'postgres'), args, { logFile, user, stopSignal: 'INT', env: serverEnvironment() });
  for (;;) {
    if (server.ended() !== null) {
      socket.remove();
      throw new Error(`The embedded database did not start (${server.ended()}). Its log ends with:\n${tailOf(logFile)}`);
    }
    if (readStatus(cluster)?.isReady === true) return { server, removeSocket: () => socket.remove() };
    if (performance.now() > deadline) {
      await server.stop();
      socket.remove();
      throw new Error(`The embedded database did not become ready in time. Its log ends with:\n${tailOf(logFile)}`);
    }
    await pause(10);
  }
}

async function chooseSocket(cluster: string, user: ServerUser): Promise<{ args: string[]; remove(): void }> {
  // PostgreSQL has no sockets in the file system there.
  if (process.platform === 'win32') return { args: ['-h', '127.0.0.1', '-p', String(await freePort())], remove: () => {} };
  if (Buffer.byteLength(cluster) <= socketPathLimit) return { args: ['-h', '', '-k', cluster], remove: () => {} };
  const parent = Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp';
  const directory = mkdtempSync(join(parent, 'clientele-'));
  makePrivateDirectory(directory, user);
  return { args: ['-h', '', '-k', directory], remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function addressOf(cluster: string, password: string): string {
  const { port = '', socketDirectory = '', listenAddress = '' } = readStatus(cluster) ?? {};
  const [host, query] = socketDirectory === '' ? [`${listenAddress}:${port}`, ''] : ['', `?host=${encodeURIComponent(socketDirectory)}`];
  return `postgres://${userName}:${password}@${host}/postgres${query}`;
}
