import type { Job, NamingTable } from '../../../contract/job.js';
import type { Actor } from '../../kernel/actor.js';
import type { Deadline } from '../../kernel/deadline.js';
import type { Transaction } from '../persistence/unit-of-work.js';

export type JobKind = Job['kind'];
export type EntryState = 'changed' | 'unchanged' | 'failed';

/** A job in the hands of the runner. `request` and `checkpoint` are checked by the handler's own schemas. */
export interface RunningJob {
  readonly jobId: string;
  readonly request: unknown;
  /** What the last batch left; `null` before the first. */
  readonly checkpoint: unknown;
  readonly actor: Actor;
}

/** What became of one entry. `code`: why it failed. `note`: what an undo has to know of it; no secrets. */
export interface JobResult {
  readonly key: string;
  readonly state: EntryState;
  readonly code: string | null;
  readonly note?: unknown;
}

/** What one batch did. All of it is stored in the batch's own transaction. */
export interface BatchResult {
  readonly checkpoint: unknown;
  /** Told one by one in the job's entries. */
  readonly entries: readonly JobResult[];
  /** Changes that are counted and not told one by one. */
  readonly changed: number;
  /** Where it is known better now than before. */
  readonly total?: number;
  readonly tables?: readonly NamingTable[];
  readonly isLast: boolean;
}

/** One bounded part of the work, in one transaction. Run again as a whole after a deadlock or a kill: it starts from the checkpoint. */
export type Batch = (transaction: Transaction) => Promise<BatchResult>;

/** How jobs of one kind are done. */
export interface JobHandler {
  readonly kind: JobKind;
  /** `finish`: half of it would be worse than none, so it is tried again for ever and cannot be cancelled. */
  readonly onTrouble: 'give-up' | 'finish';
  /** Milliseconds after its end in which its changes can be taken back; `null`: never. */
  readonly undoableForMs: number | null;
  /** Reads, outside of any transaction, what the next batch needs. */
  prepare(job: RunningJob, deadline: Deadline): Promise<Batch>;
}

/** Where handlers make themselves known, at the start of their module. */
export class JobHandlers {
  private readonly handlers = new Map<JobKind, JobHandler>();

  add(handler: JobHandler): void {
    this.handlers.set(handler.kind, handler);
  }

  get kinds(): readonly JobKind[] {
    return [...this.handlers.keys()];
  }

  of(kind: JobKind): JobHandler {
    const handler = this.handlers.get(kind);
    if (handler === undefined) throw new Error(`nobody knows how to do jobs of the kind ${kind}`);
    return handler;
  }
}
