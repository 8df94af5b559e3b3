import { Inject, Injectable } from '@nestjs/common';
import type { Issue } from '../../contract/problem.js';
import type { RelationSaved } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/clock.js';
import { deadlineIn, type Deadline } from '../kernel/deadline.js';
import { BackendUnavailable, DomainError, NotFound } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { CLOCK } from '../platform/persistence/persistence.module.js';
import { UnitOfWork } from '../platform/persistence/unit-of-work.js';
import { writeDeadlineMs } from '../records/deadlines.js';
import { ChangesRepository, type Change, type ChangeContent } from './changes.repository.js';
import { EndFinder, type Ends } from './ends.js';
import { keyNames } from './relation-delta.js';
import { RelationWriter, type StoredKeys } from './relation-writer.js';
import { toSaved } from './relations.service.js';
import { defaultsLogin, otherSide, relations, type Relation, type Side } from './relation.js';

/** Takes a change back by a change of its own, which can be taken back like any other. */
@Injectable()
export class UndoService {
  constructor(
    private readonly changes: ChangesRepository,
    private readonly finder: EndFinder,
    private readonly writer: RelationWriter,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `not-found`, `undo.expired`, and `undo.changed` when something of it is no longer as the change left it. */
  async undo(actor: Actor, changeId: string): Promise<RelationSaved> {
    const change = await this.changes.find(changeId);
    if (change === null) throw new NotFound();
    if (change.undoUntil.getTime() < this.clock.now().getTime()) throw new DomainError('undo.expired');
    const relation = relations[change.relation];
    const ends = await this.endsOf(relation, change.content, deadlineIn(writeDeadlineMs));
    refuseGoneEnds(relation, change.content, ends);
    const slots = change.content.slots.map(({ from, ...slot }) => ({ ...slot, wanted: () => new Set(from) }));
    const written = await this.unitOfWork.run(actor, (transaction) =>
      this.writer.write(transaction, {
        relation,
        anchor: change.content.anchor,
        slots,
        ends,
        verify: (stored) => refuseTouched(relation, change, stored),
      }),
    );
    return toSaved(written);
  }

  private async endsOf(relation: Relation, { slots }: ChangeContent, deadline: Deadline): Promise<Record<Side, Ends>> {
    const [owner, target] = await Promise.all(
      (['owner', 'target'] as const).map((side) => this.finder.find(relation[side].kind, slots.map((slot) => slot[side]), deadline)),
    );
    return { owner: owner ?? nobody, target: target ?? nobody };
  }
}

const nobody: Ends = { reports: [], of: (key) => ({ key, state: 'unknown', name: null, validity: null, owned: null }) };

/** A right that comes back to a name nobody has would be of whoever gets that name next. */
function refuseGoneEnds(relation: Relation, { slots, unknown }: ChangeContent, ends: Readonly<Record<Side, Ends>>): void {
  const restored = slots.filter(({ from, to }) => from.some((key) => !to.includes(key)));
  const issues = (['owner', 'target'] as const).flatMap((side): Issue[] => {
    const wereUnknown = new Set(unknown[side].map(foldKey));
    const keys = [...new Set(restored.map((slot) => slot[side]))].filter((key) => key !== defaultsLogin && !wereUnknown.has(foldKey(key)));
    return keys.flatMap((key): Issue[] => {
      const { state } = ends[side].of(key);
      if (state === 'unreachable') throw new BackendUnavailable(ends[side].reports.find((report) => report.state === 'failed')?.backendId ?? '');
      return state === 'known' ? [] : [{ path: keyNames[relation[side].kind], code: 'unknown', params: { key } }];
    });
  });
  if (issues.length > 0) throw new DomainError('undo.changed', { issues });
}

function refuseTouched(relation: Relation, { content }: Change, stored: StoredKeys): void {
  const there = otherSide(content.anchor.side);
  const issues = content.slots
    .filter((slot) => {
      const now = stored(slot);
      return now.size !== slot.to.length || slot.to.some((key) => !now.has(key));
    })
    .map(
      (slot): Issue => ({
        path: keyNames[relation[there].kind],
        code: 'relation-changed',
        params: { key: slot[there], stored: [...stored(slot)].sort().join(', '), wanted: slot.from.join(', ') },
      }),
    );
  if (issues.length > 0) throw new DomainError('undo.changed', { issues });
}
