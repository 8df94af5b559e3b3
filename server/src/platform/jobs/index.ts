/** The front door of the jobs: long work in bounded batches, which goes on after a restart. */
export { JobHandlers, type Batch, type BatchResult, type JobHandler, type JobKind, type JobResult, type RunningJob } from './job.js';
export { JobsModule } from './jobs.module.js';
export { JobsRepository } from './jobs.repository.js';
export { JobsService } from './jobs.service.js';
