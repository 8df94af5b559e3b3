import type { BackendDescription } from '../../../server/contract/backend.js';
import type { FieldDescription, FieldValue } from '../../../server/contract/field.js';

/** What a person changed in a form, by Map variable, and nothing else. */
export type Edits = Readonly<Record<string, FieldValue>>;

/** The body of a request, properties of the record first-class and everything else under `fields`. */
export type RecordBody = Record<string, unknown>;

/** A PATCH body is the edits and nothing more. */
export function patchBody(fields: readonly FieldDescription[], edits: Edits): RecordBody {
  const body: RecordBody = {};
  const others: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = edits[field.variable];
    if (value === undefined) continue;
    if (field.property === null) others[field.variable] = value;
    else body[field.property] = value;
  }
  return Object.keys(others).length === 0 ? body : { ...body, fields: others };
}

/** A new record names its backend and gives the properties the API always asks for. */
export function createBody(backend: BackendDescription, edits: Edits): RecordBody {
  const asked = backend.kind === 'customer-user' ? { email: '', customerId: '' } : { customerId: '', name: '' };
  const given = Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== '' && value !== null));
  return { fields: {}, ...asked, ...patchBody(backend.fields, given), backendId: backend.backendId };
}
