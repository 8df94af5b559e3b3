import { Inject, Injectable } from '@nestjs/common';
import type { Job, JobEntryPage, JobEntryQuery, JobPage, JobQuery } from '../../../contract/job.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { DomainError, NotFound, ValidationFailed } from '../../kernel/errors.js';
import { CLOCK } from '../persistence/tokens.js';
import { UnitOfWork, type Transaction } from '../persistence/unit-of-work.js';
import { JobHandlers } from './job.js';
import { JobRunner } from './job-runner.js';
import { JobsRepository, type LockedJob, type NewJob } from './jobs.repository.js';

@Injectable()
export class JobsService {
  constructor(
    private readonly repository: JobsRepository,
    private readonly handlers: JobHandlers,
    private readonly runner: JobRunner,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The job is there with the transaction; `wake` after its commit begins it at once. */
  add(transaction: Transaction, job: NewJob): Promise<string> {
    return this.repository.add(transaction, job);
  }

  wake(): void {
    this.runner.wake();
  }

  async get(jobId: string): Promise<Job> {
    const job = isId(jobId) ? await this.repository.find(jobId) : null;
    if (job === null) throw new NotFound();
    return job;
  }

  async page(query: JobQuery): Promise<JobPage> {
    const found = await this.repository.page(query, placeOf(query.cursor));
    const items = found.slice(0, query.limit);
    return { items, nextCursor: cursorBehind(items.at(-1)?.jobId, found.length > items.length) };
  }

  async entries(jobId: string, query: JobEntryQuery): Promise<JobEntryPage> {
    await this.get(jobId);
    const found = await this.repository.entries(jobId, query, placeOf(query.cursor));
    const items = found.slice(0, query.limit);
    return {
      items: items.map(({ key, state, code }) => ({ key, state, code })),
      nextCursor: cursorBehind(items.at(-1)?.id, found.length > items.length),
    };
  }

  /** Throws `job.finished`, and `job.must-finish` for what must not stay half done. A running batch is finished first. */
  async cancel(actor: Actor, jobId: string): Promise<Job> {
    await this.unitOfWork.run(actor, async (transaction) => {
      const { job } = await this.locked(transaction, jobId);
      if (job.finishedAt !== null) throw new DomainError('job.finished');
      if (this.handlers.of(job.kind).onTrouble === 'finish') throw new DomainError('job.must-finish');
      if (job.state === 'running') return this.repository.askForCancel(transaction.database, jobId);
      const undoUntil = this.undoUntil(job);
      await this.repository.finish(transaction.database, jobId, { state: 'cancelled', failure: null, at: this.clock.now(), undoUntil });
    });
    return this.get(jobId);
  }

  /** Answers the job that takes it back, the same one however often it is asked for. */
  async undo(actor: Actor, jobId: string): Promise<Job> {
    const undoJobId = await this.unitOfWork.run(actor, async (transaction) => {
      const { job } = await this.locked(transaction, jobId);
      if (job.finishedAt === null) throw new DomainError('job.running');
      if (job.undo !== null && job.undo.jobId !== null) return job.undo.jobId;
      if (job.undo === null || Date.parse(job.undo.until) <= this.clock.now().getTime()) throw new DomainError('undo.expired');
      const added = await this.repository.add(transaction, { kind: 'undo', request: { jobId }, total: job.result.changed });
      await this.repository.noteUndo(transaction.database, jobId, added);
      return added;
    });
    this.wake();
    return this.get(undoJobId);
  }

  private undoUntil({ kind }: Job): Date | null {
    const { undoableForMs } = this.handlers.of(kind);
    return undoableForMs === null ? null : new Date(this.clock.now().getTime() + undoableForMs);
  }

  private async locked({ database }: Transaction, jobId: string): Promise<LockedJob> {
    const locked = isId(jobId) ? await this.repository.lock(database, jobId) : null;
    if (locked === null) throw new NotFound();
    return locked;
  }
}

function isId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

/** Opaque to whoever gets it. */
function cursorBehind(id: string | undefined, hasMore: boolean): string | null {
  return hasMore && id !== undefined ? Buffer.from(id).toString('base64url') : null;
}

function placeOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!isId(id)) throw new ValidationFailed([{ path: 'cursor', code: 'cursor' }]);
  return id;
}
