import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/platform/persistence/embedded-postgres.js';
import { stateOf } from '../src/platform/persistence/embedded-postgres-processes.js';
import { startMariadb } from './provision-mariadb.js';
import { startPostgres } from './provision-postgres.js';

export interface TestServer {
  /** Of the server's own default database; another database is reached by replacing the name. */
  readonly url: string;
  stop(): Promise<void>;
}
export type TestServerUrls = Record<'embedded' | 'mariadb' | 'postgres', string>;

const prefix = 'clientele-test-';

/** One set of servers in one process, however often it is asked for. Kept on globalThis: setup and teardown load separately. */
interface Running { urls: Promise<TestServerUrls>; stop(): Promise<void> }
const holder: typeof globalThis & { clienteleTestServers?: Running | undefined } = globalThis;

export function startTestServers(): Promise<TestServerUrls> {
  holder.clienteleTestServers ??= start();
  return holder.clienteleTestServers.urls;
}

export async function stopTestServers(): Promise<void> {
  const running = holder.clienteleTestServers;
  holder.clienteleTestServers = undefined;
  await running?.stop();
}

function start(): Running {
  sweep();
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // The servers' own user passes through on its way to its data.
  chmodSync(directory, 0o711);
  const servers = Promise.allSettled([
    startEmbeddedPostgres({ dataDirectory: join(directory, 'embedded'), log: () => {} }),
    startMariadb(join(directory, 'mariadb')),
    startPostgres(join(directory, 'postgres')),
  ]);

  const stop = async (): Promise<void> => {
    const results = await servers;
    await Promise.all(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.stop()] : [])));
    rmSync(directory, { recursive: true, force: true });
  };
  const urls = servers.then(async (results): Promise<TestServerUrls> => {
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    const [embedded, mariadb, postgres] = results;
    if (embedded.status === 'fulfilled' && mariadb.status === 'fulfilled' && postgres.status === 'fulfilled') {
      return { embedded: embedded.value.url, mariadb: mariadb.value.url, postgres: postgres.value.url };
    }
    await stop();
    throw new Error(failures.map(String).join('\n'));
  });
  return { urls, stop };
}

/** Folders of our own runs that were killed. Their servers ended by themselves. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    const folder = join(tmpdir(), name);
    const isOurs = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
    if (isOurs && stateOf(pid) !== 'running') rmSync(folder, { recursive: true, force: true });
  }
}
