/** A place in a grid: row 0 is the head. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  /** Rows below the head. */
  readonly rows: number;
  readonly columns: number;
}

/** Rows that Page Up and Page Down move by. */
const pageOfRows = 10;

/** Where a key leads, or `null` where it means nothing to a grid. `isRightToLeft`: then "right" is backwards. */
export function placeAfterKey(
  place: GridPlace,
  press: { key: string; ctrlKey: boolean },
  { rows, columns }: GridSize,
  isRightToLeft: boolean,
): GridPlace | null {
  const target = targetOf(place, press, { rows, columns }, isRightToLeft);
  return target === null ? null : clamp(target, { rows, columns });
}

function targetOf({ row, column }: GridPlace, { key, ctrlKey }: { key: string; ctrlKey: boolean }, size: GridSize, isRightToLeft: boolean): GridPlace | null {
  const forward = isRightToLeft ? -1 : 1;
  switch (key) {
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowRight':
      return { row, column: column + forward };
    case 'ArrowLeft':
      return { row, column: column - forward };
    case 'PageDown':
      return { row: row + pageOfRows, column };
    case 'PageUp':
      return { row: row - pageOfRows, column };
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? size.rows : row, column: size.columns - 1 };
    default:
      return null;
  }
}

export function clamp({ row, column }: GridPlace, { rows, columns }: GridSize): GridPlace {
  return { row: Math.min(Math.max(row, 0), rows), column: Math.min(Math.max(column, 0), columns - 1) };
}
