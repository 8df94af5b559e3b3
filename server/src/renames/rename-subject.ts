import type { BackendKind } from '../../contract/backend.js';
import type { Issue } from '../../contract/problem.js';
import type { OwnedRecord } from '../backends/index.js';
import { ValidationFailed } from '../kernel/errors.js';
import { rowOf } from '../records/field-rows.js';
import { readChangedFields, type TypedField, type Values } from '../records/validate-fields.js';

/** How the API calls the key of a kind of records. */
export const keyPaths = { 'customer-user': 'login', customer: 'customerId' } as const satisfies Record<BackendKind, string>;

/** What is written for the new key, by the rules of creating. Nothing, where it is the old one. Throws `validation.failed`. */
export function renamedValues({ backend, record }: OwnedRecord, key: string): Values {
  const { roles } = backend.fields;
  const typed: TypedField[] = [{ variable: roles.key, path: keyPaths[backend.kind], value: key }];
  const read = readChangedFields(backend, [...typed, ...addressInKey(backend, key)], record.values);
  if (read.issues.length > 0) throw new ValidationFailed(read.issues);
  return read.values;
}

/** Where people sign in with their mail address, the address is renamed too, and has to be a good one. */
function addressInKey({ fields }: OwnedRecord['backend'], key: string): TypedField[] {
  const { roles } = fields;
  const keyColumn = rowOf(fields, roles.key)?.storage.toLowerCase();
  const isShared = roles.email !== null && rowOf(fields, roles.email)?.storage.toLowerCase() === keyColumn;
  return isShared && roles.email !== null ? [{ variable: roles.email, path: 'email', value: key }] : [];
}

/** Places whose column cannot hold the new key: nothing is ever cut off. */
export function widthIssues(kind: BackendKind, key: string, places: readonly { table: string; width: number | null; rows: number }[]): Issue[] {
  const length = [...key].length;
  return places
    .filter(({ width, rows }) => rows > 0 && width !== null && length > width)
    .map(({ table, width }) => ({ path: keyPaths[kind], code: 'too-long-for-table', params: { table, max: width ?? 0 } }));
}
