import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { undoMinutes } from '../../contract/history.js';
import type { Issue } from '../../contract/problem.js';
import { foldKey } from '../backends/index.js';
import { type Deadline } from '../kernel/deadline.js';
import { BackendUnavailable, ValidationFailed } from '../kernel/errors.js';
import { type Batch, type JobHandler, JobHandlers, type JobResult, type RunningJob } from '../platform/jobs/index.js';
import { DeltaPreparer, type PreparedDelta, RelationWriter, type WrittenChange } from '../relations/index.js';
import { deltaFor, StoredBulk } from './bulk-delta.js';
import { PeopleWalk, type WalkedPeople } from './people-walk.js';

const Checkpoint = z.object({ backendId: z.string(), position: z.string().nullable() }).nullable();

/** People of one batch. */
const peopleAtOnce = 200;

/** The keys that one person held before and after, for the undo. */
export const ChangeNote = z.object({ from: z.array(z.string()), to: z.array(z.string()) });

/** Gives or takes the same to everybody whom a search finds at that time. */
@Injectable()
export class BulkJob implements JobHandler, OnModuleInit {
  readonly kind = 'bulk-relation';
  readonly onTrouble = 'give-up';
  readonly undoableForMs = undoMinutes * 60_000;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly walk: PeopleWalk,
    private readonly preparer: DeltaPreparer,
    private readonly writer: RelationWriter,
  ) {}

  onModuleInit(): void {
    this.handlers.add(this);
  }

  async prepare({ request, checkpoint }: RunningJob, deadline: Deadline): Promise<Batch> {
    const { search, change } = StoredBulk.parse(request);
    const place = Checkpoint.parse(checkpoint);
    const walked = await this.walk.read(search, place, peopleAtOnce, deadline);
    if (walked === null) return () => Promise.resolve({ checkpoint: null, entries: [], changed: 0, isLast: true });
    const prepared = await this.preparer.prepare(deltaFor(change, walked.records.map(({ key }) => key)), deadline);
    refuseUnknown(prepared, walked);
    return async (transaction) => {
      const accepted = acceptedOf(prepared, walked);
      const written = await this.writer.apply(transaction, { ...prepared, cells: accepted });
      return { checkpoint: walked.next, entries: resultsOf(prepared, walked, written), changed: 0, isLast: walked.next === null };
    };
  }
}

/** The group, the customer or the service itself is refused, or a backend that may own somebody does not answer. */
function refuseUnknown({ issues, ends }: PreparedDelta, { earlier }: WalkedPeople): void {
  const ofTarget = issues.filter((issue) => indexOf(issue) === null);
  if (ofTarget.length > 0) throw new ValidationFailed(ofTarget);
  const failed = ends.owner.reports.find(({ backendId, state }) => state === 'failed' && earlier.includes(backendId));
  if (failed !== undefined) throw new BackendUnavailable(failed.backendId);
}

/** Of each person once, where the backend is that owns it, and nothing of the person was refused. */
function acceptedOf(prepared: PreparedDelta, walked: WalkedPeople): PreparedDelta['cells'] {
  const refused = new Set(prepared.issues.map(indexOf));
  return prepared.cells.filter((cell, index) => !refused.has(index) && isOwned(prepared, walked, cell.owner));
}

function resultsOf(prepared: PreparedDelta, walked: WalkedPeople, { changes }: WrittenChange): JobResult[] {
  const changed = new Map(changes.map(({ owner, from, to }) => [foldKey(owner), { from: [...from], to: [...to] }]));
  const codes = new Map(prepared.issues.map((issue) => [indexOf(issue), issue.code]));
  const people = walked.records.flatMap(({ key }, index): JobResult[] => {
    if (!isOwned(prepared, walked, key)) return [];
    const code = codes.get(index);
    if (code !== undefined) return [{ key, state: 'failed', code }];
    const note = changed.get(foldKey(key));
    return [note === undefined ? { key, state: 'unchanged', code: null } : { key, state: 'changed', code: null, note }];
  });
  return walked.isTruncated ? [...people, { key: walked.backend.id, state: 'failed', code: 'truncated' }] : people;
}

function isOwned({ ends }: PreparedDelta, { backend }: WalkedPeople, login: string): boolean {
  return ends.owner.of(login).owned?.backend.id === backend.id;
}

/** The place of a refused entry, from `add.3.login`; `null`: it is about the other end. */
function indexOf({ path }: Issue): number | null {
  const number = /^(?:add|remove)\.(\d+)\.login$/.exec(path)?.[1];
  return number === undefined ? null : Number(number);
}
