import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RelationChange } from '../../contract/history.js';
import { ValidationFailed } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { keyLock, RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { ChangesRepository } from './changes.repository.js';
import { publicKey, type Ends } from './ends.js';
import { groupBy, keysOf, planChange, slotName, type SlotChange, type WantedSlot } from './plan-change.js';
import type { PreparedDelta } from './prepare-delta.js';
import { keyNames } from './relation-delta.js';
import { otherSide, type Relation, type Side, type Slot } from './relation.js';
import { RelationsRepository, type Anchor } from './relations.repository.js';
import { refuseChanged, wantedSlots } from './wanted-slots.js';

/** The keys that a slot holds as it is stored now. */
export type StoredKeys = (slot: Slot) => ReadonlySet<string>;

/** What is to be written, whatever asked for it. */
export interface RelationWrite {
  readonly relation: Relation;
  readonly anchor: Anchor;
  readonly slots: readonly WantedSlot[];
  readonly ends: Readonly<Record<Side, Ends>>;
  /** Throws when what is stored is not what whoever asked for the change counts on. */
  readonly verify: (stored: StoredKeys) => void;
}

/** What was written. Without a change there is no id, and nothing to take back. */
export interface WrittenChange {
  readonly changeId: string | null;
  readonly undoUntil: Date | null;
  readonly changes: readonly SlotChange[];
}

/** Writes relations with all that belongs to the change: its history at both ends, its undo, its message. */
@Injectable()
export class RelationWriter {
  constructor(
    private readonly repository: RelationsRepository,
    private readonly changes: ChangesRepository,
    private readonly renamedKeys: RenamedKeysRepository,
  ) {}

  /** Writes one delta whose issues have been dealt with. Throws `relation.changed`. */
  apply(transaction: Transaction, prepared: PreparedDelta): Promise<WrittenChange> {
    return this.write(transaction, {
      ...prepared,
      slots: wantedSlots(prepared),
      verify: (stored) => refuseChanged(prepared, stored),
    });
  }

  async write(transaction: Transaction, { relation, anchor, slots, ends, verify }: RelationWrite): Promise<WrittenChange> {
    const nothing = { changeId: null, undoUntil: null, changes: [] };
    if (slots.length === 0) return nothing;
    await transaction.lock(lockNames(relation, slots));
    const others = [...new Set(slots.map((slot) => slot[otherSide(anchor.side)]))];
    const rows = await this.repository.rowsBetween(transaction.database, relation, anchor, others);
    const rowsBySlot = groupBy(rows, slotName);
    verify((slot) => keysOf(rowsBySlot.get(slotName(slot)) ?? []));

    const plan = planChange(slots, rows);
    await this.refuseGivenUp(transaction, relation, plan.changes);
    await this.repository.remove(transaction, relation, plan.removals);
    await this.repository.insert(transaction, relation, plan.rows);
    if (plan.changes.length === 0) return nothing;

    const changeId = randomUUID();
    const unknown = { owner: unknownOf(plan.changes, 'owner', ends), target: unknownOf(plan.changes, 'target', ends) };
    const undoUntil = await this.changes.add(transaction, changeId, relation.name, { anchor, slots: [...plan.changes].map(copy), unknown });
    audit(transaction, { relation, anchor, ends, changeId, changes: plan.changes });
    publish(transaction, { relation, anchor, changeId, changes: plan.changes });
    return { changeId, undoUntil, changes: plan.changes };
  }

  /** Who was there when the ends were looked up may have got another name since: a right must not be left to the old one. */
  private async refuseGivenUp(transaction: Transaction, relation: Relation, changes: readonly SlotChange[]): Promise<void> {
    const gaining = changes.filter(({ from, to }) => to.some((key) => !from.includes(key)));
    for (const side of ['owner', 'target'] as const) {
      const { kind } = relation[side];
      if (kind === 'group' || kind === 'service') continue;
      const keys = [...new Set(gaining.map((change) => change[side]))];
      const givenUp = await this.renamedKeys.givenUp(transaction, kind, keys);
      const issues = keys.filter((key) => givenUp.has(foldKey(key))).map((key) => ({ path: keyNames[kind], code: 'unknown', params: { key } }));
      if (issues.length > 0) throw new ValidationFailed(issues);
    }
  }
}

/** Whoever writes the same pair waits, from whichever side, and whoever renames one of its ends. */
function lockNames(relation: Relation, slots: readonly Slot[]): string[] {
  const pairs = slots.map(({ owner, target }) => `relation:${relation.name}:${foldKey(owner)}:${foldKey(target)}`);
  const keys = slots.flatMap((slot) =>
    (['owner', 'target'] as const).flatMap((side) => {
      const { kind } = relation[side];
      return kind === 'group' || kind === 'service' ? [] : [keyLock(kind, slot[side])];
    }),
  );
  return [...new Set([...pairs, ...keys])];
}

interface Told {
  readonly relation: Relation;
  readonly anchor: Anchor;
  readonly changeId: string;
  readonly changes: readonly SlotChange[];
}

/** One entry for the anchor, and one for each record at the other end. */
function audit(transaction: Transaction, { relation, anchor, ends, changeId, changes }: Told & Pick<RelationWrite, 'ends'>): void {
  const told = (side: Side, ofOthers: readonly SlotChange[]): RelationChange[] =>
    ofOthers.map((change) => ({
      kind: relation[side].kind,
      key: change[side],
      name: ends[side].of(change[side]).name,
      context: relation.hasContext ? change.context : null,
      from: [...change.from],
      to: [...change.to],
    }));
  const enter = (side: Side, key: string, ofOthers: readonly SlotChange[]): void =>
    transaction.audit({
      subject: { kind: relation[side].kind, key },
      action: 'relations-changed',
      changes: [],
      relations: { changeId, changes: told(otherSide(side), ofOthers) },
    });
  const there = otherSide(anchor.side);
  enter(anchor.side, anchor.key, changes);
  for (const [key, ofOne] of groupBy(changes, (change) => change[there])) enter(there, key, ofOne);
}

function publish(transaction: Transaction, { relation, anchor, changeId, changes }: Told): void {
  const { owner, target, hasContext } = relation;
  transaction.publish({
    topic: 'relation.changed',
    subject: anchor.key,
    payload: {
      relation: relation.name,
      changeId,
      changes: changes.map((change) => ({
        [keyNames[owner.kind]]: publicKey(owner.kind, change.owner),
        [keyNames[target.kind]]: publicKey(target.kind, change.target),
        ...(hasContext ? { context: change.context } : {}),
        from: change.from,
        to: change.to,
      })),
    },
  });
}

function unknownOf(changes: readonly Slot[], side: Side, ends: RelationWrite['ends']): string[] {
  return [...new Set(changes.map((change) => change[side]))].filter((key) => ends[side].of(key).state !== 'known');
}

function copy({ owner, target, context, from, to }: SlotChange): Slot & { from: string[]; to: string[] } {
  return { owner, target, context, from: [...from], to: [...to] };
}
