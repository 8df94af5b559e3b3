import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { systemClock, type Clock } from '../../kernel/clock.js';
import { ENVIRONMENT } from '../config/environment.js';
import { OutboxBell } from '../outbox/outbox-bell.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { openMainDatabase, type MainDatabase } from './main-database.js';
import { CLOCK, DATABASE_REPORT, MAIN_CONNECTION } from './tokens.js';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work.js';
import { UnitOfWork } from './unit-of-work.js';

export { CLOCK, DATABASE_REPORT, MAIN_CONNECTION } from './tokens.js';

/** Injection token, type OpenEmbedded; a command line that runs beside a server overrides it. */
export const OPEN_EMBEDDED = Symbol('OPEN_EMBEDDED');
const MAIN_DATABASE = Symbol('MAIN_DATABASE');

@Injectable()
class MainDatabaseLifecycle implements OnApplicationShutdown {
  constructor(@Inject(MAIN_DATABASE) private readonly database: MainDatabase) {}

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}

/** The main database, made ready before anybody gets it, and what works on it. */
@Global()
@Module({
  providers: [
    MainDatabaseLifecycle,
    OutboxBell,
    { provide: OPEN_EMBEDDED, useValue: startEmbeddedPostgres },
    { provide: CLOCK, useValue: systemClock },
    { provide: MAIN_DATABASE, inject: [ENVIRONMENT, OPEN_EMBEDDED], useFactory: openMainDatabase },
    { provide: MAIN_CONNECTION, inject: [MAIN_DATABASE], useFactory: ({ connection }: MainDatabase) => connection },
    { provide: DATABASE_REPORT, inject: [MAIN_DATABASE], useFactory: ({ report }: MainDatabase) => report },
    { provide: DataSource, inject: [MAIN_DATABASE], useFactory: ({ connection }: MainDatabase) => connection.dataSource },
    {
      provide: UnitOfWork,
      inject: [MAIN_DATABASE, CLOCK, OutboxBell],
      useFactory: ({ connection }: MainDatabase, clock: Clock, bell: OutboxBell) =>
        new TypeOrmUnitOfWork(connection, clock, bell),
    },
  ],
  exports: [MAIN_CONNECTION, DATABASE_REPORT, DataSource, CLOCK, UnitOfWork, OutboxBell],
})
export class PersistenceModule {}
