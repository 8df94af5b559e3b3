import { DataSource, type DataSourceOptions, type MigrationInterface, type QueryResult, type QueryRunner } from 'typeorm';
import { DomainError } from '../../kernel/errors.js';
import { cancelQuery, type ServerProcess } from './cancel-query.js';
import { translateDatabaseError, UniqueViolation } from './database-errors.js';
import type { DatabaseAddress } from './database-url.js';
import { queryRows } from './query-rows.js';
import type { Connection, Database, Engine, OpenTransaction } from './database.js';

/** A pool of connections to one database. */
export class TypeOrmConnection implements Connection {
  readonly engine: Engine;

  constructor(
    readonly dataSource: DataSource,
    private readonly address: DatabaseAddress,
    private readonly optionsWithoutTimeout: () => DataSourceOptions,
  ) {
    this.engine = address.engine;
  }

  async query<Row = Record<string, unknown>>(
    sql: string,
    values: readonly unknown[] = [],
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const session = await this.lend(signal);
    try {
      return await session.query<Row>(sql, values, signal);
    } finally {
      void session.release();
    }
  }

  async execute(sql: string, values: readonly unknown[] = []): Promise<number> {
    const session = await this.lend();
    try {
      return await session.execute(sql, values);
    } finally {
      void session.release();
    }
  }

  async begin(): Promise<OpenTransaction> {
    const session = await this.lend();
    try {
      await session.begin();
    } catch (error) {
      void session.release();
      throw error;
    }
    return {
      database: session,
      commit: () => session.end('COMMIT'),
      rollback: () => session.end('ROLLBACK'),
    };
  }

  /** The same database by other connections, with migrations and without a limit of time. */
  async openMigrator(migrations: readonly (new () => MigrationInterface)[], table: string): Promise<DataSource> {
    const options = this.optionsWithoutTimeout();
    const migrator = new DataSource({ ...options, migrations: [...migrations], migrationsTableName: table });
    return migrator.initialize();
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** One connection of the pool for one user. Whoever gives up waiting leaves it to the pool when it comes. */
  private async lend(signal?: AbortSignal): Promise<Session> {
    const session = new Session(this.dataSource.createQueryRunner(), this.address);
    const opening = session.open();
    if (!signal) {
      await opening;
      return session;
    }
    await untilAborted(opening, signal, () => {
      void opening.then(
        () => session.release(),
        () => {},
      );
    });
    return session;
  }
}

/** For what only TypeORM's own door can do. */
export function typeOrmConnection(connection: Connection): TypeOrmConnection {
  if (connection instanceof TypeOrmConnection) return connection;
  throw new TypeError('the connection is not one of openConnection');
}

/** One physical connection, lent from the pool. */
class Session implements Database {
  readonly engine: Engine;
  private cancelling: Promise<void> = Promise.resolve();
  private isBroken = false;

  constructor(
    private readonly runner: QueryRunner,
    private readonly address: DatabaseAddress,
  ) {
    this.engine = address.engine;
  }

  async open(): Promise<void> {
    await this.translated('connect', this.runner.connect());
  }

  async query<Row = Record<string, unknown>>(
    sql: string,
    values: readonly unknown[] = [],
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const working = this.perform(sql, values);
    const result = signal
      ? await untilAborted(working, signal, () => {
          this.cancelling = this.cancel(working);
        })
      : await working;
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- TypeORM has no types for rows
    return result.records;
  }

  async execute(sql: string, values: readonly unknown[] = []): Promise<number> {
    const result = await this.perform(sql, values);
    return result.affected ?? 0;
  }

  async begin(): Promise<void> {
    await this.translated('START TRANSACTION', this.runner.startTransaction());
  }

  /** A cancelled statement may still run on the server: the end of the transaction waits for it. */
  async end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    await this.cancelling;
    try {
      const ending = how === 'COMMIT' ? this.runner.commitTransaction() : this.runner.rollbackTransaction();
      await this.translated(how, ending);
    } finally {
      void this.release();
    }
  }

  async release(): Promise<void> {
    await this.cancelling;
    if (this.runner.isReleased) return;
    if (this.isBroken) await this.disconnect();
    await this.runner.release();
  }

  /** The pool drops a connection that is closed; it would lend out one that has only been told of its end. */
  private async disconnect(): Promise<void> {
    const connection: unknown = await this.runner.connect();
    if (!isPhysical(connection)) return;
    if (connection.destroy) connection.destroy();
    else connection.end();
  }

  private async perform(sql: string, values: readonly unknown[]): Promise<QueryResult> {
    const bound = values.map((value) => bindable(this.engine, value));
    try {
      return await this.translated(sql, this.runner.query(sql, bound, true));
    } catch (error) {
      throw this.engine === 'mysql' && error instanceof UniqueViolation ? await this.withColumns(error) : error;
    }
  }

  private async translated<T>(statement: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const translated = translateDatabaseError(this.engine, statement, error);
      this.isBroken ||= translated instanceof DomainError;
      throw translated;
    }
  }

  /** The MySQL family names only the index; the others of its columns are looked up in the table of the statement. */
  private async withColumns(violation: UniqueViolation): Promise<UniqueViolation> {
    const table = /^\s*(?:INSERT\s+INTO|UPDATE)\s+[`]?([^\s`(]+)/i.exec(violation.statement)?.[1] ?? '';
    const rows = await queryRows<{ column_name: string }>(
      this.runner,
      `SELECT column_name AS column_name FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? ORDER BY seq_in_index`,
      [table, violation.constraint],
    );
    const columns = rows.map((row) => row.column_name);
    return new UniqueViolation(violation.code, violation.statement, violation.constraint, columns);
  }

  /**
   * The connection is not given to anybody before the statement has ended and one more has run: a cancel that comes
   * late then hits that one, and nobody's work.
   */
  private async cancel(working: Promise<unknown>): Promise<void> {
    const connection: unknown = await this.runner.connect();
    const cancelled = isPhysical(connection) ? cancelQuery(this.address, connection) : Promise.resolve();
    await Promise.allSettled([working, cancelled]);
    await this.runner.query('SELECT 1').catch(() => {});
  }
}

/** Frees the caller as soon as the signal fires; what to do about the work is up to `onAbort`. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, onAbort: () => void): Promise<T> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => {
      onAbort();
      reject(reasonOf(signal));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    stop = () => signal.removeEventListener('abort', abort);
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    stop();
  }
}

/** What both drivers' connections are to us. */
interface PhysicalConnection extends ServerProcess {
  end(): unknown;
  destroy?(): void;
}

function isPhysical(connection: unknown): connection is PhysicalConnection {
  return typeof connection === 'object' && connection !== null && 'end' in connection;
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}

/**
 * Only plain values may be bound: the MySQL driver would spread an array or an object into SQL of its own. Dates go
 * out as UTC, whatever the zone of this process.
 */
function bindable(engine: Engine, value: unknown): unknown {
  if (value === undefined) throw new TypeError('undefined cannot be bound to a placeholder');
  if (value instanceof Date) return engine === 'postgres' ? value.toISOString() : value;
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  throw new TypeError('only plain values can be bound to a placeholder');
}
