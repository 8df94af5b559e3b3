import { randomBytes } from 'node:crypto';
import type { Connection } from '../src/platform/persistence/database.js';
import { openConnection } from '../src/platform/persistence/open-connection.js';

export type EngineName = 'embedded' | 'mariadb' | 'postgres';
export const engineNames: readonly EngineName[] = ['embedded', 'mariadb', 'postgres'];

export interface TestDatabase {
  readonly engine: EngineName;
  readonly url: string;
  readonly connection: Connection;
  drop(): Promise<void>;
}

export interface EngineContext {
  readonly engine: EngineName;
  /** A fresh, empty database on this engine's server; what a suite leaves open is dropped when the suite ends. */
  open(): Promise<TestDatabase>;
}

/** The same suite on every engine we serve, each on a real server that global-setup started. */
export function describeOnEachEngine(title: string, suite: (context: EngineContext) => void): void {
  describe.each(engineNames)(`${title} (%s)`, (engine) => {
    const opened = new Set<TestDatabase>();

    suite({
      engine,
      open: async () => {
        const database = await openTestDatabase(engine);
        opened.add(database);
        return database;
      },
    });

    // Behind the suite's own, which close what still uses the databases: hooks run in the order they are named.
    afterAll(async () => {
      for (const database of opened) await database.drop();
    });
  });
}

export async function openTestDatabase(engine: EngineName): Promise<TestDatabase> {
  const serverUrl = urlOf(engine);
  const name = `clientele_${randomBytes(6).toString('hex')}`;
  await administer(serverUrl, engine === 'mariadb'
    ? `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`
    : `CREATE DATABASE ${name}`);
  const url = withDatabase(serverUrl, name);
  const connection = await openConnection(url);
  let isDropped = false;
  return {
    engine,
    url,
    connection,
    drop: async () => {
      if (isDropped) return;
      isDropped = true;
      await connection.close();
      await administer(serverUrl, engine === 'mariadb' ? `DROP DATABASE ${name}` : `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const connection = await openConnection(serverUrl, { poolSize: 1 });
  try {
    await connection.query(statement);
  } finally {
    await connection.close();
  }
}

function urlOf(engine: EngineName): string {
  const text = process.env.CLIENTELE_TEST_SERVERS;
  if (text === undefined) throw new Error('No test servers: this suite belongs into a jest project with the global setup (database, http, e2e).');
  const urls = JSON.parse(text) as Record<EngineName, string>;
  return urls[engine];
}

/** The URL of a socket has no host, which `new URL` refuses; hence by pattern. */
function withDatabase(url: string, name: string): string {
  return url.replace(/^([a-z]+:\/\/[^/]*)\/[^?]*/, `$1/${name}`);
}
