import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../src/platform/persistence/embedded-postgres-port.js';
import { spawnGuarded, tailOf, type GuardedServer } from '../src/platform/persistence/embedded-postgres-guard.js';

export interface TestRedis {
  readonly url: string;
  /** All that is in it, keys and values. */
  contents(): Promise<Readonly<Record<string, string | null>>>;
  /** As if the machine were gone; what was in it is lost. */
  kill(): Promise<void>;
  /** Again on the same port, empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A private Redis of the system's package, without a file of its own, on a free loopback port. */
export async function startRedis(): Promise<TestRedis> {
  const server = find();
  const directory = mkdtempSync(join(tmpdir(), `clientele-test-${process.pid}-redis-`));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let running: GuardedServer | null = null;

  const start = async (): Promise<void> => {
    const logFile = join(directory, 'redis.log');
    const begun = spawnGuarded(server, [
      '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory,
    ], { logFile, user: {}, stopSignal: 'TERM' });
    running = begun;
    const deadline = performance.now() + 30_000;
    while (!(await answers(url))) {
      if (begun.ended() !== null || performance.now() > deadline) {
        await begun.stop();
        throw new Error(`Redis did not start. Its log ends with:\n${tailOf(logFile)}`);
      }
      await pause(20);
    }
  };
  const kill = async (): Promise<void> => {
    await running?.stop();
    running = null;
  };
  await start();
  return {
    url,
    start,
    kill,
    contents: () => withClient(url, async (client) => {
      const keys = await client.keys('*');
      return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await client.get(key)] as const)));
    }),
    stop: async () => {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function answers(url: string): Promise<boolean> {
  return withClient(url, (client) => client.ping().then(() => true)).catch(() => false);
}

async function withClient<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, enableOfflineQueue: false, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}

function find(): string {
  const candidates = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`Redis is missing (looked for ${candidates.join(', ')}). Install it: apt-get install redis-server`);
  return found;
}
