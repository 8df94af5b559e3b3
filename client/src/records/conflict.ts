import type { FieldDescription, FieldValue } from '../../../server/contract/field.js';
import { isSameValue, storedValue, type StoredRecord } from './record-kind.js';
import type { Edits } from './record-body.js';

export interface ConflictRow {
  readonly field: FieldDescription;
  /** `undefined`: this field was not touched here. */
  readonly yours: FieldValue | undefined;
  readonly stored: FieldValue;
  readonly base: FieldValue;
  /** Both changed it, to different values: a person has to choose. */
  readonly isDisputed: boolean;
}

export type Choices = Readonly<Record<string, 'yours' | 'stored'>>;

/** Every field that somebody else changed since `base`, with what was typed here beside it. */
export function conflictRows(
  fields: readonly FieldDescription[],
  draft: { base: StoredRecord; edits: Edits },
  current: StoredRecord,
): ConflictRow[] {
  return fields
    .filter((field) => field.kind !== 'password')
    .map((field) => {
      const yours = draft.edits[field.variable];
      const stored = storedValue(current, field);
      const base = storedValue(draft.base, field);
      return { field, yours, stored, base, isDisputed: yours !== undefined && !isSameValue(yours, stored) };
    })
    .filter((row) => !isSameValue(row.base, row.stored));
}

export function isDecided(rows: readonly ConflictRow[], choices: Choices): boolean {
  return rows.every((row) => !row.isDisputed || choices[row.field.variable] !== undefined);
}

/** The edits that remain to be saved on top of what is stored now. */
export function resolveConflict(edits: Edits, rows: readonly ConflictRow[], choices: Choices): Edits {
  const dropped = new Set(
    rows
      .filter((row) => !row.isDisputed || choices[row.field.variable] === 'stored')
      .map((row) => row.field.variable),
  );
  return Object.fromEntries(Object.entries(edits).filter(([variable]) => !dropped.has(variable)));
}
