import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Engine } from './database.js';

/** Where a database is and how to get in. Never shown as a whole: it holds the password. */
export interface DatabaseAddress {
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  /** Folder of the socket on PostgreSQL, the socket file on the MySQL family; `null`: TCP. */
  readonly socket: string | null;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** `null`: not encrypted. */
  readonly tls: { readonly rejectUnauthorized: boolean; readonly ca: string | undefined } | null;
}

const engines: Readonly<Record<string, { engine: Engine; port: number }>> = {
  'mysql:': { engine: 'mysql', port: 3306 },
  'mariadb:': { engine: 'mysql', port: 3306 },
  'postgres:': { engine: 'postgres', port: 5432 },
  'postgresql:': { engine: 'postgres', port: 5432 },
};

const Parameters = z.strictObject({
  host: z.string().optional(),
  socket: z.string().optional(),
  sslmode: z.enum(['disable', 'require', 'verify-full']).default('disable'),
  sslrootcert: z.string().optional(),
});

/**
 * Reads `mysql://`, `mariadb://` and `postgres://` addresses. Parameters: `host` (PostgreSQL) or `socket` (MySQL
 * family) for a Unix socket, `sslmode` = `disable`, `require` (encrypted, certificate not checked) or `verify-full`,
 * `sslrootcert` a file. Errors name what is wrong and never quote the address.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const url = parse(text);
  const known = engines[url.protocol];
  if (!known) throw new Error('the database address must begin with mysql://, mariadb:// or postgres://');
  const database = decoded(url.pathname.slice(1), 'database name');
  if (database === '') throw new Error('the database address names no database: …/name is missing');
  const parameters = parametersOf(url);
  return {
    engine: known.engine,
    host: decoded(url.hostname, 'host').replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: url.port === '' ? known.port : Number(url.port),
    socket: (known.engine === 'postgres' ? parameters.host : parameters.socket) ?? null,
    user: decoded(url.username, 'user'),
    password: decoded(url.password, 'password'),
    database,
    tls:
      parameters.sslmode === 'disable'
        ? null
        : {
            rejectUnauthorized: parameters.sslmode === 'verify-full',
            ca: parameters.sslrootcert === undefined ? undefined : readFileSync(parameters.sslrootcert, 'utf8'),
          },
  };
}

/** For messages: engine, host and database, no user and no password. */
export function describeAddress(address: DatabaseAddress): string {
  const place = address.socket ?? `${address.host}:${address.port}`;
  return `${address.engine} database ${address.database} at ${place}`;
}

/** WHATWG refuses `user:password@/name`, which is how PostgreSQL writes an address by socket. */
function parse(text: string): URL {
  try {
    return new URL(text.replace(/^([a-z]+:\/\/[^/?#]*@)(?=[/?#])/i, '$1localhost'));
  } catch {
    throw new Error('the database address is not a URL (special characters in the password must be written as %XX)');
  }
}

function decoded(part: string, name: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error(`the ${name} in the database address has a % that is not followed by two hex digits`);
  }
}

function parametersOf(url: URL): z.infer<typeof Parameters> {
  const read = Parameters.safeParse(Object.fromEntries(url.searchParams));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
  throw new Error(`the database address has a parameter that is unknown or wrong: ${name}`);
}
