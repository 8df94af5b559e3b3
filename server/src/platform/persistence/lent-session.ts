import type { QueryResult, QueryRunner } from 'typeorm';
import { DomainError } from '../../kernel/errors.js';
import { cancelQuery, type ServerProcess } from './cancel-query.js';
import { translateDatabaseError, UniqueViolation } from './database-errors.js';
import type { DatabaseAddress } from './database-url.js';
import type { Database, Engine } from './database.js';
import { queryRows } from './query-rows.js';
import { untilAborted } from './until-aborted.js';

/** One physical connection, lent from the pool. */
export class LentSession implements Database {
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

  /** Never rejects, for nobody waits for it: what cannot be given back is closed already. */
  async release(): Promise<void> {
    await this.cancelling;
    if (this.runner.isReleased) return;
    try {
      if (this.isBroken) await this.disconnect();
      await this.runner.release();
    } catch {
      return;
    }
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
    const cancelling = this.runner.connect().then((connection: unknown) =>
      isPhysical(connection) ? cancelQuery(this.address, connection) : undefined,
    );
    await Promise.allSettled([working, cancelling]);
    await this.runner.query('SELECT 1').catch(() => {});
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
