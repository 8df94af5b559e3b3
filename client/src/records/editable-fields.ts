import type { BackendDescription, BackendKind } from '../../../server/contract/backend.js';
import type { FieldDescription } from '../../../server/contract/field.js';
import { isKeyField } from './record-kind.js';

/** The fields of a form: passwords have ways of their own, and what nobody may write is not asked of a new record. */
export function editableFields(kind: BackendKind, backend: BackendDescription, isNew: boolean): FieldDescription[] {
  return backend.fields
    .filter((field) => field.kind !== 'password')
    .filter((field) => !(isNew && field.readOnly))
    .map((field) => (kind === 'customer' && isKeyField(kind, field) ? { ...field, kind: 'text' as const } : field));
}

/** Shown and not edited: what the Map makes read-only, and a stored key, which everything else refers to. */
export function isFixed(kind: BackendKind, field: FieldDescription, isNew: boolean): boolean {
  return field.readOnly || (isKeyField(kind, field) && !isNew);
}
