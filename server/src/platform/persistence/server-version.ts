import type { Database } from './database.js';

/** Oldest servers with what we need of them: SKIP LOCKED, and on the MySQL family utf8mb4 keys of full length. */
const oldest = { MariaDB: '10.6', MySQL: '8.0', PostgreSQL: '12.0' };

export async function faultsOfServer(database: Database): Promise<string[]> {
  const [row] = await database.query<{ version: string; encoding: string }>(
    database.engine === 'mysql'
      ? "SELECT VERSION() AS version, 'each table has its own' AS encoding"
      : "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding",
  );
  return [...faultsOfVersion(database.engine, row?.version ?? ''), ...faultsOfEncoding(database.engine, row?.encoding ?? '')];
}

function faultsOfEncoding(engine: Database['engine'], encoding: string): string[] {
  if (engine === 'mysql' || encoding === 'UTF8') return [];
  return [`the database is encoded in ${encoding}: it must be made with UTF8 to hold every script`];
}

export function faultsOfVersion(engine: Database['engine'], version: string): string[] {
  const product = engine === 'postgres' ? 'PostgreSQL' : /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
  const [major = 0, minor = 0] = version.replace(/^5\.5\.5-/, '').split(/[.\s-]/).map(Number);
  const [leastMajor = 0, leastMinor = 0] = oldest[product].split('.').map(Number);
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return isEnough ? [] : [`${product} ${version} is too old: ${oldest[product]} or newer is needed`];
}
