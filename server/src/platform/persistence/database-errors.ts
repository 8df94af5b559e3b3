import { DomainError } from '../../kernel/errors.js';
import type { Engine } from './database.js';

/**
 * A statement that the server refused. The message has the server's code and the statement with its placeholders:
 * what servers say themselves often quotes the values, and those may be secret.
 */
export class QueryFailed extends Error {
  constructor(
    readonly code: string,
    readonly statement: string,
    explanation = '',
  ) {
    super(`${code}${explanation === '' ? '' : ` ${explanation}`}: ${statement}`);
    this.name = new.target.name;
  }
}

/** Two transactions waited for each other, and this one was chosen to give way: it may be run again as a whole. */
export class TransactionDeadlocked extends QueryFailed {}

/** A value that a unique index holds already. `columns` are the index's, in its order; an expression stands as written. */
export class UniqueViolation extends QueryFailed {
  constructor(
    code: string,
    statement: string,
    readonly constraint: string,
    readonly columns: readonly string[],
  ) {
    super(code, statement, `unique ${constraint}`);
  }
}

/** The server cannot be asked, or did not answer in time. `serverCode`: as the server or the network says it, or ''. */
export class DatabaseUnavailable extends DomainError {
  constructor(
    reason: string,
    readonly serverCode: string,
  ) {
    super('database.unavailable', { message: `the database cannot be used now (${reason})` });
  }
}

export function databaseUnavailable(reason: string, serverCode = ''): DatabaseUnavailable {
  return new DatabaseUnavailable(reason, serverCode);
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly constraint: string;
  readonly detail: string;
}

/** Every driver error becomes one of ours; nothing of it is kept that may hold values. */
export function translateDatabaseError(engine: Engine, statement: string, error: unknown): Error {
  const refusal = refusalOf(error);
  if (isUnavailable(engine, refusal)) return databaseUnavailable(refusal.code || 'connection lost', refusal.code);
  if (deadlocks.has(refusal.code)) return new TransactionDeadlocked(refusal.code, statement);
  if (refusal.code === '23505') {
    return new UniqueViolation(refusal.code, statement, refusal.constraint, columnsOfDetail(refusal.detail));
  }
  if (refusal.code === 'ER_DUP_ENTRY') {
    return new UniqueViolation(refusal.code, statement, keyOfMessage(refusal.message), []);
  }
  return new QueryFailed(refusal.code, statement, speaksOfSchema(refusal.code) ? refusal.message : '');
}

const deadlocks: ReadonlySet<string> = new Set(['40001', '40P01', 'ER_LOCK_DEADLOCK']);

/** Refusals about names of tables and columns only: these messages quote no values. */
function speaksOfSchema(code: string): boolean {
  return (
    (/^42[0-9A-Z]{3}$/.test(code) && code !== '42601') ||
    ['ER_NO_SUCH_TABLE', 'ER_BAD_FIELD_ERROR', 'ER_TABLE_EXISTS_ERROR', 'ER_TABLEACCESS_DENIED_ERROR'].includes(code)
  );
}

const unavailableCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT',
  'EHOSTUNREACH', 'ENETUNREACH', 'EACCES',
  // MySQL family: connection lost, too many connections, shutdown, killed, lock wait, statement timeout (1969: MariaDB's, without a name), read only
  'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN', 'ER_CONNECTION_KILLED', 'ER_LOCK_WAIT_TIMEOUT', 'ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT',
  '1969', 'ER_QUERY_INTERRUPTED', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_DISK_FULL',
  // PostgreSQL: too many connections, disk full, shutdown, crash, starting, lock wait, cancelled, read only
  '53300', '53100', '57P01', '57P02', '57P03', '55P03', '57014', '25006',
]);

function isUnavailable(engine: Engine, refusal: Refusal): boolean {
  if (unavailableCodes.has(refusal.code)) return true;
  if (engine === 'postgres' && /^08/.test(refusal.code)) return true;
  return refusal.code === '' && lostConnection.test(refusal.message);
}

/** The drivers and TypeORM have no code for these. */
const lostConnection =
  /connection terminated|connection ended|connection is closed|closed state|not queryable|client was closed|timeout exceeded when trying to connect|pool is closed|cannot use a pool after|already released|connection is not established|timeout expired/i;

function refusalOf(error: unknown): Refusal {
  const driverError = property(error, 'driverError');
  const source = driverError === undefined ? error : driverError;
  return {
    code: textOf(source, 'code') || numberOf(source, 'errno'),
    message: textOf(source, 'sqlMessage') || textOf(source, 'message'),
    constraint: textOf(source, 'constraint'),
    detail: textOf(source, 'detail'),
  };
}

function textOf(source: unknown, name: string): string {
  const value = property(source, name);
  return typeof value === 'string' ? value : '';
}

/** Errors of the server that the driver has no name for. */
function numberOf(source: unknown, name: string): string {
  const value = property(source, name);
  return typeof value === 'number' ? String(value) : '';
}

function property(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null ? Reflect.get(source, name) : undefined;
}

/** `Key (login)=(anna) already exists.`; with several columns `Key (object_name, object_type)=(…)`. */
function columnsOfDetail(detail: string): string[] {
  const list = /^Key \((.*?)\)=\(/s.exec(detail)?.[1];
  return list === undefined ? [] : list.split(', ').map((column) => column.replace(/^"(.*)"$/, '$1'));
}

/** `Duplicate entry 'anna' for key 'customer_user_login'`; MySQL 8 writes the table before it: `customer_user.…`. */
function keyOfMessage(message: string): string {
  return /for key '(?:[^']*\.)?([^'.]+)'$/.exec(message)?.[1] ?? '';
}
