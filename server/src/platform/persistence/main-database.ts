import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import type { Environment } from '../config/environment.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { prepareDatabase, type DatabaseReport } from './migrate.js';
import { openConnection } from './open-connection.js';
import type { TypeOrmConnection } from './typeorm-connection.js';

/** How the embedded database is got at: a server starts it, a command beside a server joins it. */
export type OpenEmbedded = (options: EmbeddedPostgresOptions) => Promise<EmbeddedPostgres>;

/** The main database of this process, made ready, and how to let go of it. */
export interface MainDatabase {
  readonly connection: TypeOrmConnection;
  readonly report: DatabaseReport;
  close(): Promise<void>;
}

/** Opens the configured database, or the embedded one when none is configured, and makes it ready. */
export async function openMainDatabase(environment: Environment, openEmbedded: OpenEmbedded): Promise<MainDatabase> {
  const logger = new Logger('database');
  const embedded =
    environment.databaseUrl === null
      ? await openEmbedded({
          dataDirectory: join(environment.dataDirectory, 'database'),
          log: (message) => logger.log(message),
        })
      : null;
  try {
    const connection = await openConnection(environment.databaseUrl ?? embedded?.url ?? '', {
      poolSize: environment.databasePoolSize,
      entities: entityClasses(),
    });
    try {
      const report = await prepareDatabase(connection);
      if (report.migrations.length > 0) logger.log(describe(report));
      return {
        connection,
        report,
        close: async () => {
          await connection.close();
          await embedded?.stop();
        },
      };
    } catch (error) {
      await connection.close();
      throw error;
    }
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Every class with `@Entity()` that a module has imported: a list of them here would turn the dependency round. */
function entityClasses(): (new () => object)[] {
  return getMetadataArgsStorage().tables.flatMap(({ target }) => (isClass(target) ? [target] : []));
}

function isClass(target: unknown): target is new () => object {
  return typeof target === 'function';
}

function describe({ tables, migrations }: DatabaseReport): string {
  const what = tables === 'made' ? "the helpdesk's tables were made" : "the helpdesk's tables are there and stay as they are";
  return `The database is ready: ${what}; ${migrations.join(', ')} done.`;
}
