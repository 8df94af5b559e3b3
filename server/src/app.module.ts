import { Module, type DynamicModule } from '@nestjs/common';
import { BackendPagesModule, BackendsModule } from './backends/index.js';
import { BulkModule } from './bulk/index.js';
import { ConfigurationModule, ConfigurationPagesModule } from './configuration/index.js';
import { CustomerUsersModule } from './customer-users/index.js';
import { CustomersModule } from './customers/index.js';
import { GroupsModule } from './groups/index.js';
import { HistoryModule } from './history/index.js';
import { EmbeddedHostModule } from './host/embedded/index.js';
import { ENVIRONMENT, type Environment } from './platform/config/environment.js';
import { HealthController, Metrics, Readiness } from './platform/health/index.js';
import { HttpFrameModule, RouteTable } from './platform/http/index.js';
import { JobsModule } from './platform/jobs/index.js';
import { LOGGER, type Logger } from './platform/logging/index.js';
import { OutboxModule } from './platform/outbox/outbox.module.js';
import { PersistenceModule } from './platform/persistence/persistence.module.js';
import { PermissionsModule } from './permissions/index.js';
import { RelationsModule } from './relations/index.js';
import { RenamesModule } from './renames/index.js';
import { ServicesModule } from './services/index.js';
import { SessionModule } from './platform/session/index.js';

/** What the process brings along for everybody. */
export interface Surroundings {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly routes: RouteTable;
}

@Module({})
class SurroundingsModule {
  static with({ environment, logger, metrics, routes }: Surroundings): DynamicModule {
    const providers = [
      { provide: ENVIRONMENT, useValue: environment },
      { provide: LOGGER, useValue: logger },
      { provide: Metrics, useValue: metrics },
      { provide: Readiness, useValue: new Readiness() },
      { provide: RouteTable, useValue: routes },
    ];
    return { module: SurroundingsModule, global: true, providers, exports: providers };
  }
}

/** The wiring: what the application is made of. */
@Module({})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController],
      imports: [
        SurroundingsModule.with(surroundings),
        ConfigurationModule,
        ConfigurationPagesModule,
        PersistenceModule,
        OutboxModule,
        JobsModule,
        HttpFrameModule,
        SessionModule,
        BackendsModule,
        BackendPagesModule,
        CustomersModule,
        CustomerUsersModule,
        HistoryModule,
        GroupsModule,
        ServicesModule,
        PermissionsModule,
        RelationsModule,
        RenamesModule,
        BulkModule,
        ...(surroundings.environment.isEmbeddedHostOn ? [EmbeddedHostModule] : []),
      ],
    };
  }
}
