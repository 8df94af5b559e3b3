import mysql from 'mysql2/promise';
import pg from 'pg';
import type { DatabaseAddress } from './database-url.js';

const connectTimeoutMs = 5_000;

/** What both drivers' connections tell of themselves: the number by which the server knows them. */
export interface ServerProcess {
  readonly processID?: number | null;
  readonly threadId?: number | null;
}

/**
 * Stops the statement that runs on another connection, by a connection of its own: the pool may be exhausted by the
 * very statements to be stopped. Never rejects; a server that is gone has stopped by itself.
 */
export async function cancelQuery(address: DatabaseAddress, process: ServerProcess): Promise<void> {
  try {
    await (address.engine === 'postgres'
      ? cancelOnPostgres(address, process.processID)
      : cancelOnMysql(address, process.threadId));
  } catch {
    return;
  }
}

async function cancelOnPostgres(address: DatabaseAddress, processId: number | null | undefined): Promise<void> {
  if (typeof processId !== 'number') return;
  const client = new pg.Client({ ...postgresConnection(address), connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_cancel_backend($1)', [processId]);
  } finally {
    await client.end();
  }
}

async function cancelOnMysql(address: DatabaseAddress, threadId: number | null | undefined): Promise<void> {
  if (typeof threadId !== 'number') return;
  const client = await mysql.createConnection({ ...mysqlConnection(address), connectTimeout: connectTimeoutMs });
  client.on('error', () => {});
  try {
    await client.query(`KILL QUERY ${Math.trunc(threadId)}`);
  } finally {
    await client.end();
  }
}

export function postgresConnection(address: DatabaseAddress) {
  return {
    host: address.socket ?? address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: address.tls ?? false,
  };
}

export function mysqlConnection(address: DatabaseAddress) {
  return {
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    charset: 'utf8mb4_unicode_ci',
    ...(address.socket === null ? {} : { socketPath: address.socket }),
    ...(address.tls === null ? {} : { ssl: address.tls }),
  };
}
