import { Global, Injectable, Logger, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { describeError } from '../logging/index.js';
import type { Connection } from '../persistence/database.js';
import { CLOCK, MAIN_CONNECTION } from '../persistence/tokens.js';
import { UnitOfWork } from '../persistence/unit-of-work.js';
import { JobHandlers } from './job.js';
import { JobRunner } from './job-runner.js';
import { JobsController } from './jobs.controller.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

/** Starts the runner when every module has made its handlers known, and stops it before connections are closed. */
@Injectable()
class JobsLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly runner: JobRunner) {}

  onApplicationBootstrap(): void {
    this.runner.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.runner.stop();
  }
}

@Global()
@Module({
  controllers: [JobsController],
  providers: [
    JobHandlers,
    JobsLifecycle,
    JobsService,
    { provide: JobsRepository, inject: [MAIN_CONNECTION], useFactory: (connection: Connection) => new JobsRepository(connection) },
    { provide: JobRunner, inject: [JobsRepository, JobHandlers, UnitOfWork, CLOCK], useFactory: createRunner },
  ],
  exports: [JobHandlers, JobsService, JobsRepository],
})
export class JobsModule {}

function createRunner(repository: JobsRepository, handlers: JobHandlers, unitOfWork: UnitOfWork, clock: Clock): JobRunner {
  const logger = new Logger('jobs');
  return new JobRunner(repository, handlers, unitOfWork, clock, (what, error) => logger.warn(`${what}: ${describeError(error).message}`));
}
