import { has, isIncluded, isSameCell, type Cell, type RelationRow } from './relation-row.js';

/** A row that was touched: as the page showed it, and what is wanted of it. */
export interface RowEdit {
  readonly row: RelationRow;
  readonly wanted: readonly Cell[];
}

/** Touched rows by their keys. They outlive paging, searching and switching: what was chosen is not on the page only. */
export type Edits = ReadonlyMap<string, RowEdit>;

export interface CellChange {
  readonly row: RelationRow;
  readonly cell: Cell;
  readonly action: 'add' | 'remove';
}

export const noEdits: Edits = new Map();

export function wantedOf(edits: Edits, row: RelationRow): readonly Cell[] {
  return edits.get(row.key)?.wanted ?? row.stored;
}

/** Whether the box can be changed: not where its permission is part of a greater one, or comes from elsewhere. */
export function isFree(edits: Edits, row: RelationRow, cell: Cell): boolean {
  return !row.isFixed && !isIncluded(wantedOf(edits, row), cell);
}

export function toggle(edits: Edits, row: RelationRow, cell: Cell): Edits {
  return setCell(edits, row, cell, !has(wantedOf(edits, row), cell));
}

/** Ticks or unticks one box of all rows given. */
export function setColumn(edits: Edits, rows: readonly RelationRow[], cell: Cell, isWanted: boolean): Edits {
  return rows.reduce((now, row) => (isFree(now, row, cell) ? setCell(now, row, cell, isWanted) : now), edits);
}

export type ColumnState = 'all' | 'some' | 'none';

export function columnState(edits: Edits, rows: readonly RelationRow[], cell: Cell): ColumnState {
  const ticked = rows.filter((row) => isTicked(edits, row, cell)).length;
  if (ticked === 0) return 'none';
  return ticked === rows.length ? 'all' : 'some';
}

export function isTicked(edits: Edits, row: RelationRow, cell: Cell): boolean {
  const wanted = wantedOf(edits, row);
  return row.isFixed || has(wanted, cell) || isIncluded(wanted, cell);
}

function setCell(edits: Edits, row: RelationRow, cell: Cell, isWanted: boolean): Edits {
  const before = edits.get(row.key) ?? { row, wanted: row.stored };
  const others = before.wanted.filter((one) => !isSameCell(one, cell));
  const edit = { row: before.row, wanted: isWanted ? [...others, cell] : others };
  return withEdit(edits, edit);
}

/** An edit back to what is stored is no edit. */
function withEdit(edits: Edits, edit: RowEdit): Edits {
  const next = new Map(edits);
  if (changesOfRow(edit).length === 0) next.delete(edit.row.key);
  else next.set(edit.row.key, edit);
  return next;
}

/** What has to be written. A smaller permission is left alone while a greater one is wanted, which takes its place. */
export function changesOf(edits: Edits): CellChange[] {
  return [...edits.values()].flatMap(changesOfRow);
}

function changesOfRow({ row, wanted }: RowEdit): CellChange[] {
  const changes = (cells: readonly Cell[], than: readonly Cell[], action: CellChange['action']): CellChange[] =>
    cells.filter((cell) => !has(than, cell) && !isIncluded(wanted, cell)).map((cell) => ({ row, cell, action }));
  return [...changes(wanted, row.stored, 'add'), ...changes(row.stored, wanted, 'remove')];
}

/** The row as it is once the edit is stored: the smaller permissions are gone into the greater one. */
export function savedRow(edits: Edits, row: RelationRow): RelationRow {
  const edit = edits.get(row.key);
  if (edit === undefined) return row;
  return { ...row, stored: edit.wanted.filter((cell) => !isIncluded(edit.wanted, cell)) };
}
