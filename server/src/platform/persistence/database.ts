/**
 * The narrow door to a database through which all hand-written SQL goes. Placeholders are the engine's own (`?` on the
 * MySQL family, `$1` on PostgreSQL); values are always bound. Implemented on TypeORM's DataSource and QueryRunner.
 */
export type Engine = 'mysql' | 'postgres';

export interface Database {
  readonly engine: Engine;
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[], signal?: AbortSignal): Promise<Row[]>;
  /** Number of rows that an INSERT, UPDATE or DELETE touched. */
  execute(sql: string, values?: readonly unknown[]): Promise<number>;
}

/** A connection of a database block's own, or the main one; transactions on it are begun by the unit of work. */
export interface TransactionalDatabase extends Database {
  readonly isMain: boolean;
  /** Runs `work` in one transaction, rolled back when it throws. */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
