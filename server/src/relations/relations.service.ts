import { Inject, Injectable } from '@nestjs/common';
import type { RelationSaved, RelationWritten, WriteQuery } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/clock.js';
import { deadlineIn } from '../kernel/deadline.js';
import { CLOCK } from '../platform/persistence/persistence.module.js';
import { UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { writeDeadlineMs } from '../records/deadlines.js';
import { ChangesRepository } from './changes.repository.js';
import { countsOf } from './plan-change.js';
import { accepted, DeltaPreparer } from './prepare-delta.js';
import type { RelationDelta } from './relation-delta.js';
import { RelationPreviews } from './relation-previews.js';
import { RelationWriter, type WrittenChange } from './relation-writer.js';

/** Changes relations by what a person touched, and by nothing else. */
@Injectable()
export class RelationsService {
  constructor(
    private readonly preparer: DeltaPreparer,
    private readonly writer: RelationWriter,
    private readonly previews: RelationPreviews,
    private readonly changes: ChangesRepository,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `validation.failed` with the place of each entry that is refused, and `relation.changed`. */
  async change(actor: Actor, delta: RelationDelta, { dryRun }: WriteQuery): Promise<RelationWritten> {
    const deadline = deadlineIn(writeDeadlineMs);
    const prepared = accepted(await this.preparer.prepare(delta, deadline));
    if (dryRun === 'true') return this.previews.preview(prepared, deadline);
    await this.changes.forgetOld(this.clock.now());
    return toSaved(await this.unitOfWork.run(actor, (transaction) => this.writer.apply(transaction, prepared)));
  }
}

export function toSaved({ changeId, undoUntil, changes }: WrittenChange): RelationSaved {
  return { ...countsOf(changes), changeId, undoUntil: undoUntil?.toISOString() ?? null };
}
