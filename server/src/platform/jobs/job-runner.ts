import type { Clock } from '../../kernel/clock.js';
import { deadlineIn } from '../../kernel/deadline.js';
import { DomainError } from '../../kernel/errors.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import type { BatchResult, JobHandlers } from './job.js';
import type { ClaimedJob, JobsRepository } from './jobs.repository.js';

export interface RunnerOptions {
  /** Jobs of this process at once: each holds one connection of the pool at a time. */
  readonly places: number;
  /** Between two looks when nobody wakes it, in milliseconds. */
  readonly pollMs: number;
  /** How long a job belongs to a process that shows no sign of life, in milliseconds; longer than any batch. */
  readonly leaseMs: number;
  /** For what a handler reads before a batch. */
  readonly readMs: number;
  /** Between two batches, so that requests come first. */
  readonly restMs: number;
  /** First pause after a failure, doubled with each further one up to the longest, in milliseconds. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** After so many failures in a row a job is given up, unless it has to be finished. */
  readonly maximumAttempts: number;
  /** Finished jobs are kept for so long. */
  readonly keptMs: number;
  readonly forgetEveryMs: number;
}

export const runnerDefaults: RunnerOptions = {
  places: 2,
  pollMs: 1_000,
  leaseMs: 180_000,
  readMs: 30_000,
  restMs: 10,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  maximumAttempts: 30,
  keptMs: 90 * 86_400_000,
  forgetEveryMs: 3_600_000,
};

/** Rows of one step when finished jobs are forgotten. */
const forgottenAtOnce = 1_000;

/** What went wrong, for the log: one line each. */
export type ReportTrouble = (what: string, error: unknown) => void;

/**
 * Does the jobs, each by one process of any number: what a batch changes and how far the job has come are stored in one
 * transaction, so that a killed process loses nothing and repeats nothing.
 */
export class JobRunner {
  private timer: NodeJS.Timeout | null = null;
  private readonly running = new Set<Promise<void>>();
  private isClaiming = false;
  private isWanted = false;
  private isStopped = false;
  private forgetsAt = 0;

  constructor(
    private readonly repository: JobsRepository,
    private readonly handlers: JobHandlers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly report: ReportTrouble,
    private readonly options: RunnerOptions = runnerDefaults,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), this.options.pollMs);
    this.timer.unref();
    this.wake();
  }

  /** Finishes the batches at hand and gives the jobs back. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearInterval(this.timer);
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** There may be something to do. */
  wake(): void {
    this.isWanted = true;
    if (this.isClaiming || this.isStopped) return;
    this.isClaiming = true;
    this.keep(this.fillPlaces().finally(() => (this.isClaiming = false)));
  }

  private keep(work: Promise<void>): void {
    const kept: Promise<void> = work.finally(() => this.running.delete(kept));
    this.running.add(kept);
  }

  /** One of the running works is the claiming itself. */
  private async fillPlaces(): Promise<void> {
    try {
      await this.forgetOld();
      while (this.isWanted && !this.isStopped && this.running.size <= this.options.places) {
        this.isWanted = false;
        const claimed = await this.repository.claim(this.handlers.kinds, this.clock.now(), this.options.leaseMs);
        if (claimed === null) return;
        this.isWanted = true;
        this.keep(this.run(claimed).finally(() => this.wake()));
      }
    } catch (error) {
      this.report('the jobs cannot be read', error);
    }
  }

  private async run(claimed: ClaimedJob): Promise<void> {
    let job = claimed;
    try {
      while (!this.isStopped) {
        const result = await this.runBatch(job);
        if (result === 'lost' || result === 'cancelled' || result.isLast) return;
        job = { ...job, checkpoint: result.checkpoint, attempts: 0 };
        await new Promise((resolve) => setTimeout(resolve, this.options.restMs));
      }
      await this.repository.giveBack(job, this.clock.now(), null);
    } catch (error) {
      await this.recover(job, error).catch((further: unknown) => this.report(`job ${job.jobId} cannot be put back`, further));
    }
  }

  private async runBatch(job: ClaimedJob): Promise<BatchResult | 'lost' | 'cancelled'> {
    const handler = this.handlers.of(job.kind);
    const batch = await handler.prepare(job, deadlineIn(this.options.readMs));
    return this.unitOfWork.run(job.actor, async (transaction) => {
      const { database } = transaction;
      const locked = await this.repository.lock(database, job.jobId);
      if (locked?.owner !== job.owner) return 'lost';
      const at = this.clock.now();
      const undoUntil = handler.undoableForMs === null ? null : new Date(at.getTime() + handler.undoableForMs);
      if (locked.isCancelAsked) {
        await this.repository.finish(database, job.jobId, { state: 'cancelled', failure: null, at, undoUntil });
        return 'cancelled';
      }
      const result = await batch(transaction);
      await this.repository.note(database, job.jobId, result, new Date(this.clock.now().getTime() + this.options.leaseMs));
      if (result.isLast) {
        await this.repository.finish(database, job.jobId, { state: 'done', failure: null, at, undoUntil });
        transaction.publish({ topic: 'job.finished', subject: job.jobId, payload: { jobId: job.jobId, kind: job.kind, state: 'done' } });
      }
      return result;
    });
  }

  /** What cannot be reached now may be reached later; anything else stays as it is. */
  private async recover(job: ClaimedJob, error: unknown): Promise<void> {
    const { onTrouble, undoableForMs } = this.handlers.of(job.kind);
    const code = error instanceof DomainError ? error.code : 'internal';
    const attempt = job.attempts + 1;
    const mayPass = passing.has(code) && attempt < this.options.maximumAttempts;
    this.report(`job ${job.jobId} (${job.kind}) failed at attempt ${attempt}`, error);
    const now = this.clock.now();
    if (onTrouble === 'finish' || mayPass) {
      const pauseMs = Math.min(this.options.longestPauseMs, this.options.firstPauseMs * 2 ** Math.min(20, attempt - 1));
      return this.repository.giveBack(job, new Date(now.getTime() + pauseMs), code);
    }
    const undoUntil = undoableForMs === null ? null : new Date(now.getTime() + undoableForMs);
    await this.unitOfWork.run(job.actor, async (transaction) => {
      const locked = await this.repository.lock(transaction.database, job.jobId);
      if (locked?.owner !== job.owner) return;
      await this.repository.finish(transaction.database, job.jobId, { state: 'failed', failure: code, at: now, undoUntil });
      transaction.publish({ topic: 'job.finished', subject: job.jobId, payload: { jobId: job.jobId, kind: job.kind, state: 'failed' } });
    });
  }

  private async forgetOld(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.forgetsAt) return;
    this.forgetsAt = now + this.options.forgetEveryMs;
    const before = new Date(now - this.options.keptMs);
    while (!this.isStopped && (await this.repository.forget(before, forgottenAtOnce)));
  }
}

const passing: ReadonlySet<string> = new Set(['backend.unavailable', 'database.unavailable']);
