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

/** One database: the main one, or the own one of a backend's block. */
export interface Connection extends Database {
  begin(): Promise<OpenTransaction>;
  close(): Promise<void>;
}

/** READ COMMITTED on every engine. */
export interface OpenTransaction {
  readonly database: Database;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}
