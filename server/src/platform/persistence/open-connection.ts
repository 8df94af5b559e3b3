import mysql from 'mysql2';
import pg from 'pg';
import { AbstractLogger, DataSource, type DataSourceOptions } from 'typeorm';
import { mysqlConnection, postgresConnection } from './cancel-query.js';
import { DatabaseUnavailable, databaseUnavailable, QueryFailed, translateDatabaseError } from './database-errors.js';
import { describeAddress, parseDatabaseUrl, type DatabaseAddress } from './database-url.js';
import { TypeOrmConnection } from './typeorm-connection.js';

export interface ConnectionOptions {
  /** Connections held at most; 10 when not given. */
  readonly poolSize?: number;
  /** Longest time of one statement on the server, in milliseconds; 30,000 when not given. */
  readonly statementTimeoutMs?: number;
  /** Entity classes, for a database that holds own tables. */
  readonly entities?: readonly (new () => object)[];
}

const connectTimeoutMs = 5_000;
const lockTimeoutMs = 15_000;

/**
 * Opens a pool of connections to `mysql://`, `mariadb://` or `postgres://`. Every session speaks UTF-8 and UTC, is
 * READ COMMITTED and strict about values that do not fit. Throws `database.unavailable` when there is no way in.
 */
export async function openConnection(url: string, options: ConnectionOptions = {}): Promise<TypeOrmConnection> {
  const address = parseDatabaseUrl(url);
  const dataSource = new DataSource(dataSourceOptions(address, options));
  try {
    await dataSource.initialize();
  } catch (error) {
    const refusal = translateDatabaseError(address.engine, describeAddress(address), error);
    const code = refusal instanceof QueryFailed ? refusal.code : refusal instanceof DatabaseUnavailable ? refusal.serverCode : '';
    throw databaseUnavailable(`${describeAddress(address)}: ${refusal.message}`, code);
  }
  return new TypeOrmConnection(dataSource, address, () =>
    dataSourceOptions(address, { poolSize: 2, statementTimeoutMs: 0 }),
  );
}

function dataSourceOptions(address: DatabaseAddress, options: ConnectionOptions): DataSourceOptions {
  const common = {
    poolSize: options.poolSize ?? 10,
    entities: [...(options.entities ?? [])],
    logging: false,
    logger: new SilentLogger(),
    synchronize: false,
  };
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
  return address.engine === 'postgres'
    ? {
        ...common,
        type: 'postgres',
        connectTimeoutMS: connectTimeoutMs,
        installExtensions: false,
        extra: {
          ...postgresConnection(address),
          keepAlive: true,
          types: { getTypeParser: postgresParser },
          options: postgresSession(statementTimeoutMs),
        },
      }
    : {
        ...common,
        type: 'mysql',
        driver: mysqlDriver(mysqlSession(statementTimeoutMs)),
        database: address.database,
        timezone: 'Z',
        dateStrings: ['DATE'],
        connectTimeout: connectTimeoutMs,
        supportBigNumbers: true,
        bigNumberStrings: false,
        extra: { ...mysqlConnection(address), enableKeepAlive: true },
      };
}

function postgresSession(statementTimeoutMs: number): string {
  return [
    'TimeZone=UTC',
    'DateStyle=ISO',
    'client_encoding=UTF8',
    'standard_conforming_strings=on',
    'default_transaction_isolation=read\\ committed',
    `statement_timeout=${statementTimeoutMs}`,
    `lock_timeout=${lockTimeoutMs}`,
    'idle_in_transaction_session_timeout=60000',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');
}

/** Comments with a version are statements: each of the two servers reads the one that is meant for it. */
function mysqlSession(statementTimeoutMs: number): string {
  return [
    `SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci`,
    `SESSION time_zone = '+00:00'`,
    `SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
    `SESSION innodb_lock_wait_timeout = ${lockTimeoutMs / 1000}`,
    `SESSION group_concat_max_len = 1048576`,
  ].join(', ') +
    ` /*M!100100 , SESSION max_statement_time = ${statementTimeoutMs / 1000} */` +
    ` /*!50708 , SESSION max_execution_time = ${statementTimeoutMs} */`;
}

/** mysql2 with a pool that prepares each new connection before anybody uses it. */
function mysqlDriver(session: string) {
  return {
    ...mysql,
    createPool: (poolOptions: mysql.PoolOptions) => {
      const pool = mysql.createPool(poolOptions);
      pool.on('connection', (connection) => {
        for (const statement of [session, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED']) {
          connection.query(statement, (error: unknown) => {
            if (error) connection.destroy();
          });
        }
      });
      return pool;
    },
  };
}

const int8 = 20;
const date = 1082;
const timestampWithoutZone = 1114;

/** Days are texts, for they have no zone; moments without one are UTC; big integers are numbers while they fit, as the MySQL driver does it. */
function postgresParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === timestampWithoutZone) return (text: string) => new Date(`${text.replace(' ', 'T')}Z`);
  if (oid === date) return (text: string) => text;
  if (oid === int8) return (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/** TypeORM's own would print statements with their values when a migration fails; what fails is thrown anyway. */
class SilentLogger extends AbstractLogger {
  protected writeLog(): void {}
}
