import { changesOf, type CellChange, type Edits } from './relation-edits.js';
import type { RelationRow } from './relation-row.js';

type Entry = Readonly<Record<string, unknown>>;

export interface DeltaBody {
  readonly add: readonly Entry[];
  readonly remove: readonly Entry[];
  readonly seen: readonly Entry[];
}

/** What is sent, and beside each entry what it stands for, because a refusal names entries by their places. */
export interface Delta {
  readonly body: DeltaBody;
  readonly added: readonly CellChange[];
  readonly removed: readonly CellChange[];
}

export function deltaOf(edits: Edits): Delta {
  const changes = changesOf(edits);
  const added = changes.filter(({ action }) => action === 'add');
  const removed = changes.filter(({ action }) => action === 'remove');
  const seen = [...edits.values()].map(({ row }) => row);
  return { body: { add: added.map(entryOf), remove: removed.map(entryOf), seen: seen.map(seenEntryOf) }, added, removed };
}

/** The change that a place in the request (`add.3.groupId`) is about; `null`: it is about whose relations they are. */
export function changeAt(delta: Delta, path: string): CellChange | null {
  const [list, index] = path.split('.');
  const changes = list === 'add' ? delta.added : list === 'remove' ? delta.removed : [];
  return changes[Number(index)] ?? null;
}

function entryOf({ row, cell }: CellChange): Entry {
  return { ...row.identity, ...(cell.key === null ? {} : { key: cell.key }), ...(cell.context === null ? {} : { context: cell.context }) };
}

function seenEntryOf({ identity, stored, shape }: RelationRow): Entry {
  switch (shape) {
    case 'assigned':
      return { ...identity, assigned: stored.length > 0 };
    case 'keys':
      return { ...identity, keys: stored.map(({ key }) => key) };
    case 'grants':
      return { ...identity, grants: stored.map(({ key, context }) => ({ key, context })) };
  }
}
