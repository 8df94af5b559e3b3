import type { Issue } from '../../contract/problem.js';
import { foldKey, type OwnedRecord, pathOf } from '../backends/index.js';
import { rowOf } from '../records/field-rows.js';
import type { Values } from '../records/validate-fields.js';

/**
 * Another login is a rename, which moves everything that names the person and is an operation of its own. Another
 * spelling of the same login is none. Whatever shares the login's column (a mail address that people sign in with) counts.
 */
export function renameIssues({ backend: { kind, fields }, record }: OwnedRecord, changes: Values): Issue[] {
  const keyColumn = rowOf(fields, fields.roles.key)?.storage.toLowerCase();
  return Object.entries(changes)
    .filter(([variable]) => rowOf(fields, variable)?.storage.toLowerCase() === keyColumn)
    .filter(([, value]) => foldKey(String(value ?? '')) !== foldKey(record.key))
    .map(([variable]) => ({ path: pathOf(variable, kind, fields.roles), code: 'use-rename' }));
}
