import type { FieldValues } from '../../contract/field.js';
import { isSecret, type OwnedRecord, propertyOf, type StoredRecord } from '../backends/index.js';

/** What the operator maps beyond the first-class properties, by the Map's variables. Secrets are never among them. */
export function fieldsOf({ backend: { kind, fields }, record: { values } }: OwnedRecord): FieldValues {
  const rows = fields.rows.filter((row) => propertyOf(row.variable, kind, fields.roles) === null && !isSecret(fields, row));
  return Object.fromEntries(rows.map(({ variable }) => [variable, values[variable] ?? null]));
}

/** The text of a first-class property; nothing where the Map has no variable for it. */
export function textOf({ values }: StoredRecord, variable: string | null): string {
  return variable === null ? '' : String(values[variable] ?? '');
}
