import type { FieldValue } from '../../contract/field.js';
import { type FieldMap, validityOf } from '../backends/index.js';
import type { AuditEntry } from '../platform/persistence/unit-of-work.js';
import type { Values } from './validate-fields.js';

type AuditedChange = AuditEntry['changes'][number];

/** What each written variable was and is; `before` is `null` for a new record, of which empty values are not told. */
export function auditedChanges(map: FieldMap, before: Values | null, written: Values): AuditedChange[] {
  return Object.entries(written)
    .filter(([, to]) => before !== null || to !== '')
    .map(([variable, to]) => ({
      variable,
      from: told(map, variable, before?.[variable] ?? null),
      to: told(map, variable, to),
      secret: false,
    }));
}

/** A password was set: who looks learns that, and nothing of it. */
export function auditedSecret(variable: string): AuditedChange {
  return { variable, from: null, to: null, secret: true };
}

/** Validity by its name, as everywhere in the API. */
function told({ roles }: FieldMap, variable: string, value: FieldValue): FieldValue {
  return variable === roles.validity && value !== null ? validityOf(value) : value;
}
