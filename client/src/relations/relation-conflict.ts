import type { Issue } from '../../../server/contract/problem.js';
import { changeAt, type Delta } from './relation-delta.js';
import { changesOf, type Edits } from './relation-edits.js';
import { has, isSameCell, type Cell, type RelationRow } from './relation-row.js';

/** A box that somebody else changed meanwhile, to something else than is wanted here. */
export interface RelationConflict {
  readonly id: string;
  readonly row: RelationRow;
  readonly cell: Cell;
  readonly stored: boolean;
  readonly wanted: boolean;
}

export type Choice = 'yours' | 'stored';
export type Choices = Readonly<Record<string, Choice>>;

export function conflictsOf(delta: Delta, issues: readonly Issue[]): RelationConflict[] {
  return issues.flatMap(({ path, params = {} }) => {
    const change = changeAt(delta, path);
    if (change === null) return [];
    const { row } = change;
    const cell = { ...change.cell, key: change.cell.key === null ? null : String(params['key'] ?? change.cell.key) };
    const id = [row.key, cell.key, cell.context].join('\u0000');
    return [{ id, row, cell, stored: params['stored'] === true, wanted: params['wanted'] === true }];
  });
}

/** What remains to be saved on top of what is stored now, and the touched rows as they are stored now. */
export function resolveConflicts(
  edits: Edits,
  conflicts: readonly RelationConflict[],
  choices: Choices,
): { edits: Edits; rows: readonly RelationRow[] } {
  const next = new Map(edits);
  for (const conflict of conflicts) {
    const edit = next.get(conflict.row.key);
    if (edit === undefined) continue;
    const row = { ...edit.row, stored: withCell(edit.row.stored, conflict.cell, conflict.stored) };
    const wanted = withCell(edit.wanted, conflict.cell, choices[conflict.id] === 'stored' ? conflict.stored : conflict.wanted);
    next.set(row.key, { row, wanted });
  }
  const open = new Set(changesOf(next).map(({ row }) => row.key));
  return { edits: new Map([...next].filter(([key]) => open.has(key))), rows: [...next.values()].map(({ row }) => row) };
}

function withCell(cells: readonly Cell[], cell: Cell, isIn: boolean): readonly Cell[] {
  if (has(cells, cell) === isIn) return cells;
  return isIn ? [...cells, cell] : cells.filter((one) => !isSameCell(one, cell));
}
