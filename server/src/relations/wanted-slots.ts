import type { Issue } from '../../contract/problem.js';
import { DomainError } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { groupBy, slotName, type WantedSlot } from './plan-change.js';
import type { PreparedDelta, WantedCell } from './prepare-delta.js';
import { everyPermission, otherSide, type Relation } from './relation.js';
import type { StoredKeys } from './relation-writer.js';

/** The slots that a delta names, each with what it asks for there. */
export function wantedSlots({ relation, cells }: Pick<PreparedDelta, 'relation' | 'cells'>): WantedSlot[] {
  return [...groupBy(cells, slotName).values()].flatMap((ofSlot) => {
    const [first] = ofSlot;
    if (first === undefined) return [];
    const { owner, target, context } = first;
    return [{ owner, target, context, wanted: (stored) => keysAfter(relation, ofSlot, stored) }];
  });
}

/**
 * Throws `relation.changed` when a touched cell is neither as the page showed it nor already as it is wanted. `rw` is
 * touched with every other type of its slot, for it includes them.
 */
export function refuseChanged({ relation, anchor, cells, seen }: PreparedDelta, stored: StoredKeys): void {
  if (seen === null) return;
  const rows = new Map(seen.map((row) => [foldKey(row.other), row]));
  const there = otherSide(anchor.side);
  const issues = [...groupBy(cells, slotName).values()].flatMap((ofSlot): Issue[] => {
    const [first] = ofSlot;
    const row = first && rows.get(foldKey(first[there]));
    if (first === undefined || row === undefined) return [];
    const shown = new Set(row.cells.filter(({ context }) => context === first.context).map(({ key }) => key));
    const now = stored(first);
    const after = keysAfter(relation, ofSlot, shown);
    return touched(relation, ofSlot)
      .filter(({ key }) => now.has(key) !== shown.has(key) && now.has(key) !== after.has(key))
      .map(({ key, path }) => ({
        path,
        code: 'relation-changed',
        params: { key, seen: shown.has(key), stored: now.has(key), wanted: after.has(key) },
      }));
  });
  if (issues.length > 0) throw new DomainError('relation.changed', { issues });
}

function touched({ hasKeys }: Relation, cells: readonly WantedCell[]): { key: string; path: string }[] {
  const named = cells.map(({ key, path }) => ({ key, path }));
  const [first] = named;
  if (!hasKeys || first === undefined || named.some(({ key }) => key === everyPermission)) return named;
  return [...named, { key: everyPermission, path: first.path }];
}

function keysAfter({ hasKeys }: Relation, cells: readonly WantedCell[], stored: ReadonlySet<string>): ReadonlySet<string> {
  const keys = new Set(stored);
  for (const { key, action } of cells) {
    if (action === 'add') keys.add(key);
    else keys.delete(key);
  }
  return hasKeys && keys.has(everyPermission) ? new Set([everyPermission]) : keys;
}
