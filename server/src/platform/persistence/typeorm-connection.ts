import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import type { DatabaseAddress } from './database-url.js';
import type { Connection, Engine, OpenTransaction } from './database.js';
import { LentSession } from './lent-session.js';
import { untilAborted } from './until-aborted.js';

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
  private async lend(signal?: AbortSignal): Promise<LentSession> {
    const session = new LentSession(this.dataSource.createQueryRunner(), this.address);
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
