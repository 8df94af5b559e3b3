import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { foldKey } from '../backends/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { BackendUnavailable, NotFound } from '../kernel/errors.js';
import { type Batch, type JobHandler, JobHandlers, type JobResult, JobsRepository, type RunningJob } from '../platform/jobs/index.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { DeltaPreparer, type PreparedDelta, RelationWriter } from '../relations/index.js';
import { ChangeNote } from './bulk-job.js';
import { deltaFor, StoredBulk } from './bulk-delta.js';

const Request = z.object({ jobId: z.string() });
const Checkpoint = z.object({ after: z.string().nullable() }).nullable();

/** Entries of one batch. */
const entriesAtOnce = 200;

interface Undone {
  readonly key: string;
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
}

/** Takes back what a bulk change has changed: only that, and only where it is still as it was left. */
@Injectable()
export class UndoJob implements JobHandler, OnModuleInit {
  readonly kind = 'undo';
  readonly onTrouble = 'give-up';
  readonly undoableForMs = null;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly jobs: JobsRepository,
    private readonly preparer: DeltaPreparer,
    private readonly writer: RelationWriter,
  ) {}

  onModuleInit(): void {
    this.handlers.add(this);
  }

  async prepare({ request, checkpoint }: RunningJob, deadline: Deadline): Promise<Batch> {
    const { jobId } = Request.parse(request);
    const job = await this.jobs.find(jobId);
    if (job === null) throw new NotFound();
    const { change } = StoredBulk.parse(job.request);
    const found = await this.jobs.entries(jobId, { state: 'changed', limit: entriesAtOnce }, Checkpoint.parse(checkpoint)?.after ?? null);
    const entries = found.slice(0, entriesAtOnce);
    const undone = entries.map(({ key, note }): Undone => {
      const { from, to } = ChangeNote.parse(note);
      return { key, from: new Set(from), to: new Set(to) };
    });
    const prepared = await this.preparer.prepare(deltaFor({ ...change, action: 'remove' }, undone.map(({ key }) => key)), deadline);
    const failed = prepared.ends.owner.reports.find(({ state }) => state === 'failed');
    if (failed !== undefined) throw new BackendUnavailable(failed.backendId);
    return async (transaction) => ({
      checkpoint: { after: entries.at(-1)?.id ?? null },
      entries: await this.takeBack(transaction, prepared, undone),
      changed: 0,
      isLast: found.length <= entriesAtOnce,
    });
  }

  private async takeBack(transaction: Transaction, prepared: PreparedDelta, undone: readonly Undone[]): Promise<JobResult[]> {
    const { relation, anchor, ends } = prepared;
    const isGone = ({ key, from, to }: Undone): boolean => ends.owner.of(key).state !== 'known' && [...from].some((held) => !to.has(held));
    const there = undone.filter((one) => !isGone(one));
    const touched = new Set<string>();
    const { changes } = await this.writer.write(transaction, {
      relation,
      anchor,
      ends,
      verify: () => {},
      slots: there.map(({ key, from, to }) => ({
        owner: ends.owner.of(key).key,
        target: anchor.key,
        context: '',
        wanted: (stored) => {
          if (isEqual(stored, to)) return from;
          touched.add(foldKey(key));
          return stored;
        },
      })),
    });
    const changed = new Set(changes.map(({ owner }) => foldKey(owner)));
    return undone.map((one): JobResult => {
      if (isGone(one)) return { key: one.key, state: 'failed', code: 'unknown' };
      if (touched.has(foldKey(one.key))) return { key: one.key, state: 'failed', code: 'undo.changed' };
      return { key: one.key, state: changed.has(foldKey(one.key)) ? 'changed' : 'unchanged', code: null };
    });
  }
}

function isEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key));
}
